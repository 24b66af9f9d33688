import { tools, styles } from "@params";

// What a reader needs only after a first move (search, proofs, keys, prefetch)
// is fetched at that move. The module is told of the event that called it.
const moves = ["pointerover", "pointerdown", "keydown", "focusin", "scroll"];

export function lazily() {
  const first = (event) => {
    for (const name of moves) removeEventListener(name, first, true);
    // "/" would otherwise be typed, and Ctrl-K is the browser's own.
    if (opensSearch(event)) event.preventDefault();
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = styles;
    document.head.append(sheet);
    import(tools).then((module) => module.start(event));
  };
  for (const name of moves) addEventListener(name, first, { capture: true, passive: false });
}

export function opensSearch(event) {
  if (event.type !== "keydown" || event.altKey || event.shiftKey) return false;
  if (event.ctrlKey || event.metaKey) return event.key === "k";
  return event.key === "/" && !event.target.closest?.("input, textarea, select, [contenteditable]");
}
