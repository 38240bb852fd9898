// How a run ends from outside: what host functions throw to get out of it.

// A Stop ends a program at a limit, whose name is that of package timeline.
export class Stop extends Error {
  constructor(limit) {
    super(`stopped: ${limit}`);
    this.limit = limit;
  }
}

// An Exit is the program's own.
export class Exit extends Error {
  constructor(status) {
    super(`exit status ${status}`);
    this.status = status;
  }
}

// A Report is an answer of the guest, which ends its run.
export class Report extends Error {
  constructor(text) {
    super('report');
    this.text = text;
  }
}

// traps are the words of runner's host for what WebAssembly itself ends.
const traps = [
  [/unreachable/, 'wasm error: unreachable'],
  [/memory access out of bounds/, 'wasm error: out of bounds memory access'],
  [/divide by zero/, 'wasm error: integer divide by zero'],
];

// trapOf words an error that is none of the above, '' where it is our own.
export function trapOf(error) {
  if (error instanceof RangeError || error?.name === 'InternalError')
    return 'stack overflow';
  if (!(error instanceof WebAssembly.RuntimeError)) return '';
  const known = traps.find(([pattern]) => pattern.test(error.message));
  return known ? known[1] : `wasm error: ${error.message}`;
}
