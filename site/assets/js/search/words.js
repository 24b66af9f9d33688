// Cuts text into the terms by which it can be found. A name is found whole and
// by its parts: context.WithTimeout as contextwithtimeout, context and
// withtimeout, and less surely (part) as with and timeout.
const chunks = /[\p{L}\p{N}_]+(?:\.[\p{L}\p{N}_]+)*/gu;
const pieces = /[^.]+/g;
const parts = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{N}+|\p{L}+/gu;

const hyphened = /[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+/gu; // back-pressure is backpressure, too

export function terms(text) {
  const found = [];
  for (const { 0: chunk, index } of text.matchAll(chunks)) {
    for (const { term, start, end, part } of dissect(chunk)) {
      found.push({ term, start: index + start, end: index + end, part });
    }
  }
  for (const { 0: chunk, index } of text.matchAll(hyphened)) {
    found.push({ term: normal(chunk), start: index, end: index + chunk.length, part: false });
  }
  return found;
}

// A query is a list of words. Each has a whole, and perhaps what follows its
// last dot, and parts; and it tells whether it was typed with a dot.
export function words(query) {
  const all = (meant(query).match(chunks) ?? []).map((chunk) => {
    const name = chunk.replace(/^asyncio\./i, ""); // pages say gather, people asyncio.gather
    const pieces = name.split(".");
    const last = dissect(name).filter((found) => found.last).map((found) => found.term);
    return {
      whole: normal(name), dotted: chunk.includes("."),
      method: pieces.length > 1 ? normal(pieces.at(-1)) : "", parts: last.length > 1 ? last : [],
    };
  }).filter((word) => word.whole);
  const telling = all.filter(({ whole }) => !filler.has(whole) && !/^\d+$|^.$/u.test(whole));
  return distinct(telling.length ? telling : all);
}

// What a text says, however it is written.
export const phrase = (text) => words(text).map((word) => word.whole).join(" ");

const filler = new Set("a an the how do doe i in is it of to what why can my vs versus golang equivalent".split(" "));

// A pasted message says where it was printed, which is noise; and an arrow is
// a word of Go, as gofmt writes it: <-ch receives, ch <- v sends.
const noise = /goroutine \d+ \[[^\]]*\]:|\b0x[\da-f]+|\bFile "[^"]*", line \d+|\S+\.(?:go|py):\d+\S*/gi;
// What begins with the line of a goroutine is about the state of that one.
const state = /^\s*goroutine \d+ \[([^\],]+)[^]*/i;
const meant = (query) => query.replace(state, "goroutine $1").replace(noise, " ")
  .replace(/<-(?=\S)/g, " receive ").replace(/<-/g, " send ");

function distinct(all) {
  const seen = new Set();
  return all.filter(({ whole }) => !seen.has(whole) && seen.add(whole));
}

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

// Case, underscores, dots, hyphens and the s of a plural make no difference.
function normal(word) {
  const term = word.toLowerCase().replace(/[_.-]/g, "");
  return term.length > 3 ? term.replace(/([^s])s$/, "$1") : term;
}
