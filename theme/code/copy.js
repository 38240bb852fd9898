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

async function copy(code, button) {
  try {
    const text = code.querySelector('textarea')?.value ?? code.innerText;
    await navigator.clipboard.writeText(text.replace(/\n*$/, '\n'));
    button.textContent = 'Copied';
  } catch {
    getSelection().selectAllChildren(code);
    button.textContent = 'Selected';
  }
  setTimeout(() => { button.textContent = 'Copy'; }, 1500);
}
