// Go's standard library as the build has gathered it: a list of its packages,
// and a file for each, fetched when it is needed and kept for when there is no
// network.

import {setting} from './place.js';
import {nameOf} from './declarations.js';

const store = 'runnel-reference';

// common are the packages that a name means which several have.
const common = {rand: 'math/rand', template: 'text/template', scanner: 'text/scanner', pprof: 'runtime/pprof'};

let list; // promised: of the packages by their paths
const here = new Map(); // Packages that are here, by their paths
const coming = new Map(); // promises of them

// packages gives {Path, Synopsis, File, By} by paths.
export function packages() {
  return list ??= fetchKept(setting('reference')).then(all => {
    prune(all).catch(() => {});
    return new Map(all.map(one => [one.Path, one]));
  }).catch(error => {
    list = undefined;
    throw error;
  });
}

// guesses gives the package that a name means in a program that need not import
// it.
export async function guesses() {
  const paths = new Map();
  for (const {Path, By} of (await packages()).values()) if (By && !paths.has(nameOf(Path))) paths.set(nameOf(Path), Path);
  return name => Object.hasOwn(common, name) ? common[name] : paths.get(name);
}

// loaded gives a package if it is here.
export const loaded = path => here.get(path);

// load fetches a package; undefined if there is none of that path.
export async function load(path) {
  const found = (await packages()).get(path);
  if (!found || here.has(path)) return here.get(path);
  if (!coming.has(path)) {
    coming.set(path, fetchKept(new URL(found.File, setting('reference')))
      .then(said => here.set(path, new Package(said)))
      .finally(() => coming.delete(path)));
  }
  await coming.get(path);
  return here.get(path);
}

async function fetchKept(address) {
  const cache = await caches.open(store).catch(() => undefined);
  const kept = await cache?.match(address.href);
  if (kept) return kept.json();
  const response = await fetch(address).catch(() => undefined);
  if (!response?.ok) throw new Error('The documentation could not be fetched.');
  await cache?.put(address.href, response.clone()).catch(() => {});
  return response.json();
}

// prune forgets what an earlier build of the site had.
async function prune(all) {
  const cache = await caches.open(store), folder = new URL('.', setting('reference')).href;
  const wanted = new Set([setting('reference').href, ...all.map(one => new URL(one.File, folder).href)]);
  for (const {url} of await cache.keys()) if (url.startsWith(folder) && !wanted.has(url)) await cache.delete(url);
}

// A Package is one as package reference gathered it, with ways to look it up.
export class Package {
  #entries = new Map(); // by their names, methods as Type.Method
  #types = new Map();
  members = []; // {name, entry}, sorted

  constructor(said) {
    Object.assign(this, {path: said.Path, name: said.Name, synopsis: said.Synopsis, doc: said.Doc, entries: said.Entries});
    for (const entry of said.Entries) {
      if (entry.Kind === 'type')
        this.#types.set(entry.Names[0], {fields: entry.Fields ?? {}, embeds: entry.Embeds ?? [], methods: new Map(), entry});
    }
    for (const entry of said.Entries) {
      const method = entry.Kind === 'method';
      if (method) this.#types.get(entry.Of)?.methods.set(entry.Names[0], entry);
      for (const name of entry.Names) {
        this.#entries.set(method ? `${entry.Of}.${name}` : name, entry);
        if (!method) this.members.push({name, entry});
      }
    }
    this.members.sort((a, b) => a.name < b.name ? -1 : 1);
    for (const type of this.#types.values()) {
      type.members = [
        ...Object.keys(type.fields).map(name => ({name, entry: type.entry, field: true})),
        ...[...type.methods].map(([name, entry]) => ({name, entry})),
      ].sort((a, b) => a.name < b.name ? -1 : 1);
    }
  }

  // entry is the declaration of a name, or of Type.Method.
  entry(name) {
    return this.#entries.get(name);
  }

  type(name) {
    return this.#types.get(name);
  }

  // belonging are the entries of a type.
  belonging(name) {
    return this.entries.filter(entry => entry.Of === name);
  }
}
