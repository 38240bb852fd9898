// Keeps the caret of the editor in sight. Its text area is as wide as its
// longest line and does not scroll; what is around it does.

const pen = document.createElement('canvas').getContext('2d');

// margin is how much of the code is seen beyond the caret, in pixels.
const margin = 40;

// reveal scrolls pre sideways, so that the caret of area is seen.
export function reveal(pre, area) {
  const style = getComputedStyle(area);
  const before = area.value.slice(0, area.selectionEnd);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  pen.font = style.font;
  const x = parseFloat(style.paddingInlineStart) + pen.measureText(spaced(line, style.tabSize)).width;
  const left = pre.scrollLeft + parseFloat(style.paddingInlineStart), right = pre.scrollLeft + pre.clientWidth - margin;
  if (x > right) pre.scrollLeft += x - right;
  else if (x < left) pre.scrollLeft = Math.max(0, x - parseFloat(style.paddingInlineStart) - margin);
}

// spaced is a line with spaces for its tabs.
function spaced(line, size) {
  let out = '';
  for (const part of line.split(/(\t)/)) out += part === '\t' ? ' '.repeat(size - [...out].length % size) : part;
  return out;
}
