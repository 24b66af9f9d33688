import { proofs } from "./proof.js";
import { sides } from "./sides.js";

// The second script: fetched when a reader first moves. start gets the event
// that asked for it, which may be the key that opens search.
export function start(event) {
  proofs();
  sides(event);
}
