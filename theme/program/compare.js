// Compares two outputs line by line: what only one of them has is marked.

// most is how many lines of each are compared.
const most = 1500;

// linesOf are the lines of an outcome, and how it ended.
function linesOf(outcome) {
  const lines = [...outcome.querySelectorAll('.line .text, .message, .diagnostics li')];
  const end = outcome.querySelector('.end')?.textContent ?? '';
  return [...lines.map(line => line.textContent).slice(0, most), end.split(' · ')[0]];
}

// likeness says how an outcome compares with the published one. Go promises
// no order among the lines of different goroutines.
export function likeness(published, own) {
  const [a, b] = [linesOf(published), linesOf(own)];
  const same = (a, b) => a.length === b.length && a.every((line, i) => line === b[i]);
  if (same(a, b)) return 'The same output as published.';
  if (same(a.toSorted(), b.toSorted())) return 'The lines of the published output, in another order.';
  return 'Other output than published.';
}

// comparison draws the difference between the published outcome and another.
export function comparison(published, own) {
  const section = document.createElement('section');
  section.className = 'compared';
  section.setAttribute('aria-label', 'Compared with the published output');
  const list = document.createElement('pre');
  list.className = 'output';
  list.tabIndex = 0;
  let apart = 0;
  for (const [kind, text] of differences(linesOf(published), linesOf(own))) {
    const line = document.createElement('span');
    line.className = kind ? `line ${kind}` : 'line';
    const sign = document.createElement('span');
    sign.className = 'sign';
    sign.textContent = {gone: 'published', new: 'yours'}[kind] ?? '';
    const words = document.createElement('span');
    words.className = 'text';
    words.textContent = text;
    line.append(sign, words, '\n');
    list.append(line);
    if (kind) apart++;
  }
  const said = document.createElement('p');
  said.textContent = apart ? 'Compared with the published output:' : 'The same as the published output.';
  section.append(said, list);
  return section;
}

// differences are the lines of both, each with 'gone', 'new' or '': a longest
// common subsequence.
function differences(a, b) {
  let top = 0, end = 0;
  const least = Math.min(a.length, b.length);
  while (top < least && a[top] === b[top]) top++;
  while (end < least - top && a.at(-1 - end) === b.at(-1 - end)) end++;
  const same = lines => lines.map(line => ['', line]);
  return [
    ...same(a.slice(0, top)),
    ...middle(a.slice(top, a.length - end), b.slice(top, b.length - end)),
    ...same(a.slice(a.length - end)),
  ];
}

function middle(a, b) {
  // common[i][j] is how long a common subsequence of a from i, b from j is.
  const common = Array.from({length: a.length + 1}, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i][j] = a[i] === b[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
  const out = [];
  let i = 0, j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      out.push(['', a[i++]]);
      j++;
    } else if (j === b.length || i < a.length && common[i + 1][j] >= common[i][j + 1]) {
      out.push(['gone', a[i++]]);
    } else {
      out.push(['new', b[j++]]);
    }
  }
  return out;
}
