// Code in lines of coloured pieces. A line is a list of a class and a text by
// turns, as the guest answers it.

const colour = 3; // the guest's job

export const textOf = line => line.filter((_, i) => i % 2).join('');

// linesOf reads the lines of a page's code.
export function linesOf(code) {
  return [...code.querySelectorAll('.ln')].map(ln => [...ln.childNodes].flatMap(node => {
    if (node.nodeType === Node.COMMENT_NODE) return [];
    const text = node.textContent.replace(/\n/g, '');
    return text ? [node.className ?? '', text] : [];
  }));
}

// coloured asks the guest, which uses Go's own scanner.
export async function coloured(text) {
  const {ask} = await import('./engine.js');
  return ask({Code: text}, colour);
}

// patched guesses the colours of a text from those of the text before, until
// the guest has been asked: what is typed into a piece looks like it.
export function patched(lines, text) {
  const texts = text.split('\n');
  let top = 0, end = 0;
  while (top < Math.min(lines.length, texts.length) && textOf(lines[top]) === texts[top]) top++;
  while (end < Math.min(lines.length, texts.length) - top &&
    textOf(lines.at(-1 - end)) === texts.at(-1 - end)) end++;
  const changed = texts.slice(top, texts.length - end)
    .map((now, i) => patchedLine(lines[top + i] ?? [], now));
  return [...lines.slice(0, top), ...changed, ...lines.slice(lines.length - end)];
}

function patchedLine(line, now) {
  const before = textOf(line);
  let from = 0, tail = 0;
  const most = Math.min(before.length, now.length);
  while (from < most && before[from] === now[from]) from++;
  while (tail < most - from && before.at(-1 - tail) === now.at(-1 - tail)) tail++;
  return merged([
    ...cut(line, 0, from),
    ...(now.length > from + tail ? [classAt(line, from), now.slice(from, now.length - tail)] : []),
    ...cut(line, before.length - tail, before.length),
  ]);
}

// cut gives the pieces of a line between two offsets.
function cut(line, from, to) {
  const out = [];
  let at = 0;
  for (let i = 0; i < line.length; i += 2) {
    const part = line[i + 1].slice(Math.max(0, from - at), Math.max(0, to - at));
    if (part) out.push(line[i], part);
    at += line[i + 1].length;
  }
  return out;
}

// classAt is the class of what stands before an offset.
const classAt = (line, offset) => cut(line, Math.max(0, offset - 1), offset)[0] ?? '';

function merged(line) {
  const out = [];
  for (let i = 0; i < line.length; i += 2) {
    if (out.length && out.at(-2) === line[i]) out[out.length - 1] += line[i + 1];
    else out.push(line[i], line[i + 1]);
  }
  return out;
}

// show makes the lines of an element those given, and touches only what
// differs from what it showed before.
export function show(code, before, lines) {
  const all = [...code.querySelectorAll('.ln')];
  const same = (a, b) => a && b && a.length === b.length && a.every((part, i) => part === b[i]);
  let top = 0, end = 0;
  const least = Math.min(all.length, before.length, lines.length);
  while (top < least && same(before[top], lines[top])) top++;
  while (end < least - top && same(before.at(-1 - end), lines.at(-1 - end))) end++;
  const next = all[all.length - end] ?? all.at(-1)?.nextSibling ?? code.firstChild;
  for (const line of lines.slice(top, lines.length - end)) code.insertBefore(element(line), next);
  for (const old of all.slice(top, all.length - end)) old.remove();
}

function element(line) {
  const ln = document.createElement('span');
  ln.className = 'ln';
  for (let i = 0; i < line.length; i += 2) {
    if (!line[i]) {
      ln.append(line[i + 1]);
      continue;
    }
    const piece = document.createElement('span');
    piece.className = line[i];
    piece.textContent = line[i + 1];
    ln.append(piece);
  }
  ln.append('\n');
  return ln;
}
