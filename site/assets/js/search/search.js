import { index, home } from "@params";
import { opensSearch } from "../opens-search.js";
import { createDialog } from "./dialog.js";
import { createEngine } from "./engine.js";

// Opens search by "/", Ctrl-K or a button. seen are the events that came
// before this script: one of them may have opened search, and those after it
// typed the first letters. They are taken out, so that "c" does not change the
// sides as well.
export function search(seen) {
  let dialog;
  const open = (typed) => {
    dialog ??= createDialog(load);
    dialog.open(typed || missingAddress());
  };
  addEventListener("keydown", (event) => {
    if (!opensSearch(event)) return;
    event.preventDefault();
    open();
  });
  for (const button of document.querySelectorAll("[data-search]")) {
    button.addEventListener("click", () => open());
  }
  const opening = seen.findIndex((event) => opensSearch(event) || clicked(event));
  if (opening >= 0) open(seen.splice(opening).slice(1).reduce(type, ""));
}

const clicked = (event) => event.type === "click" && event.target.closest?.("[data-search]");

function type(text, event) {
  if (event.type !== "keydown" || event.ctrlKey || event.metaKey || event.altKey) return text;
  if (event.key === "Backspace") return text.slice(0, -1);
  return event.key.length === 1 ? text + event.key : text;
}

// Only the page that stands in for a missing one asks for the words of its
// address.
function missingAddress() {
  if (!document.querySelector("[data-search=address]")) return "";
  const path = location.pathname.slice(home.length).replace(/\.\w+$/, "");
  return path === "404" ? "" : path.replace(/%[\da-f]{2}|[^\p{L}\p{N}_.]+/giu, " ").trim();
}

async function load() {
  const response = await fetch(index);
  if (!response.ok) throw new Error(`${index}: ${response.status}`);
  return createEngine(await response.json());
}
