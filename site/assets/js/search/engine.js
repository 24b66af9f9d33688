import { join, lookUp } from "./lookup.js";
import { toRecords, Vocabulary } from "./records.js";
import { phrase, words } from "./words.js";

// A record that is called what was typed comes before all that only hold it,
// and so does one that is called as a part of it, after the former.
const bonus = { whole: 100, inside: 50 };
const most = { results: 8, perPage: 3, words: 8 };

// createEngine makes the index of a reader's browser from the one that was
// made of the pages. search(query) returns the results, best first, and the
// steps it took; add takes the prose of each section of each page.
export function createEngine(index) {
  const records = toRecords(index);
  const vocabulary = new Vocabulary(records);
  const listed = new Set(index.rows.map((row) => row.listed));
  return {
    search: (query) => search(records, vocabulary, query),
    add({ id, texts }) {
      if (id !== index.prose) return; // of another build: its sections are others
      texts.flat().forEach((text, i) => { records[i].text = text; });
      vocabulary.add(records.map((record) => record.text));
    },
    tables: records.filter((record) => listed.has(record.url)),
    records,
    vocabulary,
  };
}

function search(records, vocabulary, query) {
  const work = { steps: 0 };
  const matched = new Set();
  const asked = words(query);
  const wanted = telling(vocabulary, asked);
  const found = wanted.map((word) => lookUp(vocabulary, word, matched, work));
  join(vocabulary, wanted, found, matched, work);
  const ranked = rank(records, wanted, found, phrase(query), work);
  ranked.sort((a, b) => b.complete - a.complete || b.value - a.value || a.i - b.i);
  const few = best(ranked, records);
  const all = !found.some((hits) => hits.loose) && wanted.length === asked.length;
  return {
    hits: few.map(({ i }) => records[i]),
    complete: all ? few.filter((result) => result.complete).length : 0, // so many have all words
    matched, steps: work.steps,
  };
}

// Who pastes a whole message has many words, and does not mistype: the rarest
// of those that are known tell most.
function telling(vocabulary, asked) {
  if (asked.length <= most.words) return asked;
  const size = (word) => vocabulary.get(word.whole)?.counts.size ?? 0;
  const known = asked.filter(size);
  return known.sort((a, b) => size(a) - size(b)).slice(0, most.words);
}

function rank(records, wanted, found, wholeQuery, work) {
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
    const { phrases, calls } = records[result.i];
    result.value *= (result.words / found.length) ** 2;
    // Who types a dot asks for a name of an API: the row that has it answers.
    const called = wanted.some((word) => word.dotted && calls.has(word.whole));
    const named = phrases.has(wholeQuery) || called && wanted.length === 1;
    const inside = named || called || within(phrases, wholeQuery);
    if (inside) result.value += named ? bonus.whole : bonus.inside;
    result.complete = inside || result.words === found.length;
  }
  return [...results.values()];
}

// Whether a phrase of several words is a part of what was typed.
function within(phrases, typed) {
  for (const one of phrases) {
    if (one.includes(" ") && ` ${typed} `.includes(` ${one} `)) return true;
  }
  return false;
}

// The best few, and not all of them from one page.
function best(ranked, records) {
  const perPage = new Map();
  const few = [];
  for (const result of ranked) {
    const { page } = records[result.i];
    const already = perPage.get(page) ?? 0;
    if (already === most.perPage) continue;
    perPage.set(page, already + 1);
    if (few.push(result) === most.results) break;
  }
  return few;
}
