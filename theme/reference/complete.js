// Completes the names of packages and of what they export, while a reader
// types. The list never takes a key that it has no option chosen for.

import {insert} from './insert.js';
import {packages} from './library.js';
import {asked, read} from './names.js';
import {Options} from './options.js';
import {nameOf} from './declarations.js';
import {setting} from './place.js';
import {rangeOf} from './text.js';
import {importOf} from './imports.js';

const least = 2; // letters of a package's name

export class Completion {
  #area;
  #code;
  #options;
  #asked = 0;
  #typing = true;

  constructor(area, code) {
    this.#area = area;
    this.#code = code;
    this.#options = new Options(area, option => this.#accept(option));
    area.addEventListener('input', event => {
      if (this.#typing) this.#update(event.inputType === 'insertText' || event.inputType?.startsWith('delete') && this.#options.isOpen);
    });
    area.addEventListener('keydown', event => {
      if (event.key !== ' ' || !event.ctrlKey) return;
      event.preventDefault();
      this.#update(true, true);
    });
    for (const gone of ['blur', 'pointerdown']) area.addEventListener(gone, () => this.#options.close());
  }

  end() {
    this.#asked++;
    this.#options.end();
  }

  async #update(wanted, all = false) {
    const number = ++this.#asked, caret = this.#area.selectionStart;
    if (!wanted || caret !== this.#area.selectionEnd) return this.#options.close();
    const {value} = this.#area, source = read(value);
    const [begun] = value.slice(0, caret).match(/[\p{L}_]?[\p{L}\p{Nd}_]*$/u), from = caret - begun.length;
    if (source.gaps.some(([a, b]) => caret > a && caret < b)) return this.#options.close();
    const found = value[from - 1] === '.' ? await this.#members(source, from - 1)
      : begun.length >= least || all ? await this.#packages(source, begun) : [];
    if (number !== this.#asked) return;
    const fits = ranked(found, begun);
    if (!fits.length || fits.length === 1 && fits[0].name === begun && !all) return this.#options.close();
    const box = () => rangeOf(this.#code, from, caret).getBoundingClientRect();
    this.#options.show(fits.map(one => ({...one, from, caret})), box, value[from - 1] === '.' || all);
  }

  async #members(source, dot) {
    const i = source.tokens.findIndex(({at, text}) => at === dot && text === '.');
    if (i < 1) return [];
    const first = source.tokens[i - 1], name = first.text;
    const importable = await this.#importable();
    return asked(source, meaning => {
      const path = source.uses[i - 1] || source.tokens[i - 2]?.text === '.' ? undefined
        : source.imports.get(name) ?? (first.kind === 'name' ? importable.get(name)?.[0] : undefined);
      return path ? meaning.members({pkg: path}).map(one => ({...one, path})) : meaning.members(meaning.before(i));
    });
  }

  // importable gives the paths of packages that a program here can import, by
  // their names.
  async #importable() {
    const all = new Map();
    for (const {Path, By, Synopsis} of (await packages()).values()) {
      if (By !== 'yaegi' && !(By === 'go' && setting('compiler'))) continue;
      all.set(nameOf(Path), [...all.get(nameOf(Path)) ?? [], Path]);
      this.#about.set(Path, Synopsis);
    }
    return all;
  }
  #about = new Map();

  async #packages(source, begun) {
    const i = source.tokens.findIndex(({at, text}) => at <= this.#area.selectionStart && at + text.length === this.#area.selectionStart);
    const before = source.tokens[i - 1]?.text;
    if (['func', 'package', 'type', 'var', 'const', 'goto', 'break', 'continue'].includes(before)) return [];
    const declared = source.all;
    return [...await this.#importable()].filter(([name]) => name.startsWith(begun) && !declared.has(name))
      .flatMap(([name, paths]) => (paths.find(path => source.imports.get(name) === path) ? [source.imports.get(name)] : paths)
        .map(path => ({name, package: path, about: this.#about.get(path), detail: path === name ? '' : path})));
  }

  // accept puts an option in the place of what is typed of it, and imports the
  // package that it is of.
  #accept(option) {
    this.#typing = false;
    this.#area.setSelectionRange(option.from, option.caret);
    insert(this.#area, option.package ? `${option.name}.` : option.name);
    const added = importOf(read(this.#area.value), option.package ?? option.path);
    if (added) {
      const caret = this.#area.selectionStart;
      this.#area.setSelectionRange(added.from, added.to);
      insert(this.#area, added.text);
      const now = caret + added.text.length - (added.to - added.from);
      this.#area.setSelectionRange(now, now);
    }
    this.#typing = true;
    if (option.package) this.#update(true);
  }
}

// ranked are the options that begin with what is typed, in any case; those in
// the same case come first.
function ranked(options, begun) {
  const small = begun.toLowerCase(), seen = new Set();
  const fits = options.filter(({name, package: path}) => {
    const key = `${name} ${path ?? ''}`;
    return name.toLowerCase().startsWith(small) && !seen.has(key) && seen.add(key);
  });
  return [...fits.filter(one => one.name.startsWith(begun)), ...fits.filter(one => !one.name.startsWith(begun))];
}
