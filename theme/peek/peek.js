// A look at what a link leads to, for as long as the pointer or the keyboard
// is on it: the opening of a note, a section, a footnote, an image.
import {root} from './place.js';
import {excerpt} from './excerpt.js';

const patience = 350; // milliseconds before a look, and before it goes
const card = document.createElement('div');
let timer, shown;

export function start(page) {
  const main = page === document ? document.querySelector('main') : page;
  if (!card.isConnected) prepare();
  main.addEventListener('pointerover', over);
  main.addEventListener('pointerout', leave);
  main.addEventListener('focusin', focused);
  main.addEventListener('focusout', leave);
}

function over(event) {
  if (event.pointerType === 'mouse') on(event.target);
}

function focused(event) {
  if (event.target.matches(':focus-visible')) on(event.target);
}

function prepare() {
  card.className = 'peek';
  card.id = '_peek';
  card.popover = 'manual';
  card.setAttribute('role', 'tooltip');
  document.querySelector('main').append(card);
  card.addEventListener('pointerenter', stay);
  card.addEventListener('pointerleave', leave);
  addEventListener('keydown', pressed);
  addEventListener('scroll', follow, {passive: true});
}

function stay() { clearTimeout(timer); }

function pressed(event) { if (event.key === 'Escape') hide(); }

function on(target) {
  const link = target.closest?.('a[href]');
  if (!link || !looks(link)) return;
  clearTimeout(timer);
  if (link !== shown) timer = setTimeout(() => show(link), patience);
}

// looks says whether a link is worth a look: one to a page of the site, or to
// a place on this one.
function looks(link) {
  const to = new URL(link.href);
  if (link.closest('.crumbs, .contents, svg, .peek') || link.matches('.anchor, .back')) return false;
  return to.origin === location.origin && to.pathname.startsWith(root.pathname);
}

function leave() {
  clearTimeout(timer);
  timer = setTimeout(hide, patience);
}

function hide() {
  clearTimeout(timer);
  shown?.removeAttribute('aria-describedby');
  shown = undefined;
  if (card.matches(':popover-open')) card.hidePopover();
}

async function show(link) {
  const found = await excerpt(new URL(link.href)).catch(() => null);
  if (!found || !link.isConnected || !link.matches(':hover, :focus')) return;
  hide();
  shown = link;
  card.replaceChildren(found.cloneNode(true));
  card.showPopover();
  place(link.getClientRects()[0]);
  link.setAttribute('aria-describedby', card.id);
}

// follow keeps the card at a link that the keyboard is on while the page moves
// there, and drops it at one that moves away from the pointer.
function follow() {
  if (shown?.matches(':focus')) place(shown.getClientRects()[0]);
  else if (shown) hide();
}

// place puts the card below a link, or above it where there is more room.
function place(box) {
  const {offsetWidth: width, offsetHeight: height} = card;
  const below = innerHeight - box.bottom;
  const top = below > height + 12 || below > box.top ? box.bottom + 6 : box.top - height - 6;
  card.style.top = Math.max(8, top) + 'px';
  card.style.left = Math.max(8, Math.min(box.left, innerWidth - width - 8)) + 'px';
}
