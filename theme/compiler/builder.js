// The worker in which programs are compiled. The page sends {id, build:
// program, guest: its module, manifest: the address of the list of parts} and
// gets {id, answer}: {module, vet}, bytes and what is to be warned of, or
// {reported}, why there is none; or {id, error}. On the way there is {id,
// loaded, total} while parts are fetched, and {id, doing}. Tasks follow one
// another.

import {apart} from './apart.js';
import {Toolchain} from './toolchain.js';

let chain; // a promise of the toolchain

async function build({build: program, guest, manifest}, tell) {
  chain ??= Toolchain.open(manifest);
  const tools = await chain.catch(error => {
    chain = undefined;
    throw error;
  });
  const told = (loaded, total) => tell({loaded, total});
  // The guest asks for what the program imports, and for packages that it does
  // not know itself. It is given what the program seems to import; what else it
  // asks for is fetched, and the guest asked again.
  const wanted = new Set(Array.from(program.source.matchAll(/"([^"\n]+)"/g), ([, path]) => path));
  for (const before = new Set(); ;) {
    const exports = tools.exports(wanted);
    const {report, asked} = await apart('translate', {guest, program, exports});
    if (report.Source) {
      await tools.need(asked, told);
      tell({doing: 'compiling'});
      const {module, diagnostics} = await tools.build(report, asked, told);
      if (module) return {module, vet: report.Vet ?? []};
      return {reported: {End: {Kind: 'compile'}, Diagnostics: diagnostics}};
    }
    const missing = [...asked].filter(path => !exports.has(path) && tools.canImport(path) && !before.has(path));
    if (!missing.length) return {reported: report};
    await tools.need(asked, told);
    for (const path of asked) wanted.add(path), before.add(path);
  }
}

let last = Promise.resolve();

onmessage = ({data}) => {
  const tell = (message, moved = []) => postMessage({id: data.id, ...message}, moved);
  last = last.then(async () => {
    try {
      const answer = await build(data, tell);
      tell({answer}, answer.module ? [answer.module.buffer] : []);
    } catch (error) {
      tell({error: String(error?.message ?? error)});
    }
  });
};
