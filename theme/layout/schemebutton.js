// The button that chooses colours: those of the system, light, dark, in turn.

const schemes = ['', 'light', 'dark'];
const words = {'': 'as the system has them', light: 'light', dark: 'dark'};
const page = document.documentElement;

export function start(root) {
  const button = root.querySelector('.js-scheme');
  if (!button) return;
  show(button);
  button.addEventListener('click', () => {
    choose(schemes[(schemes.indexOf(page.dataset.scheme ?? '') + 1) % schemes.length]);
    show(button);
  });
  addEventListener('storage', event => { // another page of the site
    if (event.key !== 'scheme') return;
    apply(event.newValue ?? '');
    show(button);
  });
}

function choose(scheme) {
  apply(scheme);
  try {
    if (scheme) localStorage.setItem('scheme', scheme);
    else localStorage.removeItem('scheme');
  } catch {
    // It holds for this page, then.
  }
}

function apply(scheme) {
  if (schemes.includes(scheme) && scheme) page.dataset.scheme = scheme;
  else delete page.dataset.scheme;
}

function show(button) {
  const said = 'Colours: ' + words[page.dataset.scheme ?? ''];
  button.setAttribute('aria-label', said);
  button.title = said;
}
