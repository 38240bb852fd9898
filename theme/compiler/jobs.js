// What is done apart, in a worker that ends then; see apart.js.

import {bounded} from './bound.js';
import {translate} from './guest.js';
import {Store} from './store.js';
import {toolRun} from './tool.js';
import {unpack} from './unpack.js';

export const jobs = {
  // fetch gives parts of the toolchain, as Store's fetch does.
  fetch: ({folder, files}, told) => new Store(folder).fetch(files, told),
  unpack: all => Promise.all(all.map(unpack)),
  // translate gives the guest's report of a program, and which packages it
  // asked for. exports are the export data of some.
  async translate({guest, program, exports}) {
    const asked = new Set();
    const report = await translate(guest, program, path => asked.add(path) && exports.get(path));
    return {report, asked};
  },
  tool: toolRun,
  // link runs the linker, and bounds the memory of the module that it makes.
  async link(given) {
    const made = await toolRun(given), module = made.files.get(given.out);
    if (module) made.files.set(given.out, bounded(module));
    return made;
  },
};

// moved lists what need not be copied of what a job is given or makes: bytes
// of files, or of parts.
export const moved = what => [...what.files?.values() ?? [], ...Array.isArray(what) ? what : []]
  .filter(part => part instanceof Uint8Array).map(part => part.buffer);
