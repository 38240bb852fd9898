// The list of what is found: a row for each note, and below it one for each
// of its sections that tell most.
import {fold} from './words.js';
import {root} from './place.js';
import {marked, passages} from './passages.js';

const few = 4; // notes that are shown while somebody types
const some = 6; // then, and again at the end of them
const enough = 60;

// list shows the notes that are found, and leaves those that are shown.
export async function list(box, index, found, signal, haste) {
  const notes = await read(index, found.notes.slice(0, haste ? few : some));
  const asked = fold(box.field.value.trim());
  notes.sort((a, b) => (fold(b.title) === asked) - (fold(a.title) === asked)); // what is called just so
  signal.throwIfAborted();
  box.say(summary(found));
  found.shown = notes;
  const keys = [JSON.stringify(found.wanted), ...notes.map(n => n.note)];
  const same = box.shown?.every((key, i) => key === keys[i]);
  if (same && box.shown.length === keys.length) return;
  const old = same ? box.shown.length - 1 : 0;
  box.shown = keys;
  box.further = undefined;
  delete box.found.dataset.done;
  const rows = notes.slice(old).map((n, i) => row(n, old + i, found));
  if (same) return box.found.append(...rows);
  box.found.replaceChildren(...rows);
  box.found.scrollTop = 0;
  box.choose(box.options()[0]);
}

const read = (index, notes) => Promise.all(notes.map(async n => ({...n, ...await index.note(n.note)})));

// more adds what the notes say, in the room that is kept for it, and has more
// notes come when a reader is at the end of these.
export async function more(box, index, found, signal) {
  if (box.further) return;
  await tell(box, index, found, 0, signal);
  box.found.dataset.done = 'true';
  let busy = false;
  box.further = async () => {
    const {scrollTop, scrollHeight, clientHeight} = box.found, from = found.shown.length;
    if (busy || signal.aborted || scrollHeight - scrollTop - clientHeight > clientHeight / 2 || from >= Math.min(found.total, enough)) return;
    busy = true;
    const notes = await read(index, found.notes.slice(from, from + some));
    signal.throwIfAborted();
    found.shown.push(...notes);
    box.found.append(...notes.map((n, i) => row(n, from + i, found)));
    await tell(box, index, found, from, signal);
    busy = false;
  };
}

// tell shows, from a note on, where each says what was looked for.
async function tell(box, index, {shown, wanted, total}, from, signal) {
  const texts = await Promise.all(shown.slice(from).map(n => index.text(n.part)));
  signal.throwIfAborted();
  for (const [i, text] of texts.entries()) {
    const number = from + i, group = box.found.children[number];
    const places = passages(text, wanted);
    const opening = places.length ? undefined : text.find(s => s[2])?.[2].trim().slice(0, 160);
    if (opening) group.firstElementChild.append(passage({text: opening}, wanted));
    const full = total === 1 ? places.length : 1;
    for (const [j, place] of places.entries()) {
      if (!place.id && j < full) group.firstElementChild.append(passage(place, wanted));
      else if (place.id && j < full) group.append(section(shown[number], place, `${number}_${j}`, wanted));
    }
    if (number > 0 || total === 1) continue;
    const others = places.slice(full).filter(place => place.id);
    group.lastElementChild.after(...others.map((place, j) => section(shown[number], {...place, text: ''}, `${number}_${full + j}`, wanted)));
  }
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
function section(note, place, number, wanted) {
  const address = new URL(note.address, root);
  address.hash = place.id.replaceAll('%', '%25');
  const link = option(address, `_found${number}`);
  const title = part('span', 'search-heading'), text = passage(place, wanted);
  title.append(marked(place.heading, wanted));
  if (!place.text) link.classList.add('search-chip');
  text.prepend(title, ' ');
  link.append(text);
  return link;
}

function passage({text, code}, wanted) {
  const p = part('span', 'search-passage'), said = part(code ? 'code' : 'span', '');
  said.append(marked(text, wanted));
  p.append(said);
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
