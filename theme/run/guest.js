// The guest as WebAssembly: one instance runs one program, or does another
// job. What the guest wants of its host beside WASI is in cmd/guest/main.go.

import {Clock} from './clock.js';
import {Exit, Report, Stop, trapOf} from './ends.js';
import {Random} from './random.js';
import {Record} from './record.js';
import {part} from './lastwords.js';
import {wasi} from './wasi.js';

// steps is how many a program has that does not say otherwise.
const steps = 5_000_000;
// longestName is that of a goroutine's function, in bytes.
const longestName = 200;

// The stack of the guest is the interpreter's; that of a compiled program says
// at which line.
const env = compiled => [`GOTRACEBACK=${compiled ? 'single' : 'none'}`, 'GOMEMLIMIT=110MiB'];
const encoder = new TextEncoder(), decoder = new TextDecoder('utf-8', {ignoreBOM: true});

// host is what an instance imports. settings are the answers of setting by
// its keys; the fourth counts. library gives the export data of packages that
// only a compiled program can import.
function host({memory, job, settings, record, library = () => undefined}) {
  let found;
  const bytes = (at, length) => new Uint8Array(memory().buffer, at, length);
  return {
    job_len: () => job.length,
    job_read: at => bytes(at, job.length).set(job),
    library_len(at, length) {
      found = library(decoder.decode(bytes(at, length)));
      return found?.length ?? 0;
    },
    library_read: at => bytes(at, found.length).set(found),
    report(at, length) {
      throw new Report(decoder.decode(bytes(at, length)));
    },
    setting(key) {
      if (key === 4) record.tick();
      if (key === 6) record.tests();
      return settings[key] ?? 0n;
    },
    steps: line => record.outOfSteps(line),
    event(G, Kind, Op, Line, Object, Child, at, length) {
      const Func = decoder.decode(bytes(at, Math.min(length >>> 0, longestName)));
      return record.event({G, Kind, Op, Line, Object, Child, Func}) ? 0 : 1;
    },
    panic_at: line => record.panicAt(line),
    capture(on) {
      found = record.capture(on);
      return found.length;
    },
    captured: at => bytes(at, found.length).set(found),
  };
}

// start runs an instance to its end, and says what was seen of it: the run,
// and what the guest reported, if it did.
async function start(module, {job, args, stdin = '', seed = 0n, settings, limit = steps, watch, library, compiled}) {
  const clock = new Clock(), record = new Record(clock, limit);
  let instance;
  const memory = () => instance.exports.memory;
  const out = [];
  out[1] = text => record.write(1, text);
  out[2] = text => compiled ? record.print(text) : record.speak(text);
  out[3] = text => record.write(2, text);
  watch?.(record, clock);
  instance = await WebAssembly.instantiate(module, {
    wasi_snapshot_preview1: wasi({
      memory, clock, args: ['main', ...args ?? []], env: env(compiled), stdin: encoder.encode(stdin),
      random: new Random(job, seed), out,
    }),
    runnel: host({memory, job, settings, record, library}),
  });
  try {
    instance.exports._start();
    return {run: record.run({Status: 0})};
  } catch (error) {
    if (error instanceof Report) return {run: record.run({}), reported: error.text};
    if (error instanceof Exit) return {run: record.run({Status: error.status})};
    if (error instanceof Stop) return {run: record.run({Status: -1, Stopped: error.limit})};
    const Trap = trapOf(error);
    if (!Trap) throw error;
    return {run: record.run({Status: -1, Trap})};
  }
}

// run runs a program: its source, args, stdin, a seed as a big integer. What
// the guest says of one that it did not run is in Reported.
export async function run(module, {source, args, stdin, seed = 0n, limit = steps}, watch) {
  const settings = [BigInt(limit), BigInt.asIntN(64, seed)];
  const {run, reported} = await start(module, {
    job: encoder.encode(source), args, stdin, seed, settings, limit, watch,
  });
  return reported ? {...run, Reported: JSON.parse(reported)} : run;
}

// runCompiled runs a program that Go compiled: a module of its own.
export async function runCompiled(module, {source, args, stdin, seed = 0n, limit = steps}, watch) {
  const settings = [BigInt(limit), BigInt.asIntN(64, seed)];
  const {run} = await start(module, {
    job: encoder.encode(source), args, stdin, seed, settings, limit, watch, compiled: true,
  });
  return part({...run, Compiled: true});
}

// translate has the guest check a program and rewrite it for the compiler: its
// report has a Source, or says what is wrong.
export async function translate(module, {source, seed = 0n, limit = steps}, library) {
  const settings = [BigInt(limit), BigInt.asIntN(64, seed), 0n, 1n];
  const {run, reported} = await start(module, {job: encoder.encode(source), seed, settings, limit, library});
  if (!reported) throw new Error(`The program is too complex to check (${run.Stopped || run.Trap || run.Status}).`);
  return JSON.parse(reported);
}

// ask has the guest do a job that is no program, by its number in setting 5,
// and gives its answer.
export async function ask(module, number, job) {
  const settings = [];
  settings[5] = BigInt(number);
  const {run, reported} = await start(module, {job: encoder.encode(JSON.stringify(job)), settings});
  if (!reported) throw new Error(`the interpreter did not answer: ${JSON.stringify(run)}`);
  return JSON.parse(reported);
}
