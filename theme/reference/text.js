// The text of code on a page, without what is said behind its lines.

function* pieces(code) {
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT, node =>
    node.parentElement.closest('.why, textarea') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  while (walker.nextNode()) yield walker.currentNode;
}

export const textOf = code => [...pieces(code)].map(node => node.data).join('');

// rangeOf is where a stretch of the text stands on the page.
export function rangeOf(code, from, to) {
  const range = document.createRange();
  let at = 0;
  for (const node of pieces(code)) {
    const end = at + node.length;
    if (from >= at && from <= end) range.setStart(node, from - at);
    if (to >= at && to <= end) {
      range.setEnd(node, to - at);
      return range;
    }
    at = end;
  }
  return range;
}

// offsetAt is the place in the text at a point of the window, -1 for none.
export function offsetAt(code, x, y) {
  const found = document.caretPositionFromPoint?.(x, y);
  const older = found ? undefined : document.caretRangeFromPoint?.(x, y);
  const node = found?.offsetNode ?? older?.startContainer;
  let at = 0;
  for (const piece of pieces(code)) {
    if (piece === node) return at + (found?.offset ?? older.startOffset);
    at += piece.length;
  }
  return -1;
}

// isOn says whether a point of the window is on a stretch of the text.
export function isOn(range, x, y) {
  return [...range.getClientRects()].some(box => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);
}
