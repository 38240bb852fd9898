// The passages of a note in which the words of a query stand.
import {words, matches} from './words.js';

const most = 180; // letters of a passage
const before = 50; // of them before the first word
const mostSections = 3;

// passages gives the places of a text that tell most: {id, heading, text,
// code}, the best first.
export function passages(sections, wanted) {
  const found = [];
  for (const [id, heading, text] of sections) {
    const inHeading = spots(heading, wanted);
    const best = text.split('\n').map(p => piece(p, wanted)).reduce((a, b) => b.score > a.score ? b : a);
    const score = best.score + 1.5 * distinct(inHeading);
    if (score > 0) found.push({id, heading, text: best.text, code: best.code, score});
  }
  found.sort((a, b) => b.score - a.score);
  return found.filter((f, i) => f.id === '' || found.findIndex(g => g.id === f.id) === i).slice(0, mostSections);
}

// piece is the best of a paragraph, or of code, which tells less.
function piece(text, wanted) {
  const code = text.startsWith('\t');
  if (code) text = text.slice(1);
  const best = window(text, spots(text, wanted));
  return {...best, code, score: best.score && (code ? best.score / 2 : best.score)};
}

// spots gives the places of wanted words: {start, end, nth}, in order.
export function spots(text, wanted) {
  const found = [];
  for (const {word, pairs, start, end} of words(text)) {
    for (const [nth, w] of wanted.entries()) {
      if (word && !w.dense && matches(w, word)) {
        found.push({start, end: markedEnd(text, start, end, w, word), nth});
        break;
      }
    }
    if (pairs) found.push(...pairSpots(text.slice(start, end), pairs, wanted, start));
  }
  return found;
}

// markedEnd is how far a word is marked: where its beginning is what is
// looked for, the letters of that.
function markedEnd(text, start, end, {word: beginning, meant}, word) {
  const plain = word.length === end - start;
  return plain && !meant && beginning.length < word.length ? start + beginning.length : end;
}

// pairSpots finds letters of a dense script, neighbours as one spot.
function pairSpots(run, pairs, wanted, start) {
  const letters = [...run];
  if (letters.length !== pairs.length) return []; // taken apart: not marked
  const found = [];
  let at = start;
  for (const [i, letter] of letters.entries()) {
    const nth = wanted.findIndex(w => w.dense && matches(w, pairs[i]));
    const end = at + letter.length + (nth >= 0 && wanted[nth].word.length > letter.length ? (letters[i + 1] ?? '').length : 0);
    const last = found.at(-1);
    if (nth >= 0 && last?.end >= at) Object.assign(last, {end, all: [...last.all, nth]});
    else if (nth >= 0) found.push({start: at, end, nth, all: [nth]});
    at += letter.length;
  }
  return found;
}

const distinct = found => new Set(found.flatMap(s => s.all ?? [s.nth])).size;

// window cuts the part of a paragraph that has most of the words near to each
// other.
function window(text, found) {
  if (!found.length) return {text: cut(text, 0), score: 0};
  let best = {score: -1};
  for (const [i, {start}] of found.entries()) {
    const near = found.slice(i).filter(s => s.end - start <= most - before);
    const score = distinct(near) + Math.min(near.length, 6) / 20;
    if (score > best.score) best = {score, start};
  }
  return {text: cut(text, best.start < before * 2 ? 0 : best.start - before), score: best.score};
}

// cut takes a passage from a text, from about a place on, at words.
function cut(text, from) {
  let start = from && text.indexOf(' ', from) + 1;
  if (from && (!start || start > from + before - 5)) start = safe(text, from);
  let end = start + most;
  if (end >= text.length) end = text.length;
  else {
    const space = text.lastIndexOf(' ', end);
    end = space > start + most / 2 ? space : safe(text, end);
  }
  return (start > 0 ? '…' : '') + text.slice(start, end) + (end < text.length ? '…' : '');
}

// safe moves a place out of a letter.
const safe = (text, at) => text.charCodeAt(at) >= 0xdc00 && text.charCodeAt(at) <= 0xdfff ? at - 1 : at;

// marked is a text with what was found in it marked.
export function marked(text, wanted) {
  const out = document.createDocumentFragment();
  let at = 0;
  for (const {start, end} of spots(text, wanted)) {
    out.append(text.slice(at, start));
    const mark = document.createElement('mark');
    mark.textContent = text.slice(start, end);
    out.append(mark);
    at = end;
  }
  out.append(text.slice(at));
  return out;
}
