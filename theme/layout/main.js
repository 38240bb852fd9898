// The scripts of a page begin here: each part is started on what of it the
// page has. A page is complete without them.

// parts are the parts: what of them must be on a page, and their module, which
// is not fetched before.
const parts = [
];

// start starts the parts on the page, or on a piece of it that is new.
export async function start(root) {
  await Promise.all(parts
    .filter(([selector]) => root.querySelector(selector))
    .map(async ([, load]) => (await load()).start(root)));
}

start(document);
