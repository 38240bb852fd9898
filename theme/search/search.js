// Search opens by its button, by Ctrl or Command K, and by a slash. What it
// needs is fetched when somebody is about to use it.
import {setting} from './place.js';

const address = setting('search');
let box;

// get fetches the dialog, once.
const get = () => box ??= import('./searchbox.js').then(m => m.make(address)).catch(err => {
  box = undefined;
  throw err;
});

export function start(root) {
  if (!address) return;
  for (const button of root.querySelectorAll('.js-search')) {
    button.addEventListener('click', open);
    button.addEventListener('pointerenter', get, {once: true});
    button.addEventListener('focus', get, {once: true});
  }
  if (root === document) addEventListener('keydown', key);
}

async function open() { (await get()).open(); }

function key(event) {
  const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k';
  const slash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target);
  if (event.defaultPrevented || !command && !slash) return;
  event.preventDefault();
  open();
}

const typing = target => target.closest?.('input, textarea, select, [contenteditable]:not([contenteditable="false"])');
