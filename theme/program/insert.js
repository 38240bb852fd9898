// insert types text into a text area, so that undo knows of it.
export function insert(area, text) {
  if (document.activeElement === area && document.execCommand(text ? 'insertText' : 'delete', false, text)) return;
  area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end');
  area.dispatchEvent(new Event('input'));
}
