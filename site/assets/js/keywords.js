// Colours the keywords of the two languages by ranges: as elements they would be
// a quarter of a chapter's. Comments and strings, which need a lexer, are
// elements that the build made.
const words = {
  go: "break case chan const continue default defer else fallthrough for func go goto if import interface map package " +
    "range return select struct switch type var",
  asyncio: "False None True and as assert async await break class continue def del elif else except finally for from " +
    "global if import in is lambda nonlocal not or pass raise return try while with yield",
};

export function colourKeywords() {
  if (!globalThis.Highlight) return;
  const found = new Highlight();
  for (const [side, list] of Object.entries(words)) {
    const keyword = new RegExp(`(?<![\\w.])(?:${list.replaceAll(" ", "|")})(?!\\w)`, "g");
    for (const code of document.querySelectorAll(`[data-side=${side}]:not(.output) > pre > code`)) {
      for (const text of code.childNodes) {
        if (text.nodeType === Node.TEXT_NODE) ranges(text, keyword, found);
      }
    }
  }
  CSS.highlights.set("keyword", found);
}

function ranges(text, keyword, found) {
  for (const { 0: word, index } of text.data.matchAll(keyword)) {
    const range = new StaticRange({ startContainer: text, startOffset: index, endContainer: text, endOffset: index + word.length });
    found.add(range);
  }
}
