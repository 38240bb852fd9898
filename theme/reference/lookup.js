// Looks up what documents a name in the code on a page: what is under the
// pointer, or at the caret of an editor.

import {known, meant, read, tokenAt} from './names.js';
import {isOn, offsetAt, rangeOf, textOf} from './text.js';

const go = 'pre.code:not(.editing) code.language-go';
const highlight = globalThis.CSS?.highlights && new Highlight();
if (highlight) CSS.highlights.set('documented', highlight);

// under is the name of code that is under the pointer.
function under({target, clientX: x, clientY: y}) {
  const code = target.closest?.(go);
  const offset = code ? offsetAt(code, x, y) : -1;
  if (offset < 0) return undefined;
  const source = read(textOf(code)), i = tokenAt(source, offset);
  if (i < 0) return undefined;
  const {at, text} = source.tokens[i], range = rangeOf(code, at, at + text.length);
  return isOn(range, x, y) ? {source, i, range, code} : undefined;
}

// hover underlines a name under the pointer that is documented.
export function hover(event) {
  const found = under(event), at = found && known(found.source, found.i);
  highlight?.clear();
  if (at) highlight?.add(found.range);
  event.target.closest?.('pre.code')?.classList.toggle('documented', Boolean(at));
}

// click opens what documents a name that is clicked.
export async function click(event) {
  if (event.button || event.ctrlKey || event.metaKey || getSelection().toString()) return;
  const found = under(event);
  if (!found) return;
  const box = found.range.getBoundingClientRect();
  if (known(found.source, found.i)) event.stopPropagation(); // its line is not meant
  await open(found.source, found.i, box, found.code.parentElement);
}

// open shows what documents a token; it says whether something does.
async function open(source, i, box, opener) {
  const at = i < 0 ? undefined : await meant(source, i).catch(() => undefined);
  if (!at) return false;
  const {show} = await import('./card.js');
  await show(at, box, opener);
  return true;
}

// list shows what documents the name at the caret of an editor, or else the
// names of the program.
export async function list(pre, opener) {
  const area = pre.querySelector('textarea'), source = read(area?.value ?? textOf(pre.querySelector('code')));
  if (area && await atCaret(area, pre, opener)) return;
  const {showNames} = await import('./card.js');
  await showNames(source, opener.getBoundingClientRect(), opener);
}

// atCaret shows what documents the name at the caret of an editor.
export async function atCaret(area, pre, opener = area) {
  const source = read(area.value), i = tokenAt(source, area.selectionStart);
  if (i < 0) return false;
  const {at, text} = source.tokens[i];
  return open(source, i, rangeOf(pre.querySelector('code'), at, at + text.length).getBoundingClientRect(), opener);
}

// help answers F1 in an editor.
export async function help(area, pre) {
  if (!await atCaret(area, pre)) await list(pre, area);
}
