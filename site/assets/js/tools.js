import { markHere } from "./here.js";
import { keepOffline } from "./offline.js";
import { prefetchPages } from "./prefetch.js";
import { rememberSidebar } from "./remember.js";
import { turnPages } from "./turn.js";

// The second script: fetched when a reader first moves. start gets the event
// that asked for it, which may be the key that opens search.
export function start(event) {
  turnPages(event);
  markHere();
  rememberSidebar();
  prefetchPages();
  keepOffline();
}
