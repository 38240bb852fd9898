// The worker of apart.js. It says {ready}, gets {name, given}, a job of
// jobs.js, says {told} on the way, and answers {made} or {error}.

import {jobs, moved} from './jobs.js';

onmessage = async ({data: {name, given}}) => {
  try {
    const made = await jobs[name](given, (...told) => postMessage({told}));
    postMessage({made}, moved(made));
  } catch (error) {
    postMessage({error: String(error?.message ?? error)});
  }
};

postMessage({ready: true});
