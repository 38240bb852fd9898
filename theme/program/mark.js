// Marks lines of code with what is wrong with them.

// mark marks the lines that marks name, {Line, Message}, and no others.
export function mark(pre, marks) {
  const lines = pre.querySelectorAll('.ln');
  for (const line of lines) {
    line.classList.remove('marked');
    delete line.dataset.said;
  }
  for (const {Line, Message} of marks) {
    const line = lines[Line - 1];
    if (!line) continue;
    line.classList.add('marked');
    line.dataset.said ??= Message;
  }
}
