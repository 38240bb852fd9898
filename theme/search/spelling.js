// What was meant by a word that no note has. One slip (a letter too many, too
// few, another, or two that changed places) is forgiven in a word of five
// letters and more, two in one of nine and more, as long as its beginning or
// its end is right: that is how the words to compare are found.

const mostFiles = 4; // that are fetched for either end
const mostMeant = 3;

// meant gives the words that are nearest, the most common first.
export async function meant(index, {word, begins}) {
  const letters = [...word];
  const slips = letters.length >= 9 ? 2 : letters.length >= 5 ? 1 : 0;
  if (!slips) return {slips, words: []};
  const right = slips === 2 ? 3 : (letters.length - 1) >> 1;
  const start = letters.slice(0, right).join('');
  const end = letters.slice(-right).reverse().join('');
  const [forth, back] = await Promise.all([
    index.spellings.lines(start, {most: mostFiles}), index.backwards.lines(end, {most: mostFiles})]);
  const known = new Map(forth);
  for (const [reversed, rank] of back) known.set([...reversed].reverse().join(''), rank);
  const found = [];
  for (const [other, rank] of known) {
    const far = distance(letters, [...other], slips, begins && other.startsWith(start));
    if (far <= slips) found.push({other, far, rank: rank.charCodeAt(0)});
  }
  found.sort((a, b) => a.far - b.far || b.rank - a.rank || (a.other < b.other ? -1 : 1));
  const nearest = found.filter(f => f.far === found[0].far).slice(0, mostMeant);
  return {slips: nearest[0]?.far ?? 0, words: nearest.map(f => f.other)};
}

// distance counts the slips between two words, or between the first and the
// beginning of the second that is nearest; more than most counts as more.
export function distance(a, b, most, begins) {
  if (a.length - b.length > most || !begins && b.length - a.length > most) return most + 1;
  let before, last = Array.from({length: b.length + 1}, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    before = last;
    last = row;
  }
  return begins ? Math.min(...last) : last[b.length];
}
