import { styles, timeline } from "@params";
import { bring, missed } from "./bring.js";
import { markHere } from "./here.js";
import { keepOffline } from "./offline.js";
import { prefetchPages } from "./prefetch.js";
import { proofs } from "./proof.js";
import { rememberSidebar } from "./remember.js";
import { openSearch } from "./search/open.js";
import { sides } from "./sides.js";
import { stopWhereCodeScrolls } from "./stops.js";
import { themeToggle } from "./theme-toggle.js";

// The second script: fetched when a reader first moves. start gets the
// event that asked for it, which may be the key that opens search, and those
// that followed while the script was on its way.
export function start(seen) {
  const styled = style();
  proofs();
  openSearch(seen); // first: it takes what is typed for search
  sides(seen);
  themeToggle();
  document.querySelectorAll("code").forEach((code) => { code.translate = false; });
  markHere();
  stopWhereCodeScrolls();
  rememberSidebar();
  prefetchPages();
  keepOffline();
  if (document.querySelector("[data-timeline]")) styled.then(bringTimelines);
}

// The styles of what this script and the next ones add to the page.
function style() {
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = styles;
  document.head.append(sheet);
  return new Promise((resolve) => { sheet.onload = sheet.onerror = resolve; });
}

function bringTimelines() {
  bring(timeline).then((module) => module.timelines()).catch(() => {
    missed("What plays the timelines");
    const again = (event) => {
      if (!event.target.closest("[data-timeline]")) return;
      removeEventListener("click", again);
      bringTimelines();
    };
    addEventListener("click", again);
  });
}
