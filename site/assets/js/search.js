import { createDialog } from "./search/dialog.js";
import { createEngine } from "./search/engine.js";

// The third script: all of search, fetched when it first opens. The prose
// comes after the rest; without it search goes on.
export function createSearch(fetchIndex, fetchProse) {
  return createDialog(
    async () => createEngine(await fetchIndex()),
    async (engine) => engine.add(await fetchProse()),
  );
}
