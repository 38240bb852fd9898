// Runs Go's compiler or linker over files in memory.

import {Exit, trapOf} from './ends.js';
import {File, files} from './files.js';
import {wasi} from './wasi.js';

// The tools' clock and random bytes: they decide nothing of what is made.
const clock = {
  wall: () => BigInt(Date.now()) * 1_000_000n,
  monotonic: () => BigInt(Math.round(performance.now() * 1e6)) + 1_000_000_000n,
  sleep() {},
};
const random = {fill: bytes => crypto.getRandomValues(bytes)};

const env = ['GOOS=wasip1', 'GOARCH=wasm', 'PWD=/', 'TMPDIR=/tmp', 'GOGC=400', 'GOMEMLIMIT=160MiB'];

// toolRun runs a tool, a module, with arguments over files, a map of names to
// bytes. It gives its exit status, what it said, and some files afterwards.
export async function toolRun({module, args, files: given, back}) {
  const tree = new Map([...given].map(([name, bytes]) => [name, new File(bytes)]));
  const said = [], decoder = new TextDecoder();
  const hear = text => said.push(decoder.decode(text.slice()));
  let instance;
  const memory = () => instance.exports.memory;
  const streams = wasi({
    memory, clock, random, args, env, stdin: new Uint8Array(0), out: [, hear, hear],
  });
  const held = files(memory, tree);
  // What is about a file that is open is for the files, the rest for streams.
  const both = new Proxy(streams, {
    get(all, name) {
      if (!held[name]) return all[name];
      if (!name.startsWith('fd_')) return held[name];
      return (fd, ...rest) => (fd < 3 ? all[name] : held[name])(fd, ...rest);
    },
  });
  instance = await WebAssembly.instantiate(module, {wasi_snapshot_preview1: both});
  let status = 0;
  try {
    instance.exports._start();
  } catch (error) {
    const trap = trapOf(error);
    if (!(error instanceof Exit) && !trap) throw error;
    if (trap) said.push(trap);
    status = error instanceof Exit ? error.status : 2;
  }
  return {status, said: said.join(''), files: new Map(back.map(name => [name, tree.get(name)?.bytes]))};
}
