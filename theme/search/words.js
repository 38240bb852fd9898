// Words of a text, as the search index has them (search/words.go): without
// case and diacritics; of scripts without spaces, pairs of letters.

const dense = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}' +
  '\\p{Script=Khmer}\\p{Script=Myanmar}ーｰﾞﾟ';
const runs = new RegExp(`(?<dense>[${dense}][${dense}\\p{M}]*)|(?:(?![${dense}])[\\p{L}\\p{N}\\p{M}])+`, 'gu');

const accents = new RegExp('[\\u0300-\\u036f\\u0483-\\u0487\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7' +
  '\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670\\s]', 'gu');
const plain = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ħ: 'h', ı: 'i', ŧ: 't', ς: 'σ',
};
const special = new RegExp(`[${Object.keys(plain).join('')}]`, 'gu');
const maxWord = 32;

const cut = word => word.length > maxWord ? [...word].slice(0, maxWord).join('') : word;
const foldAll = text => text.normalize('NFKD').replace(accents, '').toLowerCase()
  .replace(special, letter => plain[letter]).normalize('NFC');

// fold is a word as words are compared.
export const fold = word => cut(foldAll(word));

// words gives the words of a text with where they stand: {word, start, end};
// of a run of a dense script all of it, with `pairs`.
export function* words(text) {
  for (const m of text.matchAll(runs)) {
    const start = m.index, end = start + m[0].length;
    if (!m.groups.dense) {
      const word = fold(m[0]);
      if (word) yield {word, start, end};
      continue;
    }
    const letters = [...foldAll(m[0])];
    const pairs = letters.map((letter, i) => letter + (letters[i + 1] ?? ''));
    if (pairs.length) yield {pairs, start, end};
  }
}

// parse reads a query: what to look for, in order, each with the words that it
// matches: those that begin with it (`begins`), or it alone. The last word is
// still being typed, unless a space follows.
export function parse(query) {
  const wanted = [];
  for (const m of query.matchAll(/\S+/gu)) {
    const open = m.index + m[0].length === query.length;
    if (m[0].startsWith('#') && m[0].length > 1) {
      wanted.push({word: '#' + fold(m[0].slice(1).replace(/[,.;:!?/]+$/u, '')), begins: true});
      continue;
    }
    const found = [...words(m[0])];
    for (const [i, {word, pairs}] of found.entries()) {
      const last = open && i === found.length - 1;
      if (word) wanted.push({word, begins: last || [...word].length >= 3, open: last});
      else if (pairs.length === 1) wanted.push({word: pairs[0], begins: true, dense: true});
      else wanted.push(...pairs.slice(0, -1).map(pair => ({word: pair, begins: false, dense: true})));
    }
  }
  const seen = new Set();
  return wanted.filter(w => !seen.has(w.word) && seen.add(w.word)).slice(0, 12);
}

// matches says whether a word of a text is one that is wanted: as it is, by
// its beginning, or as what was meant.
export function matches(wanted, word) {
  if (wanted.meant) return wanted.meant.includes(word);
  return wanted.begins ? word.startsWith(wanted.word) : word === wanted.word;
}
