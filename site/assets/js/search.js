import { createDialog } from "./search/dialog.js";
import { createEngine } from "./search/engine.js";

// The third script: all of search, fetched when it first opens.
export function createSearch(fetchIndex) {
  return createDialog(async () => createEngine(await fetchIndex()));
}
