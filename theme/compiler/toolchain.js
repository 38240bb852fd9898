// Go's own compiler and linker, and the archives of what programs import.

import {apart} from './apart.js';
import {Store} from './store.js';

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

  // exports are the export data of those packages that are here, by path.
  exports(paths) {
    return new Map([...paths].filter(path => this.canImport(path) && this.#archives.has(path))
      .map(path => [path, exported(this.#archives.get(path))]));
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
    const made = files.length ? await apart('fetch', {folder: this.#folder, files}, told) : [];
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
    let config = all.map(path => `packagefile ${path}=${fileOf(path)}\n`).join('');
    const own = new Map(); // archives of the program itself
    const compile = async (path, archive, sources) => {
      const {status, said, files} = await apart('tool', {
        module: this.#tools.compile,
        args: ['compile', '-importcfg', 'importcfg', '-pack', '-trimpath', '/main', '-p', path, '-complete',
          '-o', `/${archive}`, ...Object.keys(sources).map(name => `/${name}`)],
        files: new Map([
          ...all.map(path => [fileOf(path), exported(this.#archives.get(path))]),
          ...[...own].map(([name, bytes]) => [name, bytes.slice()]),
          ...Object.entries({importcfg: config, ...sources}).map(([name, text]) => [name, encoder.encode(text)]),
        ]),
        back: [archive],
      });
      if (status) return refused('compile', said, complaints(said));
      own.set(archive, files.get(archive));
      return undefined;
    };
    if (runner) {
      const no = await compile(tested, 'main/tested.a', {'main/tested.go': source});
      if (no) return no;
      config += `packagefile ${tested}=/main/tested.a\n`;
    }
    const no = await compile('main', 'main/main.a', {
      'main/main.go': runner || source, 'main/start.go': zones ? Start + Zones : Start,
    });
    return no ?? this.#link(all, own, config);
  }

  // link makes a module of the program's own archives and those of packages.
  async #link(paths, own, config) {
    const given = new Map([...paths.map(path => [fileOf(path), this.#archives.get(path)]), ...own,
      ['importcfg', encoder.encode(config)]]);
    // The archives go where they are linked, and come back. Those that do not
    // are fetched again, from what the browser keeps.
    for (const path of paths) this.#archives.delete(path);
    const out = 'main/main.wasm';
    const {status, said, files} = await apart('link', {
      module: this.#tools.link,
      args: ['link', '-importcfg', 'importcfg', '-s', '-w', '-buildmode=exe', '-o', `/${out}`, '/main/main.a'],
      files: given,
      back: [...paths.map(fileOf), out],
      out,
    });
    for (const path of paths) this.#archives.set(path, files.get(fileOf(path)));
    if (status) return refused('link', said, unlinked(said));
    return {module: files.get(out)};
  }
}

const fileOf = path => `${path.replaceAll('/', '_')}.a`;

// exported is the first file of an archive, whose size stands in its header:
// the export data of its package.
const exported = archive => archive.slice(0, 68 + Number(decoder.decode(archive.subarray(56, 66))));

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
