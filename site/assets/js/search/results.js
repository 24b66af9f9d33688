import { element } from "./element.js";
import { singleKeys } from "../keys.js";
import { excerpt, holds, marked, matchingNames } from "./excerpt.js";

export function options({ hits, matched }) {
  return hits.map((record, i) => element("a", {
    class: "find", id: `finder-${i}`, role: "option", tabindex: -1, href: record.url, "aria-selected": "false",
  }, ...lines(record, matched)));
}

function lines(record, matched) {
  const { page } = record;
  const title = record.heading || page.title;
  const all = [line("find-title", ...nodes(marked(title, matched)))];
  if (page.label !== title) all.push(line("find-page", ...nodes(marked(page.label, matched))));
  const row = record.rows.find((one) => holds(`${one.asyncio} ${one.go}`, matched));
  if (row) {
    all.push(line("find-row",
      line("find-asyncio", ...nodes(marked(row.asyncio, matched))), " → ",
      line("find-go", ...nodes(marked(row.go, matched)))));
  }
  const names = matchingNames(record.names, matched);
  if (!row && names.length && !holds(record.text, matched)) {
    all.push(line("find-text", "In code: ", ...nodes(marked(names.join(", "), matched))));
  } else if (record.text) {
    all.push(line("find-text", ...nodes(excerpt(record.text, matched))));
  }
  return all;
}

const line = (name, ...children) => element("span", { class: name }, ...children);

const nodes = (parts) => parts.map((part) => (part.mark ? element("mark", {}, part.text) : part.text));

// What to type, and which keys do what.
export function hint(use) {
  const examples = ["wait_for", "errgroup", "semaphore", "WithTimeoutCause"].map((name) => {
    const button = element("button", { class: "button", type: "button" }, name);
    button.addEventListener("click", () => use(name));
    return button;
  });
  return element("div", { class: "finder-hint" },
    element("p", {}, "Type a name from asyncio or Go, a message, or what you want to do."),
    element("p", { class: "finder-examples" }, ...examples),
    element("p", { class: "finder-keys" }, "Up and Down choose, Enter opens, Ctrl Enter opens a new tab, Esc closes."),
    element("p", {}, element("label", {}, keySwitch(), " Single keys: / opens search, c changes the sides.")));
}

function keySwitch() {
  const box = element("input", { type: "checkbox" });
  box.checked = singleKeys();
  box.addEventListener("change", () => {
    try {
      localStorage.setItem("keys", box.checked ? "on" : "off");
    } catch {
      box.checked = true; // storage is forbidden
    }
  });
  return box;
}

// Nothing was found: the table by which most readers find their way.
export function nothing(tables) {
  return element("div", { class: "finder-hint" },
    element("p", {}, "Try one word less, or look it up:"),
    element("ul", {}, ...tables.map((record) => element("li", {}, element("a", { href: record.url }, record.heading)))));
}
