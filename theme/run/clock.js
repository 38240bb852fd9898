// The clock of one program, as runner/clock.go has it: it stands still while
// the program works and jumps when the program sleeps.

import {Stop} from './ends.js';

// patience is how often in a row a program may read the clock without waiting
// before each further reading moves it, by impatience nanoseconds.
const patience = 100_000;
const impatience = 100_000;

// limit is how much of this time a program has, in nanoseconds: ten minutes.
const limit = 600_000_000_000;

// Both clocks of WASI, at the start of a program, in nanoseconds.
const epoch = 1_257_894_000_000_000_000n; // 2009-11-10 23:00:00 UTC
const monotonicStart = 1_000_000_000n;

export class Clock {
  now = 0; // nanoseconds since the start of the program
  #readings = 0; // in a row, without a sleep

  // wall and monotonic are one look at the clock.
  wall() {
    this.#read();
    return epoch + BigInt(this.now);
  }

  monotonic() {
    this.#read();
    return monotonicStart + BigInt(this.now);
  }

  #read() {
    if (++this.#readings > patience) this.#advance(impatience);
  }

  // sleep lets some nanoseconds pass.
  sleep(nanoseconds) {
    this.#readings = 0;
    this.#advance(nanoseconds);
  }

  #advance(nanoseconds) {
    if (nanoseconds > limit - this.now) {
      this.now = limit;
      throw new Stop('virtual');
    }
    this.now += Math.max(nanoseconds, 0);
  }
}
