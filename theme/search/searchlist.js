// The list of what is found: a row for each note, and below it one for each
// of its sections that tell most.
import {fold} from './words.js';
import {root} from './place.js';
import {marked, passages} from './passages.js';

const most = 8; // notes that are shown
const mostPlaces = 3; // of the first

// list shows the notes that are found, of the first what it says.
export async function list(box, index, found, signal) {
  const notes = await Promise.all(found.notes.slice(0, most).map(async n => ({...n, ...await index.note(n.note)})));
  const asked = fold(box.field.value.trim());
  notes.sort((a, b) => (fold(b.title) === asked) - (fold(a.title) === asked)); // what is called just so
  const text = notes.length ? await index.text(notes[0].part) : undefined;
  signal.throwIfAborted();
  found.shown = notes;
  delete box.found.dataset.done;
  box.found.replaceChildren(...notes.map((n, i) => row(n, i, found)));
  if (text) say(box, 0, text, found, mostPlaces);
  box.found.scrollTop = 0;
  box.say(summary(found));
  box.choose(box.options()[0]);
}

// more adds what the others say, in the room that is kept for it.
export async function more(box, index, found, signal) {
  const texts = await Promise.all(found.shown.slice(1).map(n => index.text(n.part)));
  signal.throwIfAborted();
  for (const [i, text] of texts.entries()) say(box, i + 1, text, found, 1);
  box.found.dataset.done = 'true';
}

// say shows places of a note.
function say(box, number, text, {shown, wanted}, most) {
  const group = box.found.children[number];
  const places = passages(text, wanted).slice(0, most);
  const opening = places.find(s => !s.id)?.text ?? (places.length ? '' : text.find(s => s[2])?.[2].slice(0, 160));
  if (opening) group.firstElementChild.append(passage(opening, wanted));
  group.append(...places.filter(s => s.id).map((s, i) => section(shown[number], s, `${number}_${i}`, wanted)));
}

// row is the row of a note.
function row(note, number, {wanted}) {
  const group = part('div', 'search-note');
  const link = option(new URL(note.address, root), `_found${number}`);
  const title = part('span', 'search-title');
  title.append(marked(note.title, wanted));
  link.append(title);
  if (note.folder) link.append(part('span', 'search-folder', note.folder.replaceAll('/', ' / ')));
  const tags = note.tags.split(' ').filter(tag => wanted.some(w => w.word[0] === '#' && fold(tag).startsWith(w.word)));
  const aliases = note.aliases.split(', ').filter(alias => alias && marked(alias, wanted).querySelector('mark'));
  if (tags.length) link.append(part('span', 'search-tags', tags.join(' ')));
  if (aliases.length && !title.querySelector('mark')) {
    const also = part('span', 'search-alias', 'also ');
    also.append(marked(aliases[0], wanted));
    link.append(also);
  }
  group.append(link);
  return group;
}

// section is the row of a place in a note.
function section(note, {id, heading, text}, number, wanted) {
  const address = new URL(note.address, root);
  address.hash = id.replaceAll('%', '%25');
  const link = option(address, `_found${number}`);
  const title = part('span', 'search-heading');
  title.append(marked(heading, wanted));
  const place = passage(text, wanted);
  place.prepend(title, ' ');
  link.append(place);
  return link;
}

function passage(text, wanted) {
  const p = part('span', 'search-passage');
  p.append(marked(text, wanted));
  return p;
}

function option(address, id) {
  const link = part('a', 'search-option');
  Object.assign(link, {href: address, id, tabIndex: -1, role: 'option', ariaSelected: 'false'});
  return link;
}

function part(name, look, text = '') {
  return Object.assign(document.createElement(name), {className: look, textContent: text});
}

// summary says how much is found, and what was looked for instead.
function summary({wanted, total, all}) {
  const meant = wanted.filter(w => w.meant).map(w => w.meant[0]);
  const count = total === 0 ? 'Nothing found' : total === 1 ? '1 note' : `${total.toLocaleString('en')} notes`;
  if (total === 0) return count;
  return count + (all ? '' : ' with some of the words') + (meant.length ? ` for ${meant.map(m => `“${m}”`).join(' and ')}` : '');
}
