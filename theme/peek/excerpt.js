// Excerpts of pages, for looking at what a link leads to.

const pages = new Map(); // address without a fragment to a promised document
const images = /\.(avif|gif|jpe?g|png|svg|webp)$/i;
const most = 900; // letters of an excerpt, more or less

// excerpt is the beginning of a note, or of the place in it that an address
// names; null where there is nothing to see.
export async function excerpt(address) {
  if (images.test(address.pathname)) return picture(address);
  const page = await pageAt(address);
  const article = page?.querySelector('article.note');
  if (!article) return null;
  const out = document.createElement('div');
  const id = decodeURIComponent(address.hash.slice(1).split(':~:')[0]);
  const place = id && page.getElementById(id);
  if (place && !article.contains(place)) return null;
  if (!place) out.append(titleOf(page));
  let length = 0;
  for (let node = place ? blockOf(place, article) : article.firstElementChild; node; node = node.nextElementSibling) {
    if (length > 0 && place && endsAt(node, place)) break;
    if (node.matches('.copy, .embed-title')) continue;
    out.append(clean(node, address));
    length += node.textContent.length;
    if (length > most || place && !isHeading(place)) break;
  }
  return length > 0 || out.querySelector('img') ? out : null;
}

function picture(address) {
  const out = document.createElement('div'), image = new Image();
  image.src = address;
  image.alt = decodeURIComponent(address.pathname.split('/').at(-1));
  out.append(image);
  return image.decode().then(() => out);
}

function pageAt(address) {
  const key = address.href.split('#')[0];
  if (key === location.href.split('#')[0]) return document;
  if (!pages.has(key)) pages.set(key, read(key));
  return pages.get(key);
}

async function read(address) {
  const response = await fetch(address);
  if (!response.ok || !response.headers.get('content-type')?.startsWith('text/html')) return null;
  return new DOMParser().parseFromString(await response.text(), 'text/html');
}

function titleOf(page) {
  const title = document.createElement('p');
  title.className = 'peek-title';
  title.textContent = page.querySelector('h1')?.textContent ?? '';
  return title;
}

const isHeading = node => /^H[1-6]$/.test(node.tagName);

// blockOf is the piece of an article that a place is in: a heading, a list
// item, a whole block.
function blockOf(place, article) {
  if (isHeading(place)) return place;
  const item = place.closest('li');
  if (item && article.contains(item)) return item;
  let node = place;
  while (node.parentElement !== article && node.parentElement.tagName !== 'SECTION') node = node.parentElement;
  return node;
}

// endsAt says that a section is over.
const endsAt = (node, place) => isHeading(place) && isHeading(node) && node.tagName <= place.tagName;

// clean is a copy that can stand on another page: without names, controls
// and what would begin to move, and with its addresses made full.
function clean(node, address) {
  const copy = document.importNode(node, true);
  for (const e of copy.querySelectorAll('iframe, audio, video, script, button, .js-only, .anchor, .copy, .back')) e.remove();
  for (const e of [copy, ...copy.querySelectorAll('*')]) {
    e.removeAttribute('id');
    e.removeAttribute('tabindex');
    for (const name of ['href', 'src']) {
      if (e.hasAttribute(name)) e.setAttribute(name, new URL(e.getAttribute(name), address));
    }
  }
  for (const link of copy.querySelectorAll('a')) link.tabIndex = -1;
  return copy;
}
