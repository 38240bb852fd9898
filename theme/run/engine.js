// The engine: what the page asks to run a program. It starts the worker when
// it is first needed, and ends it when a program takes too long.

import {setting} from './place.js';

// wall is how long a program may take, in milliseconds, if its page does not
// say otherwise.
const wall = 10_000;

let worker, opened, compiled, number = 0;
const waiting = new Map(); // of numbers to what hears of their task

// taken is what a task hears whose worker was ended because of another one.
const taken = 'The worker was ended.';

const made = () => new Worker(new URL('./worker.js', import.meta.url), {type: 'module'});

function begin(next = made()) {
  worker = next;
  worker.onmessage = ({data}) => waiting.get(data.id)?.(data);
  worker.onerror = event => end(event.message || 'The worker could not start.');
}

// renew has another worker take over, where one can start and nothing is at
// hand: what programs have left behind is gone at once with the one before.
function renew() {
  const before = worker, next = made();
  next.onmessage = () => {
    if (worker !== before || waiting.size) return next.terminate();
    before.terminate();
    opened = undefined;
    begin(next);
    open().catch(() => {});
  };
}

// end ends the worker, and what waits for it.
function end(reason) {
  worker?.terminate();
  worker = opened = undefined;
  for (const hear of [...waiting.values()]) hear({error: reason});
}

// send sends a task, tells hear of what happens to it, and gives the answer. The
// modules of the task are the worker's from then on.
function send(task, hear = () => {}) {
  if (!worker) begin();
  const id = ++number;
  return new Promise((resolve, reject) => {
    waiting.set(id, data => {
      if ('answer' in data || 'error' in data) waiting.delete(id);
      if ('answer' in data) resolve(data.answer);
      else if ('error' in data) reject(new Error(data.error));
      else hear(data);
    });
    worker.postMessage({...task, id}, (task.exact ?? []).flatMap(module => module?.buffer ?? []));
  });
}

// isReady says whether the guest is here.
export const isReady = () => Boolean(compiled);

// open fetches the guest if it is not here. told hears how many bytes have
// come, of how many; a signal ends the wait.
export async function open(told = () => {}, signal = undefined) {
  const guest = setting('guest');
  if (!guest) throw new Error('This site has no interpreter.');
  opened ??= send({open: guest.href, kept: compiled}, data => {
    compiled = data.compiled ?? compiled;
    if (data.loaded) for (const hear of hearing) hear(data.loaded, data.total);
  });
  hearing.add(told);
  try {
    await (signal ? Promise.race([opened, aborted(signal)]) : opened);
  } catch (error) {
    if (!signal?.aborted) opened = undefined;
    throw error;
  } finally {
    hearing.delete(told);
  }
}
const hearing = new Set();

function aborted(signal) {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}

// compile has Go compile a program and the one before, or says why not.
async function compile(program, before, how) {
  const {build} = await import('./compiler.js');
  const built = await build(program, {guest: compiled, ...how});
  if (built.reported) return built;
  const earlier = before && await build(before, {guest: compiled, ...how});
  return {exact: [built.module, earlier?.module], vet: built.vet};
}

// run runs a program and gives what the guest makes of it: {HTML, Marks}. A
// signal ends it early, as its time does. exact has Go compile it, and hears
// what is done meanwhile. See worker.js for before and context.
export async function run(program, options = {}) {
  const {before, context, timeout = wall, signal, exact: hear} = options;
  await open(undefined, signal);
  signal?.throwIfAborted();
  let exact, vet;
  if (hear) {
    renew();
    const built = await compile(program, before, {signal, told: hear});
    signal?.throwIfAborted();
    if (built.reported) return send({draw: {Reported: built.reported, ...context}});
    ({exact, vet} = built);
  }
  let timer, now = 0, ended = '';
  const seen = [];
  const stop = reason => {
    ended = reason;
    end(taken);
  };
  const abort = () => stop('aborted');
  signal?.addEventListener('abort', abort);
  try {
    return await send({program, before, context: {...context, Vet: vet}, exact}, data => {
      if (data.started) timer = setTimeout(stop, timeout, 'timeout');
      if (data.seen) seen.push(...JSON.parse(data.seen));
      now = data.now ?? now;
    });
  } catch (error) {
    signal?.throwIfAborted();
    if (!ended && error.message === taken) return run(program, options);
    if (ended !== 'timeout') throw error;
    await open();
    return await send({draw: {Writes: seen, Now: now, Stopped: 'timeout', Compiled: Boolean(exact), Vet: vet, ...context}});
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

// ask has the guest do a job by its number; see worker.js.
export async function ask(job, number) {
  await open();
  try {
    return await send({ask: number, job});
  } catch (error) {
    if (error.message !== taken) throw error;
    return ask(job, number);
  }
}
