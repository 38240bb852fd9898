// The scripts of a page begin here: each part is started on what of it the
// page has. A page is complete without them.
import * as scheme from './schemebutton.js';

// parts are the parts: what of them must be on a page, and their module, which
// is not fetched before.
const parts = [
  ['.js-contents', () => import('./spy.js')],
  ['.js-tree', () => import('./branches.js')],
  ['figure.program', () => import('./program.js')],
  ['html[data-reference] code.language-go', () => import('./docs.js')],
  ['pre.code', () => import('./copy.js')],
  ['.js-video', () => import('./video.js')],
  ['.js-map', () => import('./map.js')],
  ['main a[href]', () => import('./peek.js')],
  ['.js-search', () => import('./search.js')],
];

// start starts the parts on the page. It may be called again when the page has
// changed: a part starts what is new of it, and leaves alone what it started.
// Listeners that are functions of a module, not made for each start, see to
// that by themselves: to add one twice adds it once.
export async function start(root) {
  await Promise.all(parts
    .filter(([selector]) => root.querySelector(selector))
    .map(async ([, load]) => (await load()).start(root)));
}

scheme.start(document);
start(document);
