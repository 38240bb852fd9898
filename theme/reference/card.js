// The card that shows what documents a name: its declaration, what Go's own
// comment says of it, and what belongs to it.

import {load, packages} from './library.js';
import {namesOf} from './names.js';
import {coloured} from './declaration.js';

const site = 'https://pkg.go.dev/';
const card = make('div', 'reference', {popover: 'auto', role: 'dialog', 'aria-label': 'Documentation', tabindex: '-1', id: '_reference'});
let views = []; // those that the reader has gone through: functions that draw
let box; // what the card is beside

card.addEventListener('click', follow);
card.addEventListener('toggle', event => { if (event.newState === 'closed') views = []; });

// show shows what documents {path, name} beside a box of the window. Where the
// keyboard was it is again when the card is closed.
export const show = (at, box, opener) => open(() => draw(at), box, opener);

// showNames shows the names of a program.
export const showNames = (source, box, opener) => open(() => drawNames(source), box, opener);

async function open(view, beside, opener) {
  box = beside;
  if (!card.isConnected) document.querySelector('main').append(card);
  if (card.matches(':popover-open')) card.hidePopover();
  opener?.focus?.({preventScroll: true});
  await go([view]);
  card.showPopover();
  place();
  card.focus({preventScroll: true});
}

async function go(next) {
  views = next;
  await views.at(-1)();
  card.scrollTop = 0;
  place();
}

// place puts the card below the box, or above it where there is more room. On a
// phone its style puts it at the bottom.
function place() {
  const {offsetWidth: width, offsetHeight: height} = card;
  const below = innerHeight - box.bottom;
  const top = below > height + 12 || below > box.top ? Math.min(box.bottom + 6, innerHeight - height - 8) : box.top - height - 6;
  card.style.top = Math.max(8, top) + 'px';
  card.style.left = Math.max(8, Math.min(box.left, innerWidth - width - 8)) + 'px';
}

// follow shows in the card what a link in it is about.
async function follow(event) {
  const link = event.target.closest('a[href], button');
  if (!link || event.ctrlKey || event.metaKey) return;
  if (link.matches('.js-close')) return card.hidePopover();
  if (link.matches('.js-back')) {
    event.preventDefault();
    await go(views.slice(0, -1));
  } else {
    if (!link.href?.startsWith(site) || link.matches('.elsewhere')) return;
    const [path, name = ''] = link.href.slice(site.length).split('#');
    event.preventDefault();
    if (!(await packages()).has(path)) return location.assign(link.href);
    await go([...views, () => draw({path, name})]);
  }
  card.focus({preventScroll: true});
}

async function draw({path, name}) {
  const pkg = await load(path), entry = pkg.entry(name);
  const title = entry ? [link(path, ''), `.${name}`] : [path];
  const parts = entry ? drawEntry(pkg, entry) : drawPackage(pkg);
  const elsewhere = link(path, entry ? name : '', 'On pkg.go.dev');
  elsewhere.className = 'elsewhere';
  card.replaceChildren(head(title), ...parts, elsewhere);
}

function head(title) {
  const row = make('div', 'reference-head'), heading = make('h2', 'reference-title');
  heading.append(...title);
  if (views.length > 1) row.append(tool('js-back', 'Back'));
  row.append(heading, tool('js-close', 'Close'));
  return row;
}

function drawEntry(pkg, entry) {
  const code = make('pre', 'code', {tabindex: '0'}), of = entry.Kind === 'type' ? pkg.belonging(entry.Names[0]) : [];
  code.append(coloured(entry.Decl));
  const lists = [['Made by', 'func'], ['Methods', 'method'], ['Values', 'const', 'var']]
    .map(([label, ...kinds]) => group(label, pkg.path, of.filter(one => kinds.includes(one.Kind))));
  return [code, comment(entry.Doc), ...lists.filter(Boolean)];
}

function drawPackage(pkg) {
  const lists = [['Functions', 'func'], ['Types', 'type'], ['Variables and constants', 'var', 'const']]
    .map(([label, ...kinds]) => group(label, pkg.path, pkg.entries.filter(one => kinds.includes(one.Kind))));
  return [comment(pkg.doc), ...lists.filter(Boolean)];
}

// group is a list of names under a heading.
function group(label, path, entries) {
  const names = entries.flatMap(one => one.Names.map(name => one.Kind === 'method' ? `${one.Of}.${name}` : name));
  return names.length ? listed(label, names.sort().map(name => link(path, name, name))) : undefined;
}

function listed(label, links) {
  const all = make('section', 'reference-group'), list = make('ul');
  all.append(Object.assign(make('h3'), {textContent: label}), list);
  for (const one of links) {
    const item = make('li');
    item.append(one);
    list.append(item);
  }
  return all;
}

async function drawNames(source) {
  const names = await namesOf(source);
  const links = names.map(({path, name}) => link(path, name, path === 'builtin' ? name : name ? `${path}.${name}` : path));
  const none = make('p');
  none.textContent = 'This program uses no name of the standard library.';
  card.replaceChildren(head(['Names in this program']), links.length ? listed('Standard library', links) : none);
}

// comment is what the build made of a comment of Go's own library.
function comment(html) {
  const text = make('div', 'reference-text');
  text.innerHTML = html ?? '';
  return text;
}

function link(path, name, text = path) {
  return Object.assign(make('a'), {href: site + path + (name && `#${name}`), textContent: text, rel: 'external'});
}

const tool = (hook, text) => Object.assign(make('button', `tool ${hook}`, {type: 'button'}), {textContent: text});

function make(name, look = '', attributes = {}) {
  const e = document.createElement(name);
  if (look) e.className = look;
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
  return e;
}
