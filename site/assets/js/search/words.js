// Cuts text into the terms by which it can be found. A name is found whole and
// by its parts: context.WithTimeout as contextwithtimeout, context and
// withtimeout, and less surely (part) as with and timeout.
const chunks = /[\p{L}\p{N}_]+(?:\.[\p{L}\p{N}_]+)*/gu;
const pieces = /[^.]+/g;
const parts = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{N}+|\p{L}+/gu;

export function terms(text) {
  const found = [];
  for (const { 0: chunk, index } of text.matchAll(chunks)) {
    for (const { term, start, end, part } of dissect(chunk)) {
      found.push({ term, start: index + start, end: index + end, part });
    }
  }
  return found;
}

// A query is a list of words, each of which has a whole and perhaps parts.
export function words(query) {
  const all = (query.match(chunks) ?? []).map((chunk) => {
    const name = chunk.replace(/^asyncio\./i, ""); // pages say gather, people asyncio.gather
    const last = dissect(name).filter((found) => found.last).map((found) => found.term);
    return { whole: normal(name), parts: last.length > 1 ? last : [] };
  }).filter((word) => word.whole);
  const telling = all.filter((word) => !filler.has(word.whole));
  return telling.length ? telling : all;
}

const filler = new Set("a an the how do doe i in is it of to what why can my".split(" "));
const known = new Map();

// The terms of one chunk; the last ones cannot be divided further.
function dissect(chunk) {
  if (known.has(chunk)) return known.get(chunk);
  const found = [];
  const add = (word, start, part, last) => {
    const term = normal(word);
    if (term) found.push({ term, start, end: start + word.length, part, last });
  };
  const inside = [...chunk.matchAll(pieces)];
  if (inside.length > 1) add(chunk, 0, false, false);
  for (const { 0: piece, index } of inside) {
    const small = [...piece.matchAll(parts)];
    add(piece, index, false, small.length < 2);
    if (small.length < 2) continue;
    for (const part of small) add(part[0], index + part.index, true, true);
  }
  known.set(chunk, found);
  return found;
}

// Case, underscores, dots and the s of a plural make no difference.
function normal(word) {
  const term = word.toLowerCase().replace(/[_.]/g, "");
  return term.length > 3 ? term.replace(/([^s])s$/, "$1") : term;
}
