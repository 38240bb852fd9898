// A button on each block of code that copies it. It lies over the block, so
// that nothing moves.

export function start(root) {
  for (const code of root.querySelectorAll('pre.code')) {
    if (code.previousElementSibling?.classList.contains('copy')) continue;
    const place = document.createElement('div');
    place.className = 'copy';
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'tool';
    button.textContent = 'Copy';
    button.setAttribute('aria-label', 'Copy this code');
    button.addEventListener('click', () => copy(code, button));
    place.append(button);
    code.before(place);
  }
}

// plain is the code without what a page says of its lines.
function plain(code) {
  const bare = code.cloneNode(true);
  for (const why of bare.querySelectorAll('.why')) why.remove();
  return bare.textContent;
}

async function copy(code, button) {
  try {
    const text = code.querySelector('textarea')?.value ?? plain(code);
    await navigator.clipboard.writeText(text.replace(/\n*$/, '\n'));
    button.textContent = 'Copied';
  } catch {
    getSelection().selectAllChildren(code);
    button.textContent = 'Selected';
  }
  setTimeout(() => { button.textContent = 'Copy'; }, 1500);
}
