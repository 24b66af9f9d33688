import { timeline } from "@params";
import { markHere } from "./here.js";
import { keepOffline } from "./offline.js";
import { prefetchPages } from "./prefetch.js";
import { proofs } from "./proof.js";
import { rememberSidebar } from "./remember.js";
import { openSearch } from "./search/open.js";
import { sides } from "./sides.js";
import { stopWhereCodeScrolls } from "./stops.js";
import { turnPages } from "./turn.js";

// The second script: fetched when a reader first moves. start gets the
// event that asked for it, which may be the key that opens search, and those
// that followed while the script was on its way.
export function start(seen) {
  proofs();
  openSearch(seen); // first: it takes what is typed for search
  sides(seen);
  turnPages(seen);
  markHere();
  stopWhereCodeScrolls();
  rememberSidebar();
  prefetchPages();
  keepOffline();
  if (document.querySelector("[data-timeline]")) import(timeline).then((module) => module.timelines());
}
