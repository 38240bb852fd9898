// A page is changed where its new version differs from the old one, and left
// alone elsewhere: what is scrolled, folded, selected or typed there stays.
// Scripts have changed the page since it came, so that three trees are walked:
// what is live, what the server sent for it, and what it sends now.

import {carry} from './programs.js';

// patch makes live, which was old, what fresh is.
export function patch(live, old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeName !== fresh.nodeName || live.nodeName !== old.nodeName || whole.has(old.nodeName)) {
    swap(live, fresh);
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    live.nodeValue = fresh.nodeValue;
    return;
  }
  attributes(live, old, fresh);
  children(live, old, fresh);
}

// whole are the elements that are replaced as a whole.
const whole = new Set(['FIGURE', 'SVG', 'svg', 'MATH', 'math', 'PRE', 'TABLE', 'IFRAME']);

function attributes(live, old, fresh) {
  for (const {name, value} of [...fresh.attributes])
    if (old.getAttribute(name) !== value) live.setAttribute(name, value);
  for (const {name} of [...old.attributes])
    if (!fresh.hasAttribute(name)) live.removeAttribute(name);
}
patch.attributes = attributes;

function children(live, old, fresh) {
  const was = [...old.childNodes], is = [...fresh.childNodes];
  const here = align([...live.childNodes], was);
  if (!here) {
    const made = is.map(copy);
    carry([...live.childNodes], made);
    keepFolds(live, () => live.replaceChildren(...made));
    return;
  }
  let first = 0;
  while (first < was.length && first < is.length && was[first].isEqualNode(is[first])) first++;
  let last = 0;
  while (last < was.length - first && last < is.length - first &&
    was[was.length - 1 - last].isEqualNode(is[is.length - 1 - last])) last++;
  const gone = here.slice(first, here.length - last), come = is.slice(first, is.length - last);
  if (gone.length === come.length) {
    gone.forEach((node, i) => patch(node, was[first + i], come[i]));
    return;
  }
  const next = here[here.length - last] ?? here[here.length - 1]?.nextSibling ?? null;
  const made = come.map(copy);
  carry(gone, made);
  keepFolds(live, () => {
    gone.forEach(node => node.remove());
    if (next?.parentNode === live) next.before(...made); else live.append(...made);
  });
}

// align finds the nodes that the server sent among those that are there now,
// null where some are missing.
function align(live, was) {
  const found = [];
  for (const node of live)
    if (found.length < was.length && alike(node, was[found.length])) found.push(node);
  return found.length === was.length ? found : null;
}

function alike(a, b) {
  return a.nodeName === b.nodeName && (a.nodeType === Node.ELEMENT_NODE
    ? a.id === b.id : a.nodeValue === b.nodeValue);
}

const copy = node => document.importNode(node, true);

function swap(live, fresh) {
  const parent = live.parentNode, made = copy(fresh);
  carry([live], [made]);
  keepFolds(parent, () => live.replaceWith(made));
}

// keepFolds lets what readers have folded or unfolded below an element stay
// so, by its words.
function keepFolds(root, change) {
  const folds = () => [...root.querySelectorAll('details')].map(d => [d.querySelector('summary')?.textContent, d]);
  const open = new Map(folds().map(([name, d]) => [name, d.open]));
  change();
  for (const [name, d] of folds())
    if (open.has(name)) d.open = open.get(name);
}
