// The search dialog: a field that a reader types in, and a list of what is
// found below it.
import {load, Gone} from './shelves.js';
import {rank} from './rank.js';
import {list, more} from './searchlist.js';

const patience = 40; // milliseconds after a letter
const pause = 200; // after which a reader looks at passages

// make makes the dialog for the index at an address.
export function make(address) {
  let index; // promised
  const get = () => index ??= load(address).catch(err => { index = undefined; throw err; });
  const box = build();
  let timer, running;

  const search = (wait = patience) => {
    clearTimeout(timer);
    running?.abort();
    running = new AbortController();
    const {signal} = running;
    timer = setTimeout(() => show(box.field.value, signal).catch(err => {
      if (!signal.aborted) box.say(err.name === 'TypeError' ? 'The search index cannot be reached.' : err.message);
    }), wait);
  };

  async function show(query, signal, again = true) {
    if (!query.trim()) return box.clear();
    try {
      const edition = await get();
      const hasty = await rank(edition, query, {signal, haste: true});
      if (hasty.total) await list(box, edition, hasty, signal, true);
      await new Promise(done => setTimeout(done, pause));
      signal.throwIfAborted();
      const found = await rank(edition, query, {signal});
      await list(box, edition, found, signal);
      await more(box, edition, found, signal);
    } catch (err) {
      if (!(err instanceof Gone) || !again) throw err;
      index = undefined; // the site was built anew meanwhile
      return show(query, signal, false);
    }
  }

  box.field.addEventListener('input', () => search());
  box.found.addEventListener('scroll', () => box.further?.(), {passive: true});
  box.open = () => {
    if (box.dialog.open) return box.field.select();
    box.dialog.showModal();
    box.field.select();
    get().catch(() => {});
    if (box.field.value) search(0);
  };
  return box;
}

// build builds the dialog.
function build() {
  const dialog = element('dialog', 'search', {'aria-label': 'Search'});
  const form = element('div', 'search-field');
  const field = element('input', '', {type: 'search', role: 'combobox', 'aria-label': 'Search notes', 'aria-expanded': 'false',
    'aria-controls': '_found', 'aria-autocomplete': 'list', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false',
    enterkeyhint: 'go', placeholder: 'Search', maxlength: '200'});
  const close = element('button', 'tool', {type: 'button', 'aria-label': 'Esc: close'});
  close.textContent = 'Esc';
  form.append(field, close);
  const status = element('p', 'search-status', {role: 'status'});
  const found = element('div', 'search-found', {id: '_found', role: 'listbox', 'aria-label': 'Found'});
  const hint = element('p', 'search-hint');
  hint.append(...keys('↑', '↓'), ' to choose, ', ...keys('Enter'), ' to open, ', ...keys('#tag'), ' for a tag');
  const about = element('div', 'search-about');
  about.append(status, hint);
  dialog.append(form, about, found);
  document.body.append(dialog);
  const box = {dialog, field, found, status};

  box.say = text => { if (status.textContent !== text) status.textContent = text; };
  box.clear = () => {
    found.replaceChildren();
    box.shown = box.further = undefined;
    box.say('');
    choose(undefined);
  };
  box.options = () => [...found.querySelectorAll('[role=option]')];
  box.chosen = () => found.querySelector('[aria-selected=true]');
  // choose makes an option the one that Enter opens.
  const choose = box.choose = option => {
    box.chosen()?.setAttribute('aria-selected', 'false');
    field.setAttribute('aria-expanded', String(found.childElementCount > 0));
    if (!option) return field.removeAttribute('aria-activedescendant');
    option.setAttribute('aria-selected', 'true');
    field.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({block: 'nearest'});
  };

  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', event => {
    if (event.target === dialog || event.target.closest('[role=option]') && !event.ctrlKey && !event.metaKey) dialog.close();
  });
  found.addEventListener('pointermove', event => {
    const option = event.target.closest('[role=option]');
    if (option && option !== box.chosen()) choose(option);
  });
  field.addEventListener('keydown', event => press(box, event));
  return box;
}

// press moves the choice, and opens it.
function press(box, event) {
  if (event.isComposing) return;
  const options = box.options(), at = options.indexOf(box.chosen());
  const to = {ArrowDown: at + 1, ArrowUp: at - 1, PageDown: Math.min(at + 5, options.length - 1), PageUp: Math.max(at - 5, 0)}[event.key];
  if (event.key === 'Enter' && box.chosen()) {
    event.preventDefault();
    box.chosen().dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true, ctrlKey: event.ctrlKey, metaKey: event.metaKey}));
  } else if (event.key === 'Escape') { // the field would only be emptied
    event.preventDefault();
    box.dialog.close();
  } else if (to !== undefined && options.length) {
    event.preventDefault();
    box.choose(options[(to + options.length) % options.length]);
  }
}

export function element(name, look, attributes = {}) {
  const e = document.createElement(name);
  if (look) e.className = look;
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
  return e;
}

const keys = (...names) => names.map(name => Object.assign(document.createElement('kbd'), {textContent: name}));
