// Folders of the tree open in place: what is in one is read from its page.

export function start(root) {
  for (const link of root.querySelectorAll('.js-tree a.folder:not(.open)')) prepare(link);
}

// prepare puts a button over the mark before a folder's name.
function prepare(link) {
  if (link.parentElement.querySelector('.toggle')) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'toggle';
  button.setAttribute('aria-expanded', 'false');
  button.setAttribute('aria-label', `Show what is in ${link.textContent}`);
  button.addEventListener('click', () => toggle(link, button));
  link.before(button);
}

async function toggle(link, button) {
  const open = button.getAttribute('aria-expanded') === 'true';
  let list = link.parentElement.querySelector('ul');
  if (!open && !list) {
    try {
      list = await read(link.href);
    } catch {
      location.href = link.href; // its page says more than we can
      return;
    }
    link.after(list);
    for (const below of list.querySelectorAll('a.folder')) prepare(below);
  }
  list.hidden = open;
  link.classList.toggle('open', !open);
  button.setAttribute('aria-expanded', String(!open));
}

// read makes a list of the one on a folder's page.
async function read(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(response.statusText);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const links = page.querySelectorAll('main .list a');
  if (links.length === 0) throw new Error('no list');
  const list = document.createElement('ul');
  for (const from of links) {
    const item = document.createElement('li'), link = document.createElement('a');
    link.href = new URL(from.getAttribute('href'), address);
    link.textContent = from.textContent;
    if (from.classList.contains('folder')) link.className = 'folder';
    item.append(link);
    list.append(item);
  }
  return list;
}
