// Fetches the parts of Go's toolchain in a worker of its own, which ends then:
// what unpacking them leaves behind, more than they are themselves, is gone at
// once and not when the engine finds the time.

import {Store} from './store.js';

// fetchApart does what Store's fetch does.
export async function fetchApart(folder, files, told) {
  let began = false;
  const worker = new Worker(new URL('./fetcher.js', import.meta.url), {type: 'module'});
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({data}) => {
        began = true;
        if (data.made) resolve(data.made);
        else if (data.error) reject(new Error(data.error));
        else if (data.total) told(data.loaded, data.total);
      };
      worker.onerror = () => reject(new Error('The worker could not start.'));
      worker.postMessage({folder, files});
    });
  } catch (error) {
    if (began) throw error;
    // Without a network there may be no worker, but all parts.
    return new Store(folder).fetch(files, told);
  } finally {
    worker.terminate();
  }
}
