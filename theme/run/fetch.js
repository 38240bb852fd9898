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

// fetchGuest gives the module, compiled while it comes: its bytes, tens of
// millions, are never here as a whole. told hears how many bytes have come, and
// of how many, 0 where that is not known.
export async function fetchGuest(address, told) {
  for (const {ending, format} of await forms(address)) {
    const response = await get(address + ending);
    if (!response) continue;
    let begun = await begin(counted(response, told));
    // A host that names the compression has the browser undo it.
    if (!begun.isModule && format) begun = await begin(begun.stream.pipeThrough(new DecompressionStream(format)));
    if (begun.isModule)
      return WebAssembly.compileStreaming(new Response(begun.stream, {headers: {'Content-Type': 'application/wasm'}}));
    begun.stream.cancel();
    if (!format) break;
  }
  throw new Error('The interpreter could not be fetched.');
}

const magic = [0, 0x61, 0x73, 0x6d];

// begin reads so much of a stream that it is known whether it is a module, and
// gives all of it as a stream.
async function begin(stream) {
  const reader = stream.getReader(), read = [], first = [];
  while (first.length < magic.length) {
    const {done, value} = await reader.read();
    if (done) break;
    read.push(value);
    first.push(...value.subarray(0, magic.length));
  }
  return {
    isModule: magic.every((byte, i) => first[i] === byte),
    stream: new ReadableStream({
      async pull(to) {
        const {done, value} = read.length ? {value: read.shift()} : await reader.read();
        if (done) to.close();
        else to.enqueue(value);
      },
      cancel: reason => reader.cancel(reason),
    }),
  };
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

// counted is what a response holds. told hears how much of it has come.
function counted(response, told) {
  const encoded = response.headers.get('content-encoding');
  const total = encoded ? 0 : Number(response.headers.get('content-length')) || 0;
  let size = 0;
  return response.body.pipeThrough(new TransformStream({
    transform(piece, to) {
      told(size += piece.length, total);
      to.enqueue(piece);
    },
  }));
}
