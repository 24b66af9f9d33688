import { element } from "./element.js";
import { excerpt, holds, marked, matchingNames } from "./excerpt.js";

export function options({ hits, matched }) {
  return hits.map((record, i) => element("a", {
    class: "search-result", id: `search-${i}`, role: "option", tabindex: -1, href: record.url, "aria-selected": "false",
  }, ...lines(record, matched)));
}

function lines(record, matched) {
  const { page } = record;
  const title = record.heading || page.title;
  const all = [line("search-title", ...nodes(marked(title, matched)))];
  if (page.label !== title) all.push(line("search-page", ...nodes(marked(page.label, matched))));
  const row = record.rows.find((one) => holds(`${one.asyncio} ${one.go}`, matched));
  if (row) {
    all.push(line("search-row",
      line("search-asyncio", ...nodes(marked(row.asyncio, matched))), " → ",
      line("search-go", ...nodes(marked(row.go, matched)))));
  }
  const names = matchingNames(record.names, matched);
  if (!row && names.length && !holds(record.text, matched)) {
    all.push(line("search-text", "In code: ", ...nodes(marked(names.join(", "), matched))));
  } else if (record.text) {
    all.push(line("search-text", ...nodes(excerpt(record.text, matched))));
  }
  return all;
}

const line = (name, ...children) => element("span", { class: name }, ...children);

const nodes = (parts) => parts.map((part) => (part.mark ? element("mark", {}, part.text) : part.text));

// Nothing was found: the table by which most readers find their way.
export function nothing(tables) {
  return element("div", { class: "search-hint" },
    element("p", {}, "Try one word less, or look it up:"),
    element("ul", {}, ...tables.map((record) => element("li", {}, element("a", { href: record.url }, record.page.label)))));
}
