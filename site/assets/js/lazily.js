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
    hold(import(tools).then((module) => module.start(event)));
  };
  for (const name of moves) addEventListener(name, first, { capture: true, passive: false });
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

export function opensSearch(event) {
  if (event.type !== "keydown" || event.altKey || event.shiftKey) return false;
  if (event.ctrlKey || event.metaKey) return event.key === "k";
  return event.key === "/" && !event.target.closest?.("input, textarea, select, [contenteditable]");
}
