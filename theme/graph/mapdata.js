// The data of the graph: what package site wrote down, in lists that are quick
// to go through.

const most = 6; // folders that have a colour of their own

// load fetches the data. Addresses in it are from the site's root.
export async function load(from, root) {
  const answer = await fetch(from);
  if (!answer.ok) throw new Error(`${from}: ${answer.status}`);
  const d = await answer.json();
  const count = d.titles.length;
  const ends = endsOf(d.links, count);
  const {first, to} = neighbours(ends, count);
  return {
    count, ends, first, to,
    titles: d.titles,
    folders: d.folders,
    folder: d.folder,
    x: Float32Array.from(d.x),
    y: Float32Array.from(d.y),
    ...groups(d.folder, d.folders.length),
    degree: i => first[i + 1] - first[i],
    near: i => to.subarray(first[i], first[i + 1]),
    // at is the node whose page has an address, from the site's root.
    at(address, root) {
      const {href} = new URL('./' + address, root);
      return address === '' ? -1 : d.titles.findIndex((_, i) => this.address(i) === href);
    },
    address(i) {
      const name = d.names[i] === 0 ? d.titles[i].replaceAll(' ', '-') : d.names[i];
      const path = d.dirs[d.dir[i]] + name;
      return new URL(path === '' ? './' : './' + path + '/', root).href;
    },
  };
}

// endsOf gives the links as pairs of nodes. They are written as, for each
// node, how many later ones it is linked to, and the steps to those.
function endsOf(links, count) {
  const ends = new Int32Array(2 * (links.length - count));
  let at = 0, read = 0;
  for (let node = 0; node < count; node++) {
    let to = node;
    for (let left = links[read++]; left > 0; left--) {
      to += links[read++];
      ends[at++] = node;
      ends[at++] = to;
    }
  }
  return ends;
}

// neighbours lists those of each node: of node i, to[first[i]] and on, up to
// the first of the next.
function neighbours(ends, count) {
  const first = new Int32Array(count + 2), to = new Int32Array(ends.length);
  for (const node of ends) first[node + 2]++;
  for (let i = 2; i < first.length; i++) first[i] += first[i - 1];
  for (let e = 0; e < ends.length; e += 2) {
    to[first[ends[e] + 1]++] = ends[e + 1];
    to[first[ends[e + 1] + 1]++] = ends[e];
  }
  return {first, to};
}

// groups gives the largest folders a group each, from 1, and all others 0.
function groups(folder, folders) {
  const sizes = new Array(folders).fill(0);
  for (const f of folder) sizes[f]++;
  const named = [...sizes.keys()].sort((a, b) => sizes[b] - sizes[a] || a - b).slice(0, most);
  return {named, sizes, group: Uint8Array.from(folder, f => named.indexOf(f) + 1)};
}

// nearest is the node closest to a place, within so far of it, or -1.
export function nearest(data, x, y, within) {
  let best = -1, least = within * within;
  for (let i = 0; i < data.count; i++) {
    const dx = data.x[i] - x, dy = data.y[i] - y;
    const far = dx * dx + dy * dy;
    if (far < least) [best, least] = [i, far];
  }
  return best;
}

// toward is the node to go to from one in a direction: the closest of its
// neighbours that lies there, or else of all nodes.
export function toward(data, from, dx, dy) {
  const pick = nodes => {
    let best = -1, least = Infinity;
    for (const i of nodes) {
      const x = data.x[i] - data.x[from], y = data.y[i] - data.y[from];
      const along = x * dx + y * dy, aside = Math.abs(x * dy - y * dx);
      if (i === from || along <= 0 || aside > 1.2 * along) continue;
      if (along + 2 * aside < least) [best, least] = [i, along + 2 * aside];
    }
    return best;
  };
  const near = pick(data.near(from));
  return near >= 0 ? near : pick(data.x.keys());
}
