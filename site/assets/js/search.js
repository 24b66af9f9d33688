import { createEngine } from "./search/engine.js";
import { nothing, options } from "./search/results.js";

// The third script: what answers a query, fetched with the index when search
// first opens. The dialog is part of the second, so that it opens at once and
// what is typed has a place.
export function createSearch(index) {
  return { ...createEngine(index), nothing, options };
}
