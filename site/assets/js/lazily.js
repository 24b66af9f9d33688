import { tools, styles } from "@params";
import { opensSearch } from "./opens-search.js";

// What a reader needs only after a first move (search, proofs, keys, prefetch)
// is fetched at that move. The module is told of the event that called it, and
// of all that came until it was there: a click or a typed letter is not lost.
const moves = ["pointerover", "pointerdown", "click", "keydown", "focusin", "scroll"];

export function lazily() {
  const seen = [];
  const note = (event) => {
    // "/" would otherwise be typed, and Ctrl-K is the browser's own.
    if (opensSearch(event)) event.preventDefault();
    if (seen.push(event) > 1) return;
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = styles;
    document.head.append(sheet);
    import(tools).then((module) => {
      for (const name of moves) removeEventListener(name, note, true);
      module.start(event, seen);
    });
  };
  for (const name of moves) addEventListener(name, note, { capture: true, passive: false });
}
