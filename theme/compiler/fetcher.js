// The worker of apart.js. It gets {folder, files} as Store takes them, and
// answers {began}, {loaded, total} on the way, and {made} or {error}.

import {Store} from './store.js';

onmessage = async ({data: {folder, files}}) => {
  postMessage({began: true});
  try {
    const made = await new Store(folder).fetch(files, (loaded, total) => postMessage({loaded, total}));
    postMessage({made}, made.filter(part => part instanceof Uint8Array).map(part => part.buffer));
  } catch (error) {
    postMessage({error: String(error?.message ?? error)});
  }
};
