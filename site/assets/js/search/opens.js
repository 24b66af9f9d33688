import { singleKeys } from "../keys.js";

// Whether an event opens search: "/" where nobody is writing, Ctrl-K, or a
// press of a button for it. Some keyboards need Shift for "/".
export function opensSearch(event) {
  if (event.type === "click") return event.target.closest?.("[data-search]");
  if (event.type !== "keydown" || event.altKey) return false;
  if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === "k";
  return event.key === "/" && singleKeys() && !event.target.closest?.("input, textarea, select, [contenteditable]");
}

// typed adds to the text what a key would add to an input.
export function typed(text, { type, key, ctrlKey, metaKey, altKey }) {
  if (type !== "keydown" || ctrlKey || metaKey || altKey) return text;
  if (key === "Backspace") return text.slice(0, -1);
  return key.length === 1 ? text + key : text;
}
