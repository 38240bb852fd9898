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
// has most. It stops where signal says so.
export async function rank(index, query, signal) {
  const wanted = parse(query);
  const best = await Promise.all(wanted.map(w => find(index, w)));
  signal?.throwIfAborted();
  const notes = score(index, wanted, best);
  const most = notes.reduce((m, n) => Math.max(m, n.words), 0);
  const found = notes.filter(n => n.words === most && most > 0);
  found.sort((a, b) => b.score - a.score || a.note - b.note);
  return {wanted, total: found.length, all: most === wanted.length, notes: found};
}

// find gives, for each part, the level at which it has a word, and one.
async function find(index, wanted) {
  const best = new Uint8Array(index.parts);
  if (await look(index, wanted, best)) return best;
  if (wanted.dense || wanted.word.startsWith('#')) return best;
  const {slips, words} = await meant(index, wanted);
  if (!words.length) return best;
  wanted.meant = words;
  await Promise.all(words.map(async word => {
    const at = index.words.at(word);
    for (const [line, list] of await index.words.lines(at, at, word)) if (line === word) take(list, 1 + slips, best);
  }));
  return best;
}

// look looks a word up, and reports whether there is any.
async function look(index, {word, begins}, best) {
  const shelf = index.words;
  let [from, to] = [shelf.at(word), shelf.at(word)];
  let lines;
  if (begins) {
    [from, to] = shelf.range(word);
    if (to > from + 1) { // there may be a list of whatever begins so
      const star = shelf.at(word + '*');
      lines = (await shelf.lines(star, star, word + '*')).slice(0, 1);
      if (!lines.length) lines = undefined;
    }
  }
  lines ??= (await shelf.lines(from, to, word)).filter(([line]) => line === word || begins && !line.endsWith('*'));
  for (const [line, list] of lines) take(list, line.endsWith('*') ? 0 : stepsDown(word, line), best);
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
