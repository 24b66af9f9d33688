import { timeline } from "@params";

// The second script: fetched when a reader first moves. start gets the event
// that asked for it, which may be the key that opens search.
export function start(event) {
  if (document.querySelector("[data-timeline]")) import(timeline).then((module) => module.timelines());
}
