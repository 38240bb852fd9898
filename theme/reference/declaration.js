// Colours a declaration of the library as the pages' code is.

import {tokensOf} from './tokens.js';

const declares = new Set(['var', 'func', 'struct', 'map', 'chan', 'type', 'interface', 'const']);
const types = new Set(('any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64 ' +
  'rune string uint uint8 uint16 uint32 uint64 uintptr').split(' '));

// coloured gives the pieces of a text, with the classes of package gocode.
export function coloured(text) {
  const {tokens, gaps} = tokensOf(text), out = document.createDocumentFragment();
  const looks = gaps.filter(([from]) => text[from] === '/').map(([from, to]) => [from, Math.min(to, text.length), 'c1']);
  for (const {text: word, at, kind} of tokens) {
    const look = kind === 'keyword' ? declares.has(word) ? 'kd' : 'k' : kind === 'literal' ? /^\d/.test(word) ? 'mi' : 's' :
      types.has(word) ? 'kt' : text[at + word.length] === '(' && kind === 'name' ? 'nf' : '';
    if (look) looks.push([at, at + word.length, look]);
  }
  let done = 0;
  for (const [from, to, look] of looks.sort((a, b) => a[0] - b[0])) {
    out.append(text.slice(done, from), Object.assign(document.createElement('span'), {className: look, textContent: text.slice(from, to)}));
    done = to;
  }
  out.append(text.slice(done));
  return out;
}
