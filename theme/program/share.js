// A program in an address: behind its figure's name and a tilde, compressed.
// Who opens such an address sees the program in the editor; it does not run
// by itself.

const pattern = /^#(_program-\d+)~([\w-]+)$/;

// most is how long a program in an address may be.
const most = 200_000;

// addressOf is the address of the page with a program in it.
async function addressOf(id, program) {
  const stream = new Blob([JSON.stringify(program)]).stream()
    .pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  const data = btoa(text).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  return new URL(`#${id}~${data}`, location).href;
}

// share puts a program into the address of the page and the clipboard, and
// says what it did.
export async function share(id, program) {
  const address = await addressOf(id, program);
  history.replaceState(history.state, '', address);
  try {
    await navigator.clipboard.writeText(address);
    return 'A link with this program is in your clipboard.';
  } catch {
    return 'The address of the page now holds this program.';
  }
}

// unshare takes it out again.
export function unshare() {
  const figure = sharedIn(location.hash);
  if (figure) history.replaceState(history.state, '', `#${figure}`);
}

// sharedIn says which figure the address is about; undefined for none.
export function sharedIn(hash) {
  return pattern.exec(hash)?.[1];
}

// programIn reads {code, seed} from an address; undefined if it cannot be.
export async function programIn(hash) {
  try {
    const text = atob(pattern.exec(hash)[2].replace(/-/g, '+').replace(/_/g, '/'));
    const bytes = Uint8Array.from(text, c => c.charCodeAt(0));
    const reader = new Blob([bytes]).stream()
      .pipeThrough(new DecompressionStream('deflate-raw')).getReader();
    const decoder = new TextDecoder();
    let read = '';
    for (;;) {
      const {done, value} = await reader.read();
      if (done) break;
      read += decoder.decode(value, {stream: true});
      if (read.length > most) return undefined;
    }
    const {code, seed} = JSON.parse(read);
    return {code: String(code), seed: Number.isSafeInteger(seed) && seed > 0 ? seed : 0};
  } catch {
    return undefined;
  }
}
