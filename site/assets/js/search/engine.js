import { terms, words } from "./words.js";
import { distance, forgiven, lacks, letters } from "./typo.js";

// What a word counts by where it stands, and by how well it fits. The words of
// a page's title and address also count a little for each of its sections, so
// that "gather timeout" finds the section on time in the chapter on gather.
const counts = { phrase: 100, title: 60, address: 15, row: 24, heading: 12, name: 5, text: 1, context: 1 };
const fits = { exact: 1, prefix: 0.6, parts: 0.5, typo: 0.3 };
const most = { results: 8, perPage: 3 };

// createEngine makes the index of a reader's browser from the one that Hugo
// wrote. search(query) returns the results, best first, and the steps it took.
export function createEngine({ pages, rows }) {
  const records = toRecords(pages, rows);
  const vocabulary = toVocabulary(records);
  const listed = new Set(rows.map((row) => row.listed));
  return {
    search: (query) => search(records, vocabulary, query),
    tables: records.filter((record) => listed.has(record.url)),
    records,
    vocabulary,
  };
}

function toRecords(pages, rows) {
  const records = pages.flatMap((page) => page.sections.map((section) => ({
    ...section, page, rows: [],
    url: section.anchor ? `${page.url}#${section.anchor}` : page.url,
    phrases: (section.anchor ? [section.heading] : [page.title, page.label]).map(phrase),
  })));
  const byURL = new Map(records.map((record) => [record.url, record]));
  for (const row of rows) byURL.get(row.url)?.rows.push(row);
  return records;
}

const phrase = (text) => words(text).map((word) => word.whole).join(" ");

// Each term, in the order of the alphabet, with what it counts in each record.
function toVocabulary(records) {
  const byTerm = new Map();
  records.forEach((record, i) => {
    for (const [term, count] of countTerms(record)) {
      if (!byTerm.has(term)) byTerm.set(term, { term, letters: letters(term), where: [], counts: [] });
      const entry = byTerm.get(term);
      entry.where.push(i);
      entry.counts.push(count);
    }
  });
  return [...byTerm.values()].sort((a, b) => (a.term < b.term ? -1 : 1));
}

function countTerms(record) {
  const total = new Map();
  const note = (text, count) => {
    const here = new Map();
    for (const { term, part } of terms(text)) {
      here.set(term, Math.max(here.get(term) ?? 0, part ? count / 2 : count));
    }
    for (const [term, value] of here) total.set(term, (total.get(term) ?? 0) + value);
  };
  const { page } = record;
  const own = !record.anchor;
  note(`${page.title} ${page.label}`, own ? counts.title : counts.context);
  note(page.url, own ? counts.address : counts.context);
  note(record.rows.map((row) => `${row.asyncio} ${row.go}`).join(" "), counts.row);
  note(record.heading, counts.heading);
  note(record.names, counts.name);
  note(record.text, counts.text);
  return total;
}

function search(records, vocabulary, query) {
  const work = { steps: 0 };
  const matched = new Set();
  const wanted = words(query);
  const found = wanted.map((word) => lookUp(vocabulary, word, matched, work));
  join(vocabulary, wanted, found, matched, work);
  const all = rank(records, found, phrase(query), work);
  const complete = all.filter((result) => result.words === found.length);
  const ranked = complete.length ? complete : all;
  ranked.sort((a, b) => b.value - a.value || a.i - b.i);
  return { hits: best(ranked.map(({ i }) => records[i])), complete: complete.length > 0, matched, steps: work.steps };
}

function rank(records, found, wholeQuery, work) {
  const results = new Map();
  for (const hits of found) {
    // A word that stands everywhere says little; and it is better to hold all
    // words than one of them in the title, hence the logarithm.
    const rarity = Math.log(1 + records.length / (1 + hits.size));
    for (const [i, count] of hits) {
      work.steps++;
      const result = results.get(i) ?? { i, words: 0, value: 0 };
      result.words++;
      result.value += Math.log(1 + count) * rarity;
      results.set(i, result);
    }
  }
  for (const result of results.values()) {
    work.steps++;
    result.value *= (result.words / found.length) ** 2;
    if (records[result.i].phrases.includes(wholeQuery)) result.value += counts.phrase;
  }
  return [...results.values()];
}

// Two words may be one name: "wait for" is wait_for as well.
function join(vocabulary, wanted, found, matched, work) {
  for (let n = 1; n < wanted.length; n++) {
    const name = wanted[n - 1].whole + wanted[n].whole;
    const entry = vocabulary[firstFrom(vocabulary, name, work)];
    if (entry?.term !== name) continue;
    for (const hits of [found[n - 1], found[n]]) collect(hits, entry, fits.exact, matched, work);
  }
}

// The best few, and not all of them from one page.
function best(ranked) {
  const perPage = new Map();
  const few = [];
  for (const record of ranked) {
    const already = perPage.get(record.page) ?? 0;
    if (already === most.perPage) continue;
    perPage.set(record.page, already + 1);
    if (few.push(record) === most.results) break;
  }
  return few;
}

// The records that hold a word, with what it counts there. Where nobody wrote
// the name, all of its parts; where nobody wrote these, what looks like it.
function lookUp(vocabulary, { whole, parts }, matched, work) {
  const hits = begins(vocabulary, whole, matched, work);
  if (hits.size) return hits;
  const inParts = new Set();
  const each = parts.map((part) => begins(vocabulary, part, inParts, work));
  for (const [i, count] of each[0] ?? []) {
    if (each.every((other) => other.has(i))) raise(hits, i, count * fits.parts, work);
  }
  if (!hits.size) return resembles(vocabulary, whole, matched, work);
  for (const term of inParts) matched.add(term);
  return hits;
}

function begins(vocabulary, word, matched, work) {
  const hits = new Map();
  for (let i = firstFrom(vocabulary, word, work); i < vocabulary.length; i++) {
    const entry = vocabulary[i];
    work.steps++;
    const exact = entry.term === word;
    // A short word begins too many others to ask for them as well.
    if (!exact && (word.length < 2 || word.length < 4 && hits.size || !entry.term.startsWith(word))) break;
    collect(hits, entry, exact ? fits.exact : fits.prefix, matched, work);
  }
  return hits;
}

function resembles(vocabulary, word, matched, work) {
  const hits = new Map();
  const wanted = letters(word);
  let errors = forgiven(word);
  let alike = [];
  for (const entry of errors ? vocabulary : []) {
    work.steps++;
    if (entry.term.length < word.length - errors || lacks(wanted, entry.letters) > errors) continue;
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
  entry.where.forEach((i, n) => raise(hits, i, entry.counts[n] * fit, work));
}

function raise(hits, i, count, work) {
  work.steps++;
  if (count > (hits.get(i) ?? 0)) hits.set(i, count);
}

// Where a word stands in the alphabet, or would.
function firstFrom(vocabulary, word, work) {
  let low = 0;
  let high = vocabulary.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    work.steps++;
    if (vocabulary[middle].term < word) low = middle + 1;
    else high = middle;
  }
  return low;
}
