// The preview server adds this script to the pages that it serves. It listens
// to what the page now shows and puts that in place.
import {patch} from './patch.js';
import {bar} from './bar.js';
import {ready, resume} from './programs.js';

const script = document.getElementById('_preview');
const parse = html => new DOMParser().parseFromString(html, 'text/html');
const versionOf = page => page.getElementById('_preview')?.dataset.version;

const first = script.dataset.version;
let version = first; // that the page shows, or is about to
// shown is the page as the server sent it, before scripts changed anything.
let shown = fetch(location.href).then(r => r.text()).then(parse)
  .then(page => versionOf(page) === first ? page : null, () => null);

const source = new EventSource('/.runnel/events?' + new URLSearchParams({
  page: decodeURIComponent(location.pathname), version}));
const on = (name, what) => source.addEventListener(name, e => what(JSON.parse(e.data)));

// One change is put in place after the other.
let last = Promise.resolve();
on('page', page => {
  bar.note(page.path);
  bar.say('');
  if (page.html && page.version !== version) {
    version = page.version;
    const fresh = parse(page.html);
    last = last.then(() => show(fresh)).catch(() => location.reload());
  }
});
on('clocks', times => last = last.then(() => clocks(times)));
on('elsewhere', notes => bar.say('Also changed: ' + list(notes)));
on('away', message => bar.warn(message));
on('gone', () => bar.warn('This page is not there any more.'));
on('moved', to => { // the note has a new address
  source.close();
  location.replace(to + location.hash);
});
source.addEventListener('error', () => bar.warn('The preview server is not there.'));
addEventListener('pagehide', () => source.close());

// clocks shows how far the programs have come that run.
function clocks(times) {
  for (const clock of document.querySelectorAll('.preview-clock'))
    clock.textContent = times[clock.dataset.run] ?? '';
}

function list(notes) {
  const names = notes.map(n => n.replace(/\.md$/i, '').split('/').pop());
  return names.length > 3 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(', ');
}

// show puts a page in the place of the one that is shown.
async function show(fresh) {
  const old = await shown;
  shown = Promise.resolve(fresh);
  if (!old || scripts(old) !== scripts(fresh)) {
    location.reload();
    return;
  }
  await ready();
  document.title = fresh.title;
  styles(fresh);
  patch(document.body, old.body, fresh.body);
  patch.attributes(document.documentElement, old.documentElement, fresh.documentElement);
  document.dispatchEvent(new CustomEvent('preview', {detail: version}));
  await start();
  await resume();
}

// scripts names the scripts that a page has.
function scripts(page) {
  return [...page.querySelectorAll('script[src]:not(#_preview)')].map(s => s.getAttribute('src')).join();
}

// styles loads those styles that are others than before.
function styles(fresh) {
  const wanted = [...fresh.querySelectorAll('link[rel=stylesheet]')].map(l => l.getAttribute('href'));
  const here = [...document.querySelectorAll('link[rel=stylesheet]')];
  for (const link of here)
    if (!wanted.includes(link.getAttribute('href'))) link.remove();
  for (const href of wanted) {
    if (here.some(l => l.getAttribute('href') === href)) continue;
    document.head.append(Object.assign(document.createElement('link'), {rel: 'stylesheet', href}));
  }
}

// start has the page's own scripts look at what is new.
async function start() {
  const main = document.querySelector('script[src$="/main.js"]');
  if (main) await (await import(main.src)).start?.(document);
}
