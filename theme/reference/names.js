// The names of a program that the library documents.

import {guesses, load, loaded} from './library.js';
import {Meaning} from './meaning.js';
import {Source} from './scopes.js';

const attempts = 8; // packages that lead to further packages
let guess = () => undefined;

// read reads code; it is read once as long as it is the same.
export function read(text) {
  if (text !== last.text) last = {text, source: new Source(text)};
  return last.source;
}
let last = {};

// tokenAt is the index of the name at a place of the text, -1 for none.
export const tokenAt = (source, offset) =>
  source.tokens.findIndex(({at, text, kind}) => kind === 'name' && offset >= at && offset <= at + text.length);

const guessFor = source => source.isFile ? () => undefined : guess;

// known is where a token is documented, as far as what is here tells.
export const known = (source, i) => new Meaning(source, loaded, guessFor(source)).at(i);

// asked asks a question of a Meaning until all packages that matter are here.
export async function asked(source, question) {
  if (!source.isFile) guess = await guesses();
  const tried = new Set();
  for (let n = 0; ; n++) {
    const missing = new Set();
    const get = path => {
      if (!loaded(path) && !tried.has(path)) missing.add(path);
      return loaded(path);
    };
    const answer = question(new Meaning(source, get, guessFor(source)));
    if (!missing.size || n === attempts) return answer;
    for (const path of missing) tried.add(path);
    await Promise.all([...missing].map(load));
  }
}

// meant is where a token is documented; undefined where that is not evident.
export async function meant(source, i) {
  const at = await asked(source, meaning => meaning.at(i));
  if (!at) return undefined;
  const pkg = await load(at.path);
  return pkg && (!at.name || pkg.entry(at.name)) ? at : undefined;
}

// namesOf are the names that code uses, {path, name}, each once, but for the
// types and values that Go declares itself.
export async function namesOf(source) {
  const found = await asked(source, meaning => source.tokens.map((_, i) => meaning.at(i)));
  await Promise.all([...new Set(found.filter(Boolean).map(at => at.path))].map(load));
  const all = new Map();
  for (const at of found) {
    if (!at || !loaded(at.path)) continue;
    const entry = loaded(at.path).entry(at.name);
    if (at.name && !entry || at.path === 'builtin' && entry?.Kind !== 'func') continue;
    all.set(`${at.path}.${at.name}`, at);
  }
  return [...all.values()];
}
