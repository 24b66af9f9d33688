import { tools } from "@params";
import { bring, missed } from "./bring.js";
import { opensSearch, typed } from "./search/opens.js";

// What a reader needs only after a first move (proofs, keys, prefetch, search)
// is fetched at that move. The module is told of the event that called it, and
// of all that came until it was there: a click or a typed letter is not lost.
const moves = ["pointerover", "pointerdown", "click", "keydown", "focusin", "scroll"];

export function lazily() {
  let seen = [];
  let coming, searching, asked, failed;
  const note = (event) => {
    if (event.type === "scroll" && event.target !== document) return; // the sidebar finds its place
    // After a failure a press tries again, and not each touch of the mouse.
    if (failed && !/click|key/.test(event.type)) return;
    // "/" would otherwise be typed, and Ctrl-K is the browser's own. What
    // follows is for search alone: it must not arrive there twice.
    if (searching ? typed("", event) : searching = opensSearch(event)) event.preventDefault();
    const held = heldBy(event);
    asked ||= searching || held || event.key === "c";
    seen.push(event);
    coming ??= bring(tools).then(begin).catch(fail);
    if (!held) return;
    event.preventDefault();
    // Without the tools, a link leads where it says.
    coming.then((there) => there ? held.click() : held.href && location.assign(held.href));
  };
  const begin = (module) => {
    moves.forEach((name) => removeEventListener(name, note, true));
    module.start(seen);
    return true;
  };
  // Who only scrolled misses nothing yet, and is not told.
  const fail = () => {
    if (asked) missed("This part of the site");
    seen = [];
    coming = searching = asked = undefined;
    failed = true;
  };
  for (const name of moves) addEventListener(name, note, { capture: true, passive: false });
}

// What only the tools can answer waits for them when it is pressed before they
// have come.
const heldBy = (event) => event.type === "click" && !event.ctrlKey && !event.metaKey && !event.shiftKey &&
  event.target.closest(".proof, .theme, .sides button");
