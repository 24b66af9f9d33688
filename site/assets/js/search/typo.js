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
// neighbour until word begins term. More than most is not told apart. A reader
// may still be typing, hence the beginning and not the whole.
export function distance(word, term, most, work) {
  const width = Math.min(term.length, word.length + most);
  let before = [];
  let last = [];
  let row = [];
  for (let j = 0; j <= width; j++) row[j] = j;
  for (let i = 1; i <= word.length; i++) {
    [before, last, row] = [last, row, [i]];
    let least = i;
    for (let j = 1; j <= width; j++) {
      const same = word[i - 1] === term[j - 1] ? 0 : 1;
      let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
      if (i > 1 && j > 1 && word[i - 1] === term[j - 2] && word[i - 2] === term[j - 1]) {
        cost = Math.min(cost, before[j - 2] + 1);
      }
      row[j] = cost;
      if (cost < least) least = cost;
    }
    work.steps += width;
    if (least > most) return most + 1;
  }
  return Math.min(...row);
}
