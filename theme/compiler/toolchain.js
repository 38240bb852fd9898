// Go's own compiler and linker, and the archives of what programs import.

import {fetchApart} from './apart.js';
import {bounded} from './bound.js';
import {File} from './files.js';
import {Store} from './store.js';
import {toolRun} from './tool.js';

// The import paths of a program of tests, and of what runs it: those of
// package rewrite.
const tested = 'command-line-arguments', harness = 'runnel.internal/harness';

const encoder = new TextEncoder(), decoder = new TextDecoder();

export class Toolchain {
  #manifest;
  #folder;
  #store;
  #tools = {}; // modules
  #archives = new Map(); // of packages that are here

  // open reads the list of what there is, at its address.
  static async open(address) {
    const chain = new Toolchain();
    chain.#folder = new URL('.', address).href;
    chain.#store = new Store(chain.#folder);
    chain.#manifest = await chain.#store.json(address);
    const {Tools, Packages} = chain.#manifest;
    chain.#store.prune(address, [...Object.values(Tools), ...Object.values(Packages)]).catch(() => {});
    return chain;
  }

  canImport(path) {
    return this.#manifest.Importable.includes(path);
  }

  // exports are the export data of a package that is here: the first file of
  // its archive, whose size stands in its header.
  exports(path) {
    const archive = this.canImport(path) && this.#archives.get(path);
    if (!archive) return undefined;
    return archive.subarray(0, 68 + Number(decoder.decode(archive.subarray(56, 66))));
  }

  // need fetches packages, all that they stand on, and the tools.
  async need(paths, told) {
    const {Packages, Tools, Own} = this.#manifest;
    const all = new Set();
    const add = path => {
      if (all.has(path) || !Packages[path]) return;
      all.add(path);
      for (const imported of Packages[path].Imports ?? []) add(imported);
    };
    for (const path of ['runtime', ...Own, ...paths]) add(path);
    const missing = [...all].filter(path => !this.#archives.has(path));
    const tools = Object.keys(Tools).filter(tool => !this.#tools[tool]);
    const files = [...tools.map(tool => ({...Tools[tool], Module: true})), ...missing.map(path => Packages[path])];
    const made = tools.length ? await fetchApart(this.#folder, files, told) : await this.#store.fetch(files, told);
    for (const [i, tool] of tools.entries()) this.#tools[tool] = made[i];
    for (const [i, path] of missing.entries()) this.#archives.set(path, made[tools.length + i]);
    return [...all];
  }

  // build makes a module of a rewritten program that imports no more than
  // some packages, and of what runs its tests. What Go has against it is in
  // diagnostics.
  async build({Source: source, Runner: runner}, paths, told) {
    const {Start, Zones} = this.#manifest;
    const zones = source.includes('LoadLocation');
    const more = [...zones ? ['time/tzdata'] : [], ...runner ? [harness] : []];
    const all = await this.need([...paths, ...more], told);
    const tree = new Map(), name = path => `${path.replaceAll('/', '_')}.a`;
    for (const path of all) tree.set(name(path), new File(this.#archives.get(path)));
    const text = content => new File(encoder.encode(content));
    const packages = all.map(path => `packagefile ${path}=${name(path)}\n`).join('');
    tree.set('importcfg', text(packages));
    const compile = (path, archive, ...names) => toolRun(this.#tools.compile, [
      'compile', '-importcfg', 'importcfg', '-pack', '-trimpath', '/main', '-p', path, '-complete',
      '-o', archive, ...names,
    ], tree);
    if (runner) {
      tree.set('main/tested.go', text(source));
      const {status, said} = await compile(tested, '/main/tested.a', '/main/tested.go');
      if (status) return refused('compile', said, complaints(said));
      tree.set('importcfg', text(`${packages}packagefile ${tested}=/main/tested.a\n`));
    }
    tree.set('main/main.go', text(runner || source));
    tree.set('main/start.go', text(zones ? Start + Zones : Start));
    const compiled = await compile('main', '/main/main.a', '/main/main.go', '/main/start.go');
    if (compiled.status) return refused('compile', compiled.said, complaints(compiled.said));
    const linked = await toolRun(this.#tools.link, [
      'link', '-importcfg', 'importcfg', '-s', '-w', '-buildmode=exe',
      '-o', '/main/main.wasm', '/main/main.a',
    ], tree);
    if (linked.status) return refused('link', linked.said, unlinked(linked.said));
    return {module: bounded(tree.get('main/main.wasm').bytes)};
  }
}

function refused(what, said, diagnostics) {
  if (!diagnostics.length) throw new Error(`Go could not ${what} the program: ${said.slice(-500)}`);
  return {diagnostics};
}

// complaints reads what the compiler said of the program's own file, or of
// files of tests, whose folders say by how many lines they are further down.
function complaints(said) {
  return [...said.matchAll(/^(?:(?:.*\/)?main\.go|\/(-?\d+)\/[^/:\n]+\.go):(\d+):(\d+): (.*)$/gm)]
    .map(([, ahead = 0, line, column, message]) =>
      ({Line: Number(ahead) + Number(line), Column: Number(column), Message: message}));
}

// unlinked reads what the linker said against the program.
function unlinked(said) {
  const line = said.replaceAll('runnel.internal/', '').split('\n').map(text => text.trim().replace(/^link: /, ''))
    .find(text => text.startsWith('main: ') || text.includes('main.'));
  return line ? [{Message: line}] : [];
}
