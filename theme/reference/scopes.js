// Who declares the names of a Go program, by Go's scopes.

import {funcAt, importsAt, specsOf, typeAt, valuesAt} from './declarations.js';
import {tokensOf} from './tokens.js';

export class Source {
  tokens;
  gaps;
  imports = new Map(); // of names to paths
  importsEnd = -1; // the index of the last token of the last import
  isFile;
  uses = []; // the declaration of each token that is a name
  #scopes = [{names: new Map()}];
  #declared = new Map(); // declarations by the index of the name
  #bodies = new Map(); // of functions: what they declare, by the index of {
  #pending = []; // what counts from the end of its statement on
  #depth = 0; // of round and square brackets

  constructor(code) {
    Object.assign(this, tokensOf(code));
    this.isFile = this.tokens[0]?.text === 'package';
    this.#walk(); // what a file declares counts before it, too
    this.#scopes.length = 1;
    this.#walk();
  }

  // all are the names that are declared anywhere.
  get all() {
    return new Set([...this.#declared.keys()].map(i => this.tokens[i].text));
  }

  #text(i) {
    return this.tokens[i]?.text;
  }

  #find(name) {
    return this.#scopes.findLast(scope => scope.names.has(name))?.names.get(name);
  }

  #declare(i, declaration, names = this.#scopes.at(-1).names) {
    this.#declared.set(i, declaration);
    this.uses[i] = declaration;
    if (this.#text(i) !== '_') names.set(this.#text(i), declaration);
  }

  #walk() {
    this.#depth = 0;
    for (const [i, {text, kind}] of this.tokens.entries()) {
      if (kind === 'name') {
        if (this.#text(i - 1) !== '.') this.uses[i] = this.#declared.get(i) ?? this.#find(text);
      } else if (kind === 'keyword') this.#keyword(i, text);
      else if (text === ':=') this.#define(i);
      else if (text === '(' || text === '[') this.#depth++;
      else if (text === ')' || text === ']') this.#depth--;
      else if (text === ';' || text === ':') this.#settle();
      else if (text === '{') this.#open(i);
      else if (text === '}') this.#close(i);
    }
    this.#settle();
  }

  #keyword(i, text) {
    const top = this.#scopes.at(-1);
    if (text === 'import') this.#import(i);
    else if (text === 'func') this.#func(i);
    else if (text === 'var' || text === 'const') for (const at of specsOf(this.tokens, i)) this.#values(at);
    else if (text === 'type') for (const at of specsOf(this.tokens, i)) this.#type(at);
    else if (['if', 'for', 'switch', 'select'].includes(text))
      this.#scopes.push({names: new Map(), header: text, depth: this.#depth});
    else if (text === 'else' && top.header && this.#text(i + 1) !== 'if') top.done = false;
    else if ((text === 'case' || text === 'default') && top.clauses) top.names = new Map();
  }

  #import(keyword) {
    const {found, last} = importsAt(this.tokens, keyword);
    for (const [name, path, i] of found) {
      this.imports.set(name, path);
      if (i !== undefined) this.#declared.set(i, undefined);
    }
    this.importsEnd = last;
  }

  #values(from) {
    for (const [i, declaration] of valuesAt(this.tokens, from)) this.#declare(i, declaration);
  }

  #type(name) {
    if (this.tokens[name]?.kind !== 'name') return;
    const {declared, places} = typeAt(this.tokens, name);
    declared.methods = this.#declared.get(name)?.methods ?? declared.methods;
    this.#declare(name, declared);
    for (const i of places) this.#declared.set(i, {kind: 'other'});
  }

  // define declares what stands before a :=.
  #define(i) {
    const names = [i - 1];
    while (this.#text(names[0] - 1) === ',' && this.tokens[names[0] - 2]?.kind === 'name') names.unshift(names[0] - 2);
    for (const [nth, name] of names.entries()) {
      if (this.tokens[name]?.kind !== 'name') continue;
      const declaration = {kind: 'value', value: i + 1, nth};
      this.#declared.set(name, declaration);
      this.uses[name] = declaration;
      this.#pending.push([this.#text(name), declaration]);
    }
  }

  #settle() {
    for (const [name, declaration] of this.#pending) if (name !== '_') this.#scopes.at(-1).names.set(name, declaration);
    this.#pending = [];
  }

  #func(keyword) {
    const read = funcAt(this.tokens, keyword, this.#scopes.length === 1);
    if (!read) return;
    const names = new Map();
    for (const [i, declaration] of read.params) this.#declare(i, declaration, names);
    if (read.body !== undefined) this.#bodies.set(read.body, names);
    if (read.name === undefined) return;
    const declaration = {kind: 'func', results: read.results};
    if (read.receiver === undefined) return this.#declare(read.name, declaration);
    this.#declared.set(read.name, declaration);
    const base = this.#text(read.receiver) === '*' ? read.receiver + 1 : read.receiver;
    this.#scopes[0].names.get(this.#text(base))?.methods?.set(this.#text(read.name), declaration);
  }

  #open(i) {
    const top = this.#scopes.at(-1);
    const body = top.header && !top.done && top.depth === this.#depth && !this.#isLiteral(i);
    this.#settle();
    this.#scopes.push({
      names: new Map(this.#bodies.get(i)), body,
      clauses: body && (top.header === 'switch' || top.header === 'select'),
    });
  }

  // isLiteral says of a brace in the head of a statement that it does not begin
  // its body: one behind `[]T`, `map[K]T`, `struct` or `struct{}`.
  #isLiteral(i) {
    if (this.#bodies.has(i) || ['struct', 'interface', '}'].includes(this.#text(i - 1))) return true;
    if (this.tokens[i - 1]?.kind !== 'name') return false;
    const first = this.#text(i - 2) === '.' ? i - 3 : i - 1;
    return this.#text(first - 1) === ']' || this.#text(first - 1) === '*' && this.#text(first - 2) === ']';
  }

  #close(i) {
    this.#settle();
    while (this.#scopes.length > 1 && this.#scopes.at(-1).header) this.#scopes.pop();
    if (this.#scopes.length === 1) return;
    const {body} = this.#scopes.pop();
    if (body) this.#scopes.at(-1).done = true;
    while (this.#scopes.at(-1).done && this.#text(i + 1) !== 'else') this.#scopes.pop();
  }
}
