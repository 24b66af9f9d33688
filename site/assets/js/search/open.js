import { search, searchStyles, index, text as prose, home } from "@params";
import { bring, get, missed, newest } from "../bring.js";
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
      missed("Search");
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
  const path = readable(location.pathname.slice(home.length)).replace(/\.\w+$/, "");
  return path === "404" ? "" : path.replace(/[^\p{L}\p{N}_.]+/gu, " ").trim();
}

function readable(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path.replace(/%[\da-f]{2}/gi, " "); // no UTF-8
  }
}

async function fetchDialog() {
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = searchStyles;
  const styled = new Promise((resolve) => {
    sheet.onload = resolve;
    sheet.onerror = () => {
      sheet.onerror = resolve;
      sheet.href = newest(searchStyles);
    };
  });
  document.head.append(sheet);
  let first = fetchJSON(index); // beside the script
  first.catch(() => {}); // the dialog says so, and tries again
  const [{ createSearch }] = await Promise.all([bring(search), styled]);
  const fetchIndex = () => {
    const asked = first ?? fetchJSON(index);
    first = undefined;
    return asked;
  };
  return createSearch(fetchIndex, () => fetchJSON(prose));
}

async function fetchJSON(url) {
  return (await get(url)).json();
}
