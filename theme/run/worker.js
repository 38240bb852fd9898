// The worker in which programs run. The page sends a task with a number and
// gets {id, answer} or {id, error} for it, and on the way {id, loaded, total}
// while the guest is fetched, {id, started} when a program begins, and {id,
// seen} with what it has written so far, in case it must be ended.
//
// Tasks: {open: address of the guest}, {program: as guest.js takes it, before:
// the program of the code before, if that runs by itself, context: what else
// the guest needs to draw it}, {draw: a run}, {ask: number, job}.

import {fetchGuest} from './fetch.js';
import {ask, run} from './guest.js';

// seenEvery is how often the page hears of what was written, in milliseconds.
const seenEvery = 100;

// The numbers of the guest's jobs.
const draw = 1;

let module; // a promise of the compiled guest

const tasks = {
  async open({open, kept}, tell) {
    if (kept instanceof WebAssembly.Module) module = kept;
    module ??= fetchGuest(open, (loaded, total) => tell({loaded, total}))
      .then(bytes => WebAssembly.compile(bytes));
    try {
      tell({compiled: await module});
    } catch (error) {
      module = undefined;
      throw error;
    }
  },
  async program({program, before, context}, tell) {
    tell({started: true});
    const Before = before && await run(await module, before);
    const seen = await run(await module, program, observe(tell));
    return ask(await module, draw, {...seen, ...context, Before});
  },
  async draw(task) {
    return ask(await module, draw, task.draw);
  },
  async ask(task) {
    return ask(await module, task.ask, task.job);
  },
};

// observe tells, now and then while a program runs, what it has written.
function observe(tell) {
  return (record, clock) => {
    let last = performance.now(), told = 0;
    const tick = record.tick.bind(record);
    record.tick = () => {
      tick();
      const now = performance.now();
      if (now < last + seenEvery || record.writes.length === told) return;
      last = now;
      told = record.writes.length;
      tell({seen: JSON.stringify(record.writes), now: clock.now});
    };
  };
}

onmessage = async ({data}) => {
  const tell = message => postMessage({id: data.id, ...message});
  try {
    const kind = Object.keys(tasks).find(name => name in data);
    tell({answer: await tasks[kind](data, tell) ?? null});
  } catch (error) {
    tell({error: String(error?.message ?? error)});
  }
};
