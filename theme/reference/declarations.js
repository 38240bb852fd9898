// Reads the declarations of a Go program: what is declared, and where its type
// or value stands. A declaration is {kind, ...}: 'type' with at, an alias's
// type, fields, embeds and methods; 'func' with results; 'value' with type, or
// with value and nth; 'other'. All places are indices of tokens.

import {closing, split, typeEnd} from './tokens.js';

// namesAt are the names of a list that begins at a token.
export function namesAt(tokens, from) {
  const names = [from];
  while (tokens[names.at(-1) + 1]?.text === ',' && tokens[names.at(-1) + 2]?.kind === 'name') names.push(names.at(-1) + 2);
  return names;
}

// specsOf are the places of the declarations behind a keyword: one, or a block.
export function specsOf(tokens, keyword) {
  if (tokens[keyword + 1]?.text !== '(') return [keyword + 1];
  return split(tokens, keyword + 2, closing(tokens, keyword + 1), ';').map(([from]) => from);
}

// importsAt are the imports behind a keyword, [name, path, the index of its own
// name], and the last token of them.
export function importsAt(tokens, keyword) {
  const block = tokens[keyword + 1]?.text === '(', found = [];
  const end = Math.min(block ? closing(tokens, keyword + 1) : keyword + 3, tokens.length);
  let last = end;
  for (let i = keyword + 1; i < end; i++) {
    if (tokens[i].kind !== 'literal') continue;
    const path = tokens[i].text.slice(1, -1), named = tokens[i - 1].kind === 'name';
    found.push([named ? tokens[i - 1].text : nameOf(path), path, named ? i - 1 : undefined]);
    if (!block) {
      last = i;
      break;
    }
  }
  return {found, last};
}

// nameOf is the name of a package of the standard library.
export function nameOf(path) {
  const parts = path.split('/');
  return /^v\d+$/.test(parts.at(-1)) && parts.length > 1 ? parts.at(-2) : parts.at(-1);
}

// valuesAt are the variables or constants that are declared from a name on:
// pairs of the name's place and a declaration.
export function valuesAt(tokens, from) {
  if (tokens[from]?.kind !== 'name') return [];
  const names = namesAt(tokens, from), after = names.at(-1) + 1, given = tokens[after]?.text === '=';
  return names.map((i, nth) => [i, given ? {kind: 'value', value: after + 1, nth} : {kind: 'value', type: after}]);
}

// typeAt is the declaration of a type at its name, and the places of its
// fields' names.
export function typeAt(tokens, name) {
  const declared = {kind: 'type', fields: new Map(), embeds: [], methods: new Map()}, places = [];
  let at = name + 1;
  if (tokens[at]?.text === '[' && tokens[at + 1]?.kind === 'name' && tokens[at + 2]?.text !== ']') at = closing(tokens, at) + 1;
  if (tokens[at]?.text === '=') declared.at = at + 1;
  if (tokens[at]?.text !== 'struct') return {declared, places};
  for (const [from, to] of split(tokens, at + 2, closing(tokens, at + 1), ';')) {
    const names = namesAt(tokens, from), tagged = tokens[to - 1].kind === 'literal';
    if (typeEnd(tokens, from) >= (tagged ? to - 1 : to)) {
      declared.embeds.push(from);
      continue;
    }
    places.push(...names);
    for (const i of names) declared.fields.set(tokens[i].text, names.at(-1) + 1);
  }
  return {declared, places};
}

// funcAt reads what is behind the keyword func: name, an index, and receiver,
// where the type of that begins, where there are such; params, pairs as above
// of all that its body begins with; results, where their types begin; body,
// the index of its brace.
export function funcAt(tokens, keyword, top) {
  const params = [];
  let at = keyword + 1, receiver, name;
  const after = closing(tokens, at) + 1;
  if (top && tokens[at]?.text === '(' && tokens[after]?.kind === 'name' && tokens[after + 1]?.text === '(') {
    [receiver] = paramsAt(tokens, at, params);
    at = after;
  }
  if (tokens[at]?.kind === 'name') name = at++;
  if (tokens[at]?.text === '[') {
    const end = closing(tokens, at);
    for (const [from] of split(tokens, at + 1, end, ',')) params.push([from, {kind: 'other'}]);
    at = end + 1;
  }
  if (tokens[at]?.text !== '(') return undefined;
  paramsAt(tokens, at, params);
  at = closing(tokens, at) + 1;
  const several = tokens[at]?.text === '(', end = typeEnd(tokens, at);
  const results = several ? paramsAt(tokens, at, params) : end > at ? [at] : [];
  at = several ? closing(tokens, at) + 1 : end;
  return {name, receiver, params, results, body: tokens[at]?.text === '{' ? at : undefined};
}

// paramsAt reads a list of parameters: it adds those that have names, and gives
// where the type of each begins.
function paramsAt(tokens, from, params) {
  const parts = split(tokens, from + 1, closing(tokens, from), ',');
  const named = parts.some(([a, b]) => tokens[a].kind === 'name' && typeEnd(tokens, a) < b);
  if (!named) return parts.map(([a]) => a);
  const types = [];
  let type;
  for (const [a, b] of parts.reverse()) {
    if (b > a + 1) type = a + 1;
    params.push([a, {kind: 'value', type}]);
    types.unshift(type);
  }
  return types;
}
