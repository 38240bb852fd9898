// Marks lines of code with what is wrong with them.

// unmark takes away what is said of lines.
export function unmark(code) {
  for (const why of code.querySelectorAll('.why')) why.remove();
  return code;
}

// mark marks the lines that marks name, {Line, Message}, and no others. The
// words stand behind the code, before its line break; who does not see them
// has them below the code as well.
export function mark(pre, marks) {
  unmark(pre);
  const lines = pre.querySelectorAll('.ln');
  for (const line of lines) line.classList.remove('marked', 'warned');
  for (const {Line, Message} of marks) {
    const line = lines[Line - 1];
    if (!line || line.classList.contains('marked')) continue;
    line.classList.add('marked');
    line.classList.toggle('warned', Message.startsWith('vet: '));
    const why = document.createElement('span');
    why.className = 'why';
    why.setAttribute('aria-hidden', 'true');
    why.textContent = Message;
    line.normalize();
    const end = line.lastChild;
    end.splitText(end.length - 1);
    end.after(why);
  }
}
