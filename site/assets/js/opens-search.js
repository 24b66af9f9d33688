import { singleKeys } from "./keys.js";

// Whether a key opens search: "/" where nobody is writing, or Ctrl-K. Some
// keyboards need Shift for "/".
export function opensSearch(event) {
  if (event.type !== "keydown" || event.altKey) return false;
  if (event.ctrlKey || event.metaKey) return event.key === "k";
  return event.key === "/" && singleKeys() && !event.target.closest?.("input, textarea, select, [contenteditable]");
}
