// The table of contents follows the reader: the entry of the heading that is
// being read is marked.

let stop = () => {};

export function start(root) {
  const contents = root.querySelector('.js-contents');
  if (!contents) return;
  stop();
  const entries = [...contents.querySelectorAll('a')]
    .map(link => ({link, heading: document.getElementById(decodeURIComponent(link.hash.slice(1)))}))
    .filter(entry => entry.heading);
  let waits = false, current;
  const follow = () => {
    waits = false;
    const reading = entryAt(entries);
    if (reading === current) return;
    current?.link.removeAttribute('aria-current');
    reading?.link.setAttribute('aria-current', 'true');
    current = reading;
    if (reading) reveal(reading.link);
  };
  const soon = () => {
    if (!waits) requestAnimationFrame(follow);
    waits = true;
  };
  addEventListener('scroll', soon, {passive: true});
  addEventListener('resize', soon, {passive: true});
  stop = () => {
    removeEventListener('scroll', soon);
    removeEventListener('resize', soon);
  };
  soon();
}

// entryAt is the last entry whose heading is in the upper third of the window
// or above it; at the very end of the page, the last that can be seen.
function entryAt(entries) {
  const page = document.documentElement;
  const atEnd = innerHeight + scrollY >= page.scrollHeight - 2 && scrollY > 0;
  const line = atEnd ? innerHeight : innerHeight / 3;
  return entries.findLast(entry => entry.heading.getBoundingClientRect().top <= line);
}

// reveal scrolls the column that the contents are in, and never the page.
function reveal(link) {
  const rail = link.closest('.rail');
  if (!rail || rail.scrollHeight <= rail.clientHeight) return;
  const outer = rail.getBoundingClientRect(), inner = link.getBoundingClientRect();
  if (inner.top < outer.top + 40) rail.scrollTop -= outer.top + 40 - inner.top;
  else if (inner.bottom > outer.bottom - 40) rail.scrollTop += inner.bottom - outer.bottom + 40;
}
