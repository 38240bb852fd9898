// Which notes a query finds, the best first.
import {parse} from './words.js';
import {meant} from './spelling.js';

// Levels, as package search writes them.
const marks = '!#$%&()*,-.:';
const worth = Array.from({length: marks.length}, (_, level) => 0.35 * 1.38 ** (level + 0.5));
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const value = new Int8Array(128).fill(-1);
[...digits].forEach((digit, i) => { value[digit.charCodeAt(0)] = i; });

// rank gives {wanted, total, all, notes}: what was looked for, how many notes
// have it, whether they have all of it, and their numbers with the part that
// has most. It stops where signal says so. In haste, of a word that is being
// typed it asks neither what was meant, nor for its first letter, or two beside
// other words: they would be many files for what nobody wants to know.
export async function rank(index, query, {signal, haste} = {}) {
  let wanted = parse(query);
  if (haste) wanted = wanted.filter(w => !w.open || w.word.length > (wanted.length > 1 ? 2 : 1));
  const best = await Promise.all(wanted.map(w => find(index, w, haste && w.open)));
  signal?.throwIfAborted();
  const notes = score(index, wanted, best);
  const most = notes.reduce((m, n) => Math.max(m, n.words), 0);
  const found = notes.filter(n => n.words === most && most > 0);
  found.sort((a, b) => b.score - a.score || a.note - b.note);
  return {wanted, total: found.length, all: most === wanted.length, notes: found};
}

// find gives, for each part, the level at which it has a word, and one.
async function find(index, wanted, haste) {
  const best = new Uint8Array(index.parts);
  if (await look(index, wanted, best)) return best;
  if (haste || wanted.dense || wanted.word.startsWith('#')) return best;
  const {slips, words} = await meant(index, wanted);
  if (!words.length) return best;
  wanted.meant = words;
  await Promise.all(words.map(async word => {
    for (const [line, list] of await index.words.lines(word, {word})) if (line === word) take(list, 1 + slips, best);
  }));
  return best;
}

// look looks a word up, and reports whether there is any.
async function look(index, {word, begins}, best) {
  const all = word + '*'; // the list of whatever begins so, where there is one
  let lines = await index.words.lines(begins ? all : word, {word: begins ? all : word});
  lines = lines.filter(([line]) => line === (begins ? all : word));
  if (begins && !lines.length) lines = (await index.words.lines(word)).filter(([line]) => !line.endsWith('*'));
  for (const [line, list] of lines) take(list, line === all ? 0 : stepsDown(word, line), best);
  return lines.length > 0;
}

// stepsDown is by how many levels a word counts for less than its beginning.
function stepsDown(beginning, word) {
  if (word.length === beginning.length) return 0;
  const more = [...word].length - [...beginning].length;
  return more <= 2 ? 1 : 2;
}

// take reads a list.
function take(list, less, best) {
  let level = 0, next = 0, number = 0, shift = 0;
  for (let i = 0; i < list.length; i++) {
    const digit = value[list.charCodeAt(i)];
    if (digit < 0) {
      level = Math.max(marks.indexOf(list[i]) - less, 0) + 1;
      next = 0;
      continue;
    }
    number |= (digit & 31) << shift;
    shift += 5;
    if (digit > 31) continue;
    const part = next + number;
    if (best[part] < level) best[part] = level;
    next = part + 1;
    number = shift = 0;
  }
}

// score gives the notes that have any of the words.
function score(index, wanted, best) {
  const weights = best.map(levels => {
    const count = levels.reduce((sum, level) => sum + (level > 0), 0);
    return Math.log(1 + (index.parts - count + 0.5) / (count + 0.5));
  });
  const notes = [];
  for (const [note, first] of index.firstPart.entries()) {
    const end = index.firstPart[note + 1] ?? index.parts;
    let words = 0, sum = 0, part = first, most = 0;
    for (let p = first; p < end && end > first + 1; p++) { // the part that has most
      const here = best.reduce((all, levels, w) => all + (levels[p] && weights[w] * worth[levels[p] - 1] + 1), 0);
      if (here > most) [part, most] = [p, here];
    }
    for (let w = 0; w < wanted.length; w++) {
      let level = 0;
      for (let p = first; p < end; p++) level = Math.max(level, best[w][p]);
      if (level) { words++; sum += weights[w] * worth[level - 1]; }
    }
    if (words) notes.push({note, words, part, score: sum});
  }
  return notes;
}
