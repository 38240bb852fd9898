// Fetches the guest, once: compressed as well as host and browser can, kept
// for when there is no network.

const store = 'runnel';

// forms are how a host may have the guest, best first: what is added to its
// address, and whether this browser can read it.
async function forms(address) {
  const plain = {ending: ''};
  try {
    // Some hosts compress by themselves, or send the compressed file.
    const head = await fetch(address, {method: 'HEAD'});
    if (head.ok && head.headers.get('content-encoding')) return [plain];
  } catch {
    // Without a network there may be a copy of any form.
  }
  return [...['brotli', 'gzip'].filter(canRead).map(format =>
    ({format, ending: format === 'gzip' ? '.gz' : '.br'})), plain];
}

function canRead(format) {
  try {
    new DecompressionStream(format);
    return true;
  } catch {
    return false;
  }
}

// fetchGuest gives the module's bytes. told hears how many bytes have come, and
// of how many, 0 where that is not known.
export async function fetchGuest(address, told) {
  for (const {ending, format} of await forms(address)) {
    const response = await get(address + ending);
    if (!response) continue;
    const bytes = await readAll(response, told);
    // A host that names the compression has the browser undo it.
    if (isModule(bytes)) return bytes;
    if (!format) break;
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format));
    const module = new Uint8Array(await new Response(stream).arrayBuffer());
    if (isModule(module)) return module;
  }
  throw new Error('The interpreter could not be fetched.');
}

function isModule(bytes) {
  return bytes[0] === 0 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d;
}

// get gives a response of 200, from the store if it is there.
async function get(address) {
  const cache = await openStore();
  const kept = await cache?.match(address);
  if (kept) return kept;
  let response;
  try {
    response = await fetch(address);
  } catch {
    return undefined;
  }
  if (!response.ok) return undefined;
  if (cache) keep(cache, address, response.clone());
  return response;
}

// openStore opens what a browser keeps for this site, where it does: not on
// hosts without encryption.
async function openStore() {
  try {
    return await caches.open(store);
  } catch {
    return undefined;
  }
}

// keep stores a response, and drops guests of earlier builds of the same site.
async function keep(cache, address, response) {
  try {
    await cache.put(address, response);
    const guests = new URL('guest-', address).href;
    for (const {url} of await cache.keys())
      if (url !== address && url.startsWith(guests)) await cache.delete(url);
  } catch {
    // No room, or a tab that is closed: it will be fetched again.
  }
}

async function readAll(response, told) {
  const encoded = response.headers.get('content-encoding');
  const total = encoded ? 0 : Number(response.headers.get('content-length')) || 0;
  const pieces = [];
  let size = 0;
  for await (const piece of pour(response.body)) {
    pieces.push(piece);
    told(size += piece.length, total);
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

// pour reads a stream piece by piece; not every browser can iterate over one.
async function* pour(stream) {
  const reader = stream.getReader();
  for (;;) {
    const {done, value} = await reader.read();
    if (done) return;
    yield value;
  }
}
