// Keeps a caret at what it stands at, when a text is formatted.

const ink = text => text.replace(/\s+/g, '');

// carried is where a caret is in a text that had other blanks before, or
// other lines above or below.
export function carried(before, now, at) {
  const head = ink(before.slice(0, at)), tail = ink(before.slice(at)), all = ink(now);
  if (all.endsWith(tail)) return behind(before, now, at, all.length - tail.length);
  if (all.startsWith(head)) return behind(before, now, at, head.length);
  const lines = before.slice(0, at).split('\n'), others = now.split('\n');
  const line = Math.min(lines.length, others.length) - 1;
  return others.slice(0, line).join('\n').length + (line ? 1 : 0) + Math.min(lines.at(-1).length, others[line].length);
}

// behind is a place behind so many letters that are no blanks, with as many
// of the line breaks that the caret had before it as are left.
function behind(before, now, at, letters) {
  let end = 0;
  for (const blank = /\s/; letters > 0; end++) if (!blank.test(now[end])) letters--;
  const gap = before.slice(0, at).match(/\s*$/)[0], breaks = gap.split('\n').length - 1;
  const rows = now.slice(end).match(/^\s*/)[0].split('\n');
  if (!breaks) return end + Math.min(gap.length, rows[0].length);
  return end + rows.slice(0, Math.min(breaks, rows.length - 1) + 1).join('\n').length;
}

// difference is the part of a text that has to go for another: {from, to,
// text}.
export function difference(before, now) {
  const most = Math.min(before.length, now.length);
  let from = 0, tail = 0;
  while (from < most && before[from] === now[from]) from++;
  while (tail < most - from && before.at(-1 - tail) === now.at(-1 - tail)) tail++;
  return {from, to: before.length - tail, text: now.slice(from, now.length - tail)};
}
