// Ties what belongs to a goroutine together: at a line of output, a lane or a
// go statement, the others of that goroutine light up.

// numbersOf reads "2-5 8".
export function numbersOf(text) {
  return text.split(' ').flatMap(part => {
    const [first, last = first] = part.split('-').map(Number);
    return Array.from({length: last - first + 1}, (_, i) => first + i);
  });
}

const tied = new WeakSet();

// tie ties a figure together. It may be called again when its outcome is
// another.
export function tie(figure) {
  for (const name of figure.querySelectorAll('.outcome .names > div[data-g]')) {
    name.parentElement.removeAttribute('aria-hidden');
    name.parentElement.setAttribute('role', 'group');
    name.parentElement.setAttribute('aria-label', 'Goroutines: show what belongs to one');
    name.setAttribute('role', 'button');
    name.setAttribute('aria-pressed', 'false');
    name.tabIndex = 0;
  }
  if (tied.has(figure)) return;
  tied.add(figure);
  let pinned; // what was tapped, until something else is
  const light = at => show(figure, goroutinesAt(figure, at ?? pinned), pinned);
  figure.addEventListener('pointerover', event => event.pointerType === 'mouse' && light(event.target));
  figure.addEventListener('pointerleave', () => light());
  figure.addEventListener('focusin', event => light(event.target));
  figure.addEventListener('focusout', () => light());
  figure.addEventListener('click', event => {
    if (event.target.closest('button, summary, a, input, select, textarea')) return;
    if (getSelection().toString()) return;
    const name = event.target.closest('[data-g], .ln');
    pinned = name === pinned || !goroutinesAt(figure, name).size ? undefined : name;
    light();
  });
  figure.addEventListener('keydown', event => {
    if (event.target.getAttribute('role') !== 'button' || !['Enter', ' '].includes(event.key)) return;
    event.preventDefault();
    event.target.click();
  });
}

// goroutinesAt are the numbers of those that an element is about.
function goroutinesAt(figure, at) {
  const own = at?.closest?.('.outcome [data-g]');
  if (own) return new Set(numbersOf(own.dataset.g));
  const line = lineOf(at);
  if (!line) return new Set();
  return new Set([...figure.querySelectorAll(`.names > div[data-line="${line}"]`)]
    .flatMap(name => numbersOf(name.dataset.g)));
}

// lineOf is the number of a line of code, from 1; 0 for one that has gone.
function lineOf(at) {
  const ln = at?.closest?.('.ln');
  return ln?.parentElement ? [...ln.parentElement.querySelectorAll('.ln')].indexOf(ln) + 1 : 0;
}

function show(figure, numbers, pinned) {
  figure.classList.toggle('tied', numbers.size > 0);
  const lines = new Set();
  for (const part of figure.querySelectorAll('.outcome [data-g]')) {
    const lit = numbersOf(part.dataset.g).some(g => numbers.has(g));
    part.classList.toggle('lit', lit);
    if (part.hasAttribute('aria-pressed')) part.setAttribute('aria-pressed', String(part === pinned));
    if (lit && part.dataset.line) lines.add(Number(part.dataset.line));
  }
  for (const [i, ln] of figure.querySelectorAll('pre.code .ln').entries())
    ln.classList.toggle('lit', lines.has(i + 1));
}
