// What a name in a Go program stands for, as far as the program and the
// library's declarations tell without a type checker. What is not evident is
// not guessed.
//
// A type is 'path.Name' or a declaration of the program. A thing is what an
// expression is: {pkg}, {type}, {value: a type}, {gives: types of results}; at
// says where it is documented, {path, name}.

import {Selection} from './selection.js';
import {closing, opening, typeEnd} from './tokens.js';

// builtin are the names that Go declares itself.
const builtin = new Set(('any append bool byte cap clear close comparable complex complex128 complex64 copy delete error ' +
  'false float32 float64 imag int int16 int32 int64 int8 iota len make max min new nil panic print println real recover ' +
  'rune string true uint uint16 uint32 uint64 uint8 uintptr').split(' '));

// ends are what may follow an expression that is a whole value.
const ends = new Set([';', ',', ')', '}', ']', '{', ':', undefined]);
const deepest = 40; // declarations that stand on one another

export class Meaning {
  #source;
  #get;
  #guess;
  #selection;
  #deep = 0;

  // get gives a package by its path if it is here; guess gives a path for a
  // name that is not imported, where the program need not import it.
  constructor(source, get, guess) {
    this.#source = source;
    this.#get = get;
    this.#guess = guess;
    this.#selection = new Selection(get, from => this.#type(from));
  }

  #text(i) {
    return this.#source.tokens[i]?.text;
  }

  // at is where the name that is the token i is documented.
  at(i) {
    if (this.#source.tokens[i]?.kind !== 'name') return undefined;
    if (this.#text(i + 1) === ':' && this.#text(i - 1) !== '.') return undefined; // a key, or a label
    return this.#chain(i)?.at;
  }

  // before is what stands before the dot at the token i.
  before(i) {
    const {tokens} = this.#source;
    if (tokens[i - 1]?.kind === 'name') return this.#chain(i - 1);
    if (this.#text(i - 1) !== ')') return undefined;
    const open = opening(tokens, i - 1);
    if (tokens[open - 1]?.kind === 'name') return called(this.#chain(open - 1), 0);
    return this.#text(open - 1) === '.' ? {value: this.#type(open + 1)} : undefined;
  }

  // members are what can be selected of a thing: {name, entry} and those of
  // the program itself, {name}.
  members(thing) {
    if (thing?.pkg) return this.#get(thing.pkg)?.members ?? [];
    return thing && 'value' in thing ? this.#selection.all(thing.value) : [];
  }

  #chain(i) {
    if (this.#text(i - 1) !== '.') return this.#root(i);
    return this.#select(this.before(i - 1), this.#text(i));
  }

  #root(i) {
    const name = this.#text(i), declared = this.#source.uses[i];
    if (declared) return this.#declared(declared);
    const pkg = this.#source.imports.get(name) ?? (this.#text(i + 1) === '.' ? this.#guess(name) : undefined);
    if (pkg) return {pkg, at: {path: pkg, name: ''}};
    if (name === 'error') return {type: 'builtin.error', at: {path: 'builtin', name}};
    return builtin.has(name) ? {at: {path: 'builtin', name}} : undefined;
  }

  #declared(declared) {
    if (this.#deep > deepest) return undefined;
    this.#deep++;
    try {
      if (declared.kind === 'type') return {type: declared.at ? this.#type(declared.at) : declared};
      if (declared.kind === 'func') return {gives: declared.results.map(from => this.#type(from))};
      if (declared.kind !== 'value') return undefined;
      return {value: declared.value === undefined ? this.#type(declared.type) : this.#value(declared.value, declared.nth)};
    } finally {
      this.#deep--;
    }
  }

  // type is the type that begins at a token, or what it points to.
  #type(from) {
    if (from === undefined) return undefined;
    while (this.#text(from) === '*') from++;
    if (this.#source.tokens[from]?.kind !== 'name') return undefined;
    const root = this.#root(from);
    if (this.#text(from + 1) !== '.') return root?.type;
    return root?.pkg ? `${root.pkg}.${this.#text(from + 2)}` : undefined;
  }

  // value is the type of the nth value of what begins at a token.
  #value(from, nth) {
    const {tokens} = this.#source;
    let [thing, end] = this.#expression(from);
    for (let k = 0; k < nth && this.#text(end) === ','; k++, nth--) [thing, end] = this.#expression(end + 1);
    if (!thing || !ends.has(this.#text(end)) || nth > 0 && tokens[end - 1]?.text !== ')') return undefined;
    if (thing.results) return thing.results[nth];
    return nth ? undefined : thing.value;
  }

  // expression reads what begins at a token: a thing, whose results are those
  // of a call, and the index behind it.
  #expression(from) {
    const {tokens} = this.#source;
    let i = from;
    if (this.#text(i) === '&') i++;
    if (tokens[i]?.kind !== 'name') return [undefined, i];
    if (this.#text(i) === 'new' && this.#text(i + 1) === '(' && !this.#source.uses[i])
      return [{value: this.#type(i + 2)}, closing(tokens, i + 1) + 1];
    let thing = this.#root(i++);
    for (;; ) {
      const text = this.#text(i);
      if (text === '.' && this.#text(i + 1) === '(') {
        thing = {value: this.#type(i + 2)};
        i = closing(tokens, i + 1) + 1;
      } else if (text === '.') {
        thing = this.#select(thing, this.#text(i + 1));
        i += 2;
      } else if (text === '(') {
        thing = thing?.gives ? {value: thing.gives[0], results: thing.gives} : called(thing, 0);
        i = closing(tokens, i) + 1;
      } else if (text === '[' && (thing?.gives || thing?.type)) {
        i = closing(tokens, i) + 1;
      } else if (text === '{' && thing?.type && this.#isLiteral(i)) {
        thing = {value: thing.type};
        i = closing(tokens, i) + 1;
      } else {
        return [thing, text === '[' ? -1 : i];
      }
    }
  }

  // isLiteral says that a brace behind a type is that of its value.
  #isLiteral(i) {
    return typeEnd(this.#source.tokens, i) === i;
  }

  #select(thing, name) {
    if (!thing) return undefined;
    if (thing.pkg) return this.#exported(thing.pkg, name);
    if (thing.type) return this.#member(thing.type, name);
    return thing.value && this.#member(thing.value, name);
  }

  #member(type, name) {
    return this.#selection.one(type, name, declared => this.#declared(declared));
  }

  #exported(path, name) {
    if (!/^\p{Lu}/u.test(name)) return undefined;
    const at = {path, name}, pkg = this.#get(path);
    if (!pkg) return {at, value: undefined};
    const entry = pkg.entry(name);
    if (!entry) return undefined;
    if (entry.Kind === 'type') return {at, type: `${path}.${name}`};
    return entry.Kind === 'func' ? {at, gives: entry.Gives ?? []} : {at, value: entry.Gives?.[0]};
  }
}

// called is what calling a thing gives first, or converting by it.
function called(thing, nth) {
  if (!thing) return undefined;
  if (thing.type) return {value: thing.type};
  return thing.gives ? {value: thing.gives[nth]} : undefined;
}
