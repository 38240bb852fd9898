// A small bar at the edge of the window: what the writer can do with the note,
// and what is going on.

const element = document.createElement('aside');
element.className = 'preview-bar';
element.setAttribute('aria-label', 'Preview');
element.innerHTML = '<a hidden>Edit in Obsidian</a><button type="button" hidden>Copy path</button><span role="status"></span>';
document.body.append(element);
const [edit, button, status] = element.children;

let path = '';
button.addEventListener('click', async () => {
  try {
    await navigator.clipboard.writeText(path);
    bar.say('Copied');
  } catch {
    bar.say(path); // to be copied by hand
  }
});

export const bar = {
  // note says which file the page is of, '' for none.
  note(file) {
    path = file;
    edit.hidden = button.hidden = !file;
    edit.href = 'obsidian://open?path=' + encodeURIComponent(file);
    element.classList.remove('warns');
  },
  // say tells something in passing.
  say(text) { status.textContent = text; },
  // warn tells what stays so until the next change.
  warn(text) {
    status.textContent = text;
    element.classList.add('warns');
  },
};
