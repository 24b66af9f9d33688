// The rules of html-validate for site/validate_test.go: the living standard,
// accessibility, whole documents, and good style but for what --minify undoes.
module.exports = {
  root: true,
  extends: ["html-validate:recommended", "html-validate:a11y", "html-validate:document"],
  elements: ["html5", {
    // <link rel="expect" blocking="render"> is in the living standard.
    link: { inherit: "link", attributes: { blocking: { enum: ["render"], allowed: () => null } } },
  }],
  rules: {
    "attr-quotes": "off", // the minifier leaves out quotes that HTML does not need
    "doctype-style": "off", // it writes the doctype in lower case, which HTML allows
  },
};
