import { proofs } from "./proof.js";
import { search } from "./search/search.js";
import { sides } from "./sides.js";

// The second script: fetched when a reader first moves. start gets the event
// that asked for it, which may be the key that opens search, and a list of
// this one and those that followed while the script was on its way.
export function start(event, seen) {
  proofs();
  sides(event);
  search(seen);
}
