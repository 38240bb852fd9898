// Imports what a program begins to use.

// importOf is what has to be put where, {from, to, text}, for a program to
// import a package; undefined where it does already, or need not.
export function importOf(source, path) {
  const {tokens} = source;
  if (!path || !source.isFile || [...source.imports.values()].includes(path)) return undefined;
  const line = `"${path}"`;
  if (source.importsEnd < 0) {
    const at = tokens[1].at + tokens[1].text.length;
    return {from: at, to: at, text: `\n\nimport ${line}`};
  }
  const end = tokens[source.importsEnd];
  let first = source.importsEnd;
  while (first > 0 && tokens[first].text !== 'import') first--;
  if (end.text !== ')') {
    const text = tokens.slice(first + 1, source.importsEnd + 1).map(token => token.text).join(' ');
    const lines = [text, line].sort((a, b) => literal(a) < literal(b) ? -1 : 1);
    return {from: tokens[first].at, to: end.at + end.text.length, text: `import (\n${lines.map(one => `\t${one}\n`).join('')})`};
  }
  const next = tokens.slice(first, source.importsEnd).find(token => token.kind === 'literal' && token.text > line);
  const named = next && tokens[tokens.indexOf(next) - 1];
  const at = (named?.kind === 'name' ? named : next ?? end).at;
  return {from: at, to: at, text: next ? `${line}\n\t` : `\t${line}\n`};
}

const literal = text => text.slice(text.indexOf('"'));
