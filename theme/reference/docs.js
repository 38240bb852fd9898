// Documentation of the standard library for the code on a page: at a click on
// a name, and for the keyboard at F1 or by a button. What finds out what a name
// means is fetched when a reader comes to code.

import {setting} from './place.js';

const go = 'pre.code:has(code.language-go)';
const begun = new WeakSet();
let lookup, moving = 0;

// fetched is what looks names up.
const fetched = async () => lookup ??= await import('./lookup.js');

export function start(root) {
  if (!setting('reference')) return;
  for (const button of root.querySelectorAll('.js-docs')) {
    button.setAttribute('aria-keyshortcuts', 'F1');
    button.addEventListener('click', asked);
  }
  const main = document.querySelector('main');
  if (begun.has(main)) return;
  begun.add(main);
  main.addEventListener('click', event => {
    if (!event.target.closest?.(go)) return;
    // Once it is here it can keep the click from what else hears of it.
    if (lookup) lookup.click(event);
    else fetched().then(there => there.click(event));
  }, true);
  main.addEventListener('pointermove', event => {
    if (event.pointerType !== 'mouse' || moving) return;
    if (!lookup && !event.target.closest?.(go)) return;
    moving = requestAnimationFrame(async () => {
      moving = 0;
      (await fetched()).hover(event);
    });
  });
  main.addEventListener('keydown', async event => {
    if (event.key !== 'F1' || !event.target.matches(go)) return;
    event.preventDefault();
    (await fetched()).list(event.target, event.target);
  });
}

// asked is one function for all, so that a button hears of it once.
async function asked({currentTarget: button}) {
  (await fetched()).list(button.closest('figure').querySelector('pre.code'), button);
}
