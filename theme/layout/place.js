// Where the page stands, and what the site says to scripts.

const {dataset} = document.documentElement;

// root is the address of the site's root.
export const root = new URL(dataset.root, document.baseURI);

// setting is an address that the page names, undefined where it names none.
export function setting(name) {
  const path = dataset[name];
  return path === undefined ? undefined : new URL(path, root);
}
