// Fetches the parts of Go's toolchain, each once: compressed, and kept for
// when there is no network. What is here stays when a download is cut, so
// that the next one goes on with what is missing.

import {apart} from './apart.js';

const name = 'runnel-go';
const atOnce = 6; // downloads
const together = 12 << 20; // bytes that are unpacked at a time, if it is not one file

// forms are the endings that this browser can read, best first.
const forms = [['.br', 'brotli'], ['.gz', 'gzip']].filter(([, format]) => {
  try {
    return new DecompressionStream(format);
  } catch {
    return false;
  }
});

export class Store {
  #folder;
  #cache;

  constructor(folder) {
    this.#folder = folder;
  }

  // open opens what the browser keeps for this site, where it does.
  async #open() {
    this.#cache ??= caches.open(name).catch(() => undefined);
    return this.#cache;
  }

  // fetch gives files as the manifest describes them, in their order: bytes,
  // or compiled modules. told hears how many bytes have come, of how many. They
  // are unpacked as they come, some at a time.
  async fetch(files, told) {
    const cache = await this.#open();
    const [[ending, format]] = forms;
    const found = await Promise.all(files.map(file => cache?.match(this.#address(file, ending))));
    const missing = files.filter((_, i) => !found[i]);
    const total = missing.reduce((sum, file) => sum + file.Packed[ending], 0);
    let loaded = 0;
    const made = new Array(files.length), here = [];
    let next = 0, unpacked = Promise.resolve();
    const unpack = async () => {
      const some = here.splice(0, fitting(here.map(({i}) => files[i].Size)));
      if (!some.length) return;
      const parts = await apart('unpack', some.map(({i, packed}) => ({file: files[i], packed, format})));
      for (const [n, {i}] of some.entries()) made[i] = parts[n];
    };
    const work = async () => {
      for (let i = next++; i < files.length; i = next++) {
        const packed = found[i] ? await found[i].blob()
          : await this.#download(files[i], ending, size => told(loaded += size, total));
        if (!found[i]) await cache?.put(this.#address(files[i], ending), new Response(packed)).catch(() => {});
        here.push({i, packed});
        unpacked = unpacked.then(unpack);
      }
    };
    const done = await Promise.allSettled(Array.from({length: atOnce}, work));
    done.push(...await Promise.allSettled([unpacked]));
    const failed = done.find(({reason}) => reason);
    if (failed) throw failed.reason;
    return made;
  }

  #address(file, ending) {
    return new URL(file.Name + ending, this.#folder).href;
  }

  async #download(file, ending, came) {
    const address = this.#address(file, ending);
    try {
      const response = await fetch(address);
      if (!response.ok) throw new Error(`the host answers ${response.status}`);
      const pieces = [], reader = response.body.getReader();
      for (;;) {
        const {done, value} = await reader.read();
        if (done) break;
        pieces.push(value);
        came(value.length);
      }
      return new Blob(pieces);
    } catch (error) {
      throw new Error(`A part of the Go compiler could not be fetched, ${file.Name} (${error.message}). ` +
        'Run again to go on with what is missing.');
    }
  }

  // prune forgets the files that a list, at its address, does not name.
  async prune(list, files) {
    const cache = await this.#open();
    const wanted = new Set(files.flatMap(file => forms.map(([ending]) => this.#address(file, ending))));
    wanted.add(list);
    for (const {url} of await cache?.keys() ?? [])
      if (new URL('.', url).href === this.#folder && !wanted.has(url)) await cache.delete(url);
  }

  // json gives a text that is kept as well.
  async json(address) {
    const cache = await this.#open();
    const kept = await cache?.match(address);
    if (kept) return kept.json();
    const response = await fetch(address).catch(() => undefined);
    if (!response?.ok) throw new Error('The list of the parts of the Go compiler could not be fetched.');
    await cache?.put(address, response.clone()).catch(() => {});
    return response.json();
  }
}

// fitting is how many of the first of some sizes are unpacked at a time.
function fitting(sizes) {
  let sum = 0;
  const over = sizes.findIndex(size => (sum += size) > together);
  return over < 0 ? sizes.length : Math.max(over, 1);
}
