import { tools, styles } from "@params";
import { opensSearch, typed } from "./search/opens.js";

// What a reader needs only after a first move (proofs, keys, prefetch, search)
// is fetched at that move. The module is told of the event that called it, and
// of all that came until it was there: a click or a typed letter is not lost.
const moves = ["pointerover", "pointerdown", "click", "keydown", "focusin", "scroll"];

export function lazily() {
  const seen = [];
  let searching;
  const note = (event) => {
    if (event.type === "scroll" && event.target !== document) return; // the sidebar finds its place
    // "/" would otherwise be typed, and Ctrl-K is the browser's own. What
    // follows is for search alone: it must not arrive there twice.
    if (searching ? typed("", event) : searching = opensSearch(event)) event.preventDefault();
    if (seen.push(event) > 1) return;
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = styles;
    document.head.append(sheet);
    const got = import(tools);
    // Keys that nobody answers are the browser's again.
    const done = () => moves.forEach((name) => removeEventListener(name, note, true));
    got.then(done, done);
    hold(got.then((module) => module.start(seen)));
  };
  for (const name of moves) addEventListener(name, note, { capture: true, passive: false });
}

// What only the tools can answer waits for them when it is pressed before they
// have come. Without them, a link leads where it says.
function hold(ready) {
  const wait = (event) => {
    const held = event.target.closest(".proof, .compare button");
    if (!held || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    ready.then(() => held.click(), () => held.href && location.assign(held.href));
  };
  addEventListener("click", wait);
  const done = () => removeEventListener("click", wait);
  ready.then(done, done);
}
