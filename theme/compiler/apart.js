// Does jobs in workers of their own, which end then: what a job leaves behind,
// more than what it gives, is gone at once and not when the engine finds the
// time.

import {jobs, moved} from './jobs.js';

// next are workers that wait for their job, {worker, ready: a promise}: two, since
// one that begins with a job may not be ready for the next.
const next = [], most = 2;

function begin() {
  const worker = new Worker(new URL('./hand.js', import.meta.url), {type: 'module'});
  const ready = new Promise((resolve, reject) => {
    worker.onmessage = resolve;
    worker.onerror = reject;
  });
  ready.catch(() => {});
  return {worker, ready};
}

// apart does a job of jobs.js by its name. What it is given is the job's from
// then on, as far as it can be moved. told hears what the job says on the way.
export async function apart(name, given, told = () => {}) {
  const {worker, ready} = next.shift() ?? begin();
  try {
    await ready;
  } catch {
    // Without a network there may be no worker, but all that a job needs.
    return jobs[name](given, told);
  }
  while (next.length < most) next.push(begin());
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({data}) => {
        if (data.told) told(...data.told);
        else if ('error' in data) reject(new Error(data.error));
        else resolve(data.made);
      };
      worker.onerror = event => reject(new Error(event.message || 'The worker ended.'));
      worker.postMessage({name, given}, moved(given));
    });
  } finally {
    worker.terminate();
  }
}
