import { terms } from "./words.js";

const length = 150;

// Cuts a text into parts, of which those with a matched term are marked.
export function marked(text, matched) {
  const parts = [];
  let end = 0;
  for (const hit of spans(text, matched)) {
    if (hit.start > end) parts.push({ text: text.slice(end, hit.start) });
    parts.push({ text: text.slice(hit.start, hit.end), mark: true });
    end = hit.end;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

// The stretch of a text with the most different matches, or its beginning.
export function excerpt(text, matched) {
  const hits = spans(text, matched);
  let start = 0;
  let most = 0;
  for (const first of hits) {
    const inside = hits.filter((hit) => hit.start >= first.start && hit.end <= first.start + length * 0.7);
    const different = new Set(inside.map((hit) => hit.term)).size;
    if (different > most) [most, start] = [different, first.start];
  }
  return marked(cut(text, start), matched);
}

// The names in code that match: there is no sentence around them.
export function matchingNames(names, matched) {
  return names.split(" ").filter((name) => spans(name, matched).length).slice(0, 5);
}

export function holds(text, matched) {
  return spans(text, matched).length > 0;
}

function spans(text, matched) {
  const found = terms(text).filter((hit) => matched.has(hit.term)).sort((a, b) => a.start - b.start || b.end - a.end);
  let end = 0;
  return found.filter((hit) => hit.start >= end && (end = hit.end));
}

// About `length` characters around a place, from the start of a sentence if
// one is near, else from a word.
function cut(text, place) {
  let from = text.lastIndexOf(". ", place) + 2;
  if (from < 2) from = 0;
  if (place - from > length * 0.4) from = text.lastIndexOf(" ", place - length * 0.3) + 1;
  if (from > 0 && text.length - from < length) from = Math.max(0, text.indexOf(" ", text.length - length) + 1);
  let to = from + length;
  to = to < text.length ? text.lastIndexOf(" ", to) : text.length;
  if (to <= place) to = Math.min(text.length, from + length);
  return (from > 0 ? "… " : "") + text.slice(from, to) + (to < text.length ? " …" : "");
}
