import { engine, index, home } from "@params";
import { opensSearch, typed } from "../opens-search.js";
import { createDialog } from "./dialog.js";

// Opens search by "/", Ctrl-K or a button. seen are the events that came
// before this script: one of them may have opened search, and those after it
// typed the first letters. They are taken out, so that "c" does not change the
// sides as well.
export function search(seen) {
  let dialog;
  const open = (text) => {
    dialog ??= createDialog(load);
    dialog.open(text || missingAddress());
  };
  addEventListener("keydown", (event) => {
    if (!opensSearch(event)) return;
    event.preventDefault();
    open();
  });
  for (const button of document.querySelectorAll("[data-search]")) {
    button.addEventListener("click", () => open());
  }
  const opening = seen.findIndex(opensSearch);
  if (opening < 0) return;
  let text; // undefined while it is not open
  for (const event of seen.splice(opening)) {
    if (text === undefined) text = opensSearch(event) ? "" : text;
    else text = event.key === "Escape" ? undefined : typed(text, event);
  }
  if (text !== undefined) open(text);
}

// Only the page that stands in for a missing one asks for the words of its
// address.
function missingAddress() {
  if (!document.querySelector("[data-search=address]")) return "";
  const path = location.pathname.slice(home.length).replace(/\.\w+$/, "");
  return path === "404" ? "" : path.replace(/%[\da-f]{2}|[^\p{L}\p{N}_.]+/giu, " ").trim();
}

async function load() {
  const [{ createSearch }, response] = await Promise.all([import(engine), fetch(index)]);
  if (!response.ok) throw new Error(`${index}: ${response.status}`);
  return createSearch(await response.json());
}
