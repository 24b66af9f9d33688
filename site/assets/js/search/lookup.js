import { distance, forgiven, lacks, letters } from "./typo.js";

// What a word counts by how well it fits.
const fits = { exact: 1, prefix: 0.6, parts: 0.5, typo: 0.3, some: 0.2 };

// The records that hold a word, with what it counts there. Where nobody wrote
// the name whole, what is known of it: what follows its last dot, which is the
// name of a method, then its parts together, then what looks like it, and
// before there is nothing, its rarest part. loose says that it was only a part.
export function lookUp(vocabulary, { whole, method, parts }, matched, work) {
  let hits = begins(vocabulary, whole, matched, work);
  if (!hits.size && method) hits = loose(begins(vocabulary, method, matched, work));
  if (!hits.size && parts.length) hits = together(vocabulary, parts, matched, work);
  if (!hits.size) hits = resembles(vocabulary, whole, matched, work);
  if (!hits.size) hits = rarest(vocabulary, parts, matched, work);
  return hits;
}

// Two words may be one name: "wait for" is wait_for as well.
export function join(vocabulary, wanted, found, matched, work) {
  for (let n = 1; n < wanted.length; n++) {
    const entry = vocabulary.get(wanted[n - 1].whole + wanted[n].whole);
    if (!entry) continue;
    for (const hits of [found[n - 1], found[n]]) collect(hits, entry, fits.exact, matched, work);
  }
}

function begins(vocabulary, word, matched, work) {
  const hits = new Map();
  const { entries } = vocabulary;
  for (let i = vocabulary.from(word, work); i < entries.length; i++) {
    const entry = entries[i];
    work.steps++;
    const exact = entry.term === word;
    // A short word begins too many others to ask for them as well.
    if (!exact && (word.length < 2 || word.length < 4 && hits.size || !entry.term.startsWith(word))) break;
    collect(hits, entry, exact ? fits.exact : fits.prefix, matched, work);
  }
  return hits;
}

const loose = (hits) => Object.assign(hits, { loose: true });

// The records that hold all of these terms.
function together(vocabulary, these, matched, work) {
  const here = new Set();
  const hits = new Map();
  const each = these.map((term) => begins(vocabulary, term, here, work));
  for (const i of each[0].keys()) {
    const least = Math.min(...each.map((other) => other.get(i) ?? 0));
    if (least) raise(hits, i, least * fits.parts, work);
  }
  if (hits.size) for (const term of here) matched.add(term);
  return loose(hits);
}

function rarest(vocabulary, parts, matched, work) {
  let few = new Map();
  let seen = new Set();
  for (const part of parts) {
    if (part.length < 3) continue;
    const here = new Set();
    const hits = begins(vocabulary, part, here, work);
    if (hits.size && (!few.size || hits.size < few.size)) [few, seen] = [hits, here];
  }
  for (const term of seen) matched.add(term);
  for (const [i, count] of few) few.set(i, count * fits.some);
  return loose(few);
}

// Errors are forgiven in names, not in prose: what looks like a word there is
// mostly another word. A short word must be like a whole one; of a longer one
// the end may still be to come.
function resembles(vocabulary, word, matched, work) {
  const hits = new Map();
  const wanted = letters(word);
  let errors = forgiven(word);
  let alike = [];
  for (const entry of errors ? vocabulary.entries : []) {
    work.steps++;
    if (!entry.named || entry.term.length < word.length - errors || lacks(wanted, entry.letters) > errors) continue;
    if (word.length < 6 && entry.term.length > word.length + errors) continue;
    const off = distance(word, entry.term, errors, work);
    if (off > errors) continue;
    if (off < errors) alike = []; // the closest only
    errors = off;
    alike.push(entry);
  }
  for (const entry of alike) {
    const longer = Math.max(0, entry.term.length - word.length - errors);
    collect(hits, entry, fits.typo / (1 + longer / 4), matched, work);
  }
  return hits;
}

function collect(hits, entry, fit, matched, work) {
  matched.add(entry.term);
  for (const [i, count] of entry.counts) raise(hits, i, count * fit, work);
}

function raise(hits, i, count, work) {
  work.steps++;
  if (count > (hits.get(i) ?? 0)) hits.set(i, count);
}
