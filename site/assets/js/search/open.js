import { search, searchStyles, index, home } from "@params";
import { announce } from "../announce.js";
import { opensSearch, typed } from "./opens.js";

// Opens search by "/", Ctrl-K or a button, and fetches it for that. seen are
// the events that came before this script: one of them may have opened search,
// and those after it are for search alone.
export function openSearch(seen) {
  let dialog;
  let coming;
  let text; // what was typed while the dialog is on its way, else undefined
  const open = async () => {
    if (dialog) return dialog.open(missingAddress());
    text = "";
    try {
      dialog = await (coming ??= fetchDialog());
      if (text !== undefined) dialog.open(text || missingAddress());
    } catch {
      coming = undefined;
      announce("Search could not be fetched. Open it again to try again.");
    }
    text = undefined;
  };
  const hear = (event) => {
    const waits = text !== undefined;
    const opens = opensSearch(event);
    if (opens || waits && typed("", event)) event.preventDefault();
    if (waits) text = event.key === "Escape" ? undefined : typed(text, event);
    else if (opens) open();
  };
  addEventListener("keydown", hear);
  addEventListener("click", hear);
  const opening = seen.findIndex(opensSearch);
  if (opening >= 0) seen.splice(opening).forEach(hear);
}

// Only the page that stands in for a missing one asks for the words of its
// address.
function missingAddress() {
  if (!document.querySelector("[data-search=address]")) return "";
  const path = location.pathname.slice(home.length).replace(/\.\w+$/, "");
  return path === "404" ? "" : path.replace(/%[\da-f]{2}|[^\p{L}\p{N}_.]+/giu, " ").trim();
}

async function fetchDialog() {
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = searchStyles;
  const styled = new Promise((resolve) => { sheet.onload = sheet.onerror = resolve; });
  document.head.append(sheet);
  let first = fetchIndex(); // beside the script
  first.catch(() => {}); // the dialog says so, and tries again
  const [{ createSearch }] = await Promise.all([import(search), styled]);
  return createSearch(() => {
    const asked = first ?? fetchIndex();
    first = undefined;
    return asked;
  });
}

async function fetchIndex() {
  const response = await fetch(index);
  if (!response.ok) throw new Error(`${index}: ${response.status}`);
  return response.json();
}
