// The page's end of the Go compiler: it starts the worker when it is first
// needed, and lets it live, for what is here stays warm.

import {setting} from './place.js';

let worker, number = 0;

// taken is what a build hears whose worker was ended because of another one.
const taken = 'The worker was ended.';
const waiting = new Map(); // of numbers to what hears of their build

// isThere says whether the site has a compiler.
export const isThere = () => Boolean(setting('compiler'));

function begin() {
  worker = new Worker(new URL('./builder.js', import.meta.url), {type: 'module'});
  worker.onmessage = ({data}) => waiting.get(data.id)?.(data);
  worker.onerror = event => end(event.message || 'The worker could not start.');
}

function end(reason) {
  worker?.terminate();
  worker = undefined;
  for (const hear of [...waiting.values()]) hear({error: reason});
}

// build makes a module of a program; see builder.js. A signal ends it early.
// told hears {loaded, total} or {doing}.
export async function build(program, how) {
  try {
    return await once(program, how);
  } catch (error) {
    if (error.message !== taken || how.signal?.aborted) throw error;
    return build(program, how);
  }
}

function once(program, {guest, signal, told = () => {}}) {
  if (!worker) begin();
  const id = ++number;
  return new Promise((resolve, reject) => {
    const abort = () => end(taken);
    signal?.addEventListener('abort', abort);
    const over = act => value => {
      waiting.delete(id);
      signal?.removeEventListener('abort', abort);
      act(value);
    };
    const done = over(resolve), failed = over(reject);
    waiting.set(id, data => {
      if ('answer' in data) done(data.answer);
      else if ('error' in data) failed(new Error(data.error));
      else told(data);
    });
    worker.postMessage({id, build: program, guest, manifest: setting('compiler').href});
  });
}
