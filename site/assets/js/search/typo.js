// The typing errors that a word of this length is forgiven.
export function forgiven(word) {
  if (word.length < 4) return 0;
  return word.length < 8 ? 1 : 2;
}

// The letters of a word as bits: two words that share too few of them need not
// be compared at all.
export function letters(word) {
  let bits = 0;
  for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) & 31);
  return bits;
}

export function lacks(wanted, present) {
  let count = 0;
  for (let missing = wanted & ~present; missing; missing &= missing - 1) count++;
  return count;
}

// The least number of letters to insert, drop, replace or swap with a
// neighbour until word begins term. More than most is not told apart, so only
// cells near the diagonal count. A reader may still be typing, hence the
// beginning and not the whole.
export function distance(word, term, most, work) {
  let [before, last, row] = rows;
  const width = Math.min(term.length, word.length + most);
  for (let j = 0; j <= most + 1; j++) row[j] = j;
  for (let i = 1; i <= word.length; i++) {
    [before, last, row] = [last, row, before];
    const from = Math.max(1, i - most);
    const to = Math.min(width, i + most);
    row[from - 1] = from === 1 ? i : far;
    let least = row[from - 1];
    for (let j = from; j <= to; j++) {
      const same = word[i - 1] === term[j - 1];
      let cost = same ? last[j - 1] : 1 + Math.min(last[j - 1], last[j], row[j - 1]);
      if (!same && i > 1 && j > 1 && word[i - 1] === term[j - 2] && word[i - 2] === term[j - 1]) {
        cost = Math.min(cost, before[j - 2] + 1);
      }
      row[j] = cost;
      if (cost < least) least = cost;
    }
    row[to + 1] = far;
    work.steps += to - from + 1;
    if (least > most) return far;
  }
  let least = far;
  for (let j = Math.max(0, word.length - most); j <= width; j++) least = Math.min(least, row[j]);
  return least;
}

const far = 99;
const rows = [[], [], []];
