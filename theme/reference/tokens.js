// Go code in tokens, as far as it takes to know what a name stands for.

const pattern = new RegExp([
  /\/\/[^\n]*/, /\/\*[^]*?(?:\*\/|$)/, /`[^`]*(?:`|$)/, /"(?:\\.|[^"\\\n])*"?/, /'(?:\\.|[^'\\\n])*'?/,
  /[\p{L}_][\p{L}\p{Nd}_]*/, /\d[\w.]*/, /:=|<-|\+\+|--|\.\.\.|\n|\S/,
].map(part => part.source).join('|'), 'gu');

const keywords = new Set(('break case chan const continue default defer else fallthrough for func go goto if import ' +
  'interface map package range return select struct switch type var').split(' '));

// last are the keywords that can end a statement, beside names, literals and
// what closes.
const last = new Set(['break', 'continue', 'fallthrough', 'return', ')', ']', '}', '++', '--']);

// tokens gives {text, at, kind}: kind is 'name', 'keyword', 'literal' or
// 'sign'. Ends of lines that end a statement are semicolons. gaps are the
// comments and the literals, as pairs of offsets.
export function tokensOf(code) {
  const tokens = [], gaps = [];
  for (const {0: text, index: at} of code.matchAll(pattern)) {
    const before = tokens.at(-1);
    const ends = before && (before.kind === 'name' || before.kind === 'literal' || last.has(before.text));
    const comment = text.startsWith('//') || text.startsWith('/*');
    if (comment || /^["'`]/.test(text)) gaps.push([at, at + text.length + (text.startsWith('//') ? 1 : 0)]);
    if (text === '\n' || comment && text.includes('\n')) {
      if (ends) tokens.push({text: ';', at, kind: 'sign'});
    } else if (!comment) {
      tokens.push({text, at, kind: kindOf(text)});
    }
  }
  return {tokens, gaps};
}

function kindOf(text) {
  if (keywords.has(text)) return 'keyword';
  if (/^[\p{L}_]/u.test(text)) return 'name';
  return /^[\d"'`]/.test(text) ? 'literal' : 'sign';
}

const pairs = {'(': ')', '[': ']', '{': '}'};

// closing is the index of what closes the bracket at an index, or the end.
export function closing(tokens, from) {
  let depth = 0;
  for (let i = from; i < tokens.length; i++) {
    if (pairs[tokens[i].text]) depth++;
    else if (')]}'.includes(tokens[i].text) && --depth === 0) return i;
  }
  return tokens.length;
}

// opening is the opposite of it; -1 if there is none.
export function opening(tokens, from) {
  let depth = 0;
  for (let i = from; i >= 0; i--) {
    if (')]}'.includes(tokens[i].text)) depth++;
    else if (pairs[tokens[i].text] && --depth === 0) return i;
  }
  return -1;
}

// typeEnd is the index behind the type that begins at an index; that index
// where none begins there.
export function typeEnd(tokens, from) {
  const text = tokens[from]?.text;
  const after = i => typeEnd(tokens, i);
  if (text === '*' || text === '...' || text === '~') return after(from + 1);
  if (text === '<-') return tokens[from + 1]?.text === 'chan' ? after(from + 2) : from;
  if (text === 'chan') return after(tokens[from + 1]?.text === '<-' ? from + 2 : from + 1);
  if (text === '(') return closing(tokens, from) + 1;
  if (text === '[') return after(closing(tokens, from) + 1);
  if (text === 'map') return after(closing(tokens, from + 1) + 1);
  if (text === 'struct' || text === 'interface') return closing(tokens, from + 1) + 1;
  if (text === 'func') {
    const end = closing(tokens, from + 1) + 1;
    return tokens[end]?.text === '(' ? closing(tokens, end) + 1 : after(end);
  }
  if (tokens[from]?.kind !== 'name') return from;
  const end = tokens[from + 1]?.text === '.' && tokens[from + 2]?.kind === 'name' ? from + 3 : from + 1;
  if (tokens[end]?.text !== '[' || tokens[end + 1]?.text === ']') return end;
  return closing(tokens, end) + 1;
}

// split cuts the tokens between two indices at a sign outside of brackets:
// pairs of indices.
export function split(tokens, from, to, sign) {
  const parts = [];
  let start = from;
  for (let i = from; i < to; i++) {
    if (pairs[tokens[i].text]) i = closing(tokens, i);
    else if (tokens[i].text === sign) {
      if (i > start) parts.push([start, i]);
      start = i + 1;
    }
  }
  if (start < to) parts.push([start, to]);
  return parts;
}
