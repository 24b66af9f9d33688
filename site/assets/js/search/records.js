import { phrase, terms, words } from "./words.js";
import { letters } from "./typo.js";

// What a word counts by where it stands. The words of a page's title and
// address also count a little for each of its sections, so that "gather
// timeout" finds the section on time in the chapter on gather. also are words
// that people use and the page does not: they lead to a place as its heading
// does.
export const counts = { title: 60, address: 15, row: 24, heading: 12, also: 12, name: 5, text: 1, context: 1 };

// The sections of all pages, each with the rows of the lookup that lead to it,
// the phrases it answers as a whole, and the names that its rows have.
export function toRecords({ pages, rows }) {
  const records = pages.flatMap((page) => page.sections.map(({ anchor, heading = "", names = "", also = [] }) => ({
    anchor, heading, names, also, page, rows: [], text: "",
    url: anchor ? `${page.url}#${anchor}` : page.url,
    phrases: new Set([...(anchor ? [heading] : [page.title, page.label]), ...also].map(phrase)),
    calls: new Set(),
  })));
  const byURL = new Map(records.map((record) => [record.url, record]));
  for (const row of rows) {
    const record = byURL.get(row.url);
    record?.rows.push(row);
    for (const { whole } of words(`${row.asyncio} ${row.go}`)) record?.calls.add(whole);
  }
  return records;
}

// Each term, in the order of the alphabet, with what it counts in each record.
export class Vocabulary {
  #byTerm = new Map();

  constructor(records) {
    records.forEach((record, i) => {
      const { page } = record;
      const own = !record.anchor;
      this.#note(i, `${page.title} ${page.label}`, own ? counts.title : counts.context);
      this.#note(i, page.url, own ? counts.address : counts.context);
      this.#note(i, record.rows.map((row) => `${row.asyncio} ${row.go}`).join(" "), counts.row);
      this.#note(i, record.heading, counts.heading);
      this.#note(i, record.also.join(" / "), counts.also);
      this.#note(i, record.names, counts.name);
    });
    this.#sort();
  }

  // add takes the prose of the records, which comes later.
  add(texts) {
    texts.forEach((text, i) => this.#note(i, text, counts.text));
    this.#sort();
  }

  #note(i, text, count) {
    const here = new Map();
    for (const { term, part } of terms(text)) {
      here.set(term, Math.max(here.get(term) ?? 0, part ? count / 2 : count));
    }
    for (const [term, value] of here) {
      let entry = this.#byTerm.get(term);
      // Only what stands somewhere else than in prose is a name: typo.js.
      if (!entry) this.#byTerm.set(term, entry = { term, letters: letters(term), named: value > counts.text, counts: new Map() });
      entry.counts.set(i, (entry.counts.get(i) ?? 0) + value);
    }
  }

  #sort() {
    this.entries = [...this.#byTerm.values()].sort((a, b) => (a.term < b.term ? -1 : 1));
  }

  // Where a word stands in the alphabet, or would.
  from(word, work) {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      work.steps++;
      if (this.entries[middle].term < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  // The entry of exactly this word.
  get(word) {
    return this.#byTerm.get(word);
  }
}
