// The worker in which programs run. It says {ready}. The page sends a task with a
// number and gets {id, answer} or {id, error} for it, and on the way {id, loaded, total}
// while the guest is fetched, {id, started} when a program begins, and {id,
// seen, now} with what it has written since, in case it must be ended.
//
// Tasks: {open: address of the guest}, {program: as guest.js takes it, before:
// the program of the code before, if that runs by itself, context: what else
// the guest needs to draw it, exact: what Go compiled of the program, as bytes,
// and of the one before}, {draw: a run}, {ask: number, job}.

import {fetchGuest} from './fetch.js';
import {ask, run, runCompiled} from './guest.js';

// seenEvery is how often the page hears of what was written, in milliseconds;
// of so many writes it hears at once.
const seenEvery = 100, seenAtOnce = 50;

// The numbers of the guest's jobs.
const draw = 1, warn = 5;

let module; // a promise of the compiled guest

const tasks = {
  async open({open, kept}, tell) {
    if (kept instanceof WebAssembly.Module) module = kept;
    module ??= fetchGuest(open, (loaded, total) => tell({loaded, total}));
    try {
      tell({compiled: await module});
    } catch (error) {
      module = undefined;
      throw error;
    }
  },
  async program({program, before, context, exact}, tell) {
    const [own, earlier] = await Promise.all((exact ?? []).map(bytes => bytes && WebAssembly.compile(bytes)));
    tell({started: true});
    const runs = async (compiled, ...what) =>
      compiled ? runCompiled(compiled, ...what) : run(await module, ...what);
    const Before = before && await runs(earlier, before);
    const seen = await runs(own, program, observe(tell));
    return ask(await module, draw, {
      ...seen, ...context, Source: program.source, Vet: context.Vet ?? await warnings(program), Before,
    });
  },
  async draw(task) {
    return ask(await module, draw, task.draw);
  },
  async ask(task) {
    return ask(await module, task.ask, task.job);
  },
};

// warnings are what vet has against a program that Go has not compiled.
async function warnings({source}) {
  const {Vet} = await ask(await module, warn, {Source: source}).catch(() => ({}));
  return Vet ?? [];
}

// observe tells, while a program runs, what it writes.
function observe(tell) {
  return (record, clock) => {
    let last = performance.now(), told = 0;
    for (const act of ['write', 'tick']) {
      const plain = record[act].bind(record);
      record[act] = (...what) => {
        plain(...what);
        if (record.writes.length === told) return;
        const now = performance.now();
        if (told >= seenAtOnce && now < last + seenEvery) return;
        tell({seen: JSON.stringify(record.writes.slice(told)), now: clock.now});
        last = now;
        told = record.writes.length;
      };
    }
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

postMessage({ready: true});
