// A program's figure is replaced as a whole when anything of it changes: its
// code, or what came of it. What a reader has begun there is taken along: what
// is typed in the editor, the place of a replay, what is scrolled.

let page; // the page's own module for programs
const begun = new WeakMap(); // figures to what waits for them

// ready has to be called before figures are replaced.
export async function ready() {
  const main = document.querySelector('script[src$="/main.js"]');
  if (main && document.querySelector('figure.program')) page ??= await import(new URL('program.js', main.src));
}

// carry takes along what was begun in the figures of some nodes to those of
// others that come in their place.
export function carry(gone, come) {
  const free = figures(come);
  for (const figure of figures(gone)) {
    let at = free.findIndex(other => code(other) === code(figure));
    if (at < 0) at = free.findIndex(other => other.id && other.id === figure.id);
    if (at < 0) continue;
    const [other] = free.splice(at, 1);
    begun.set(other, {...begun.get(figure), ...page?.leave(figure), scrolled: scrolled(figure)});
  }
}

// resume takes up in the figures of the page what waits for them. A program
// that runs for the first time has nothing yet in which it could be.
export async function resume() {
  for (const figure of document.querySelectorAll('figure.program')) {
    const waits = begun.get(figure);
    if (!waits) continue;
    scroll(figure, waits.scrolled);
    if (await page?.resume(figure, waits)) begun.delete(figure);
  }
}

const figures = nodes => nodes.filter(node => node.nodeType === Node.ELEMENT_NODE)
  .flatMap(node => [...node.matches('figure.program') ? [node] : [], ...node.querySelectorAll('figure.program')]);

function code(figure) {
  const own = figure.querySelector('pre.code code')?.cloneNode(true);
  for (const other of own?.querySelectorAll('.why, textarea') ?? []) other.remove();
  return own?.textContent;
}

const boxes = figure => [...figure.querySelectorAll('pre, [tabindex]')];

// scrolled is where the boxes of a figure are, by their kind.
const scrolled = figure => boxes(figure).filter(box => box.scrollLeft || box.scrollTop)
  .map(box => ({kind: box.className, left: box.scrollLeft, top: box.scrollTop}));

function scroll(figure, places) {
  for (const {kind, left, top} of places)
    boxes(figure).find(box => box.className === kind)?.scrollTo({left, top, behavior: 'instant'});
}
