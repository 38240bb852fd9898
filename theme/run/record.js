// What a host sees of one run, as runner's output.go and events.go note it.
// Its form is that of record.Run, which the guest makes a recording of.

import {Stop} from './ends.js';

const outputLimit = 1 << 20;
const wordsLimit = 64 << 10;
const eventLimit = 10_000;
// joinAfter is how many writes are told apart.
const joinAfter = 10_000;
// unwound is the kind of event of a goroutine that a panic ends.
const unwound = 9;

// A Bytes grows.
export class Bytes {
  #all;
  length = 0;

  constructor(first) {
    this.#all = first.slice();
    this.length = first.length;
  }

  add(more) {
    if (more instanceof Bytes) more = more.#all.subarray(0, more.length);
    if (this.length + more.length > this.#all.length) {
      const larger = new Uint8Array(2 * (this.length + more.length));
      larger.set(this.#all.subarray(0, this.length));
      this.#all = larger;
    }
    this.#all.set(more, this.length);
    this.length += more.length;
  }

  get all() {
    return this.#all.subarray(0, this.length);
  }

  // text is what it holds, a letter a byte.
  get text() {
    let text = '';
    for (let i = 0; i < this.length; i += 8192)
      text += String.fromCharCode(...this.#all.subarray(i, Math.min(i + 8192, this.length)));
    return text;
  }

  // toJSON writes bytes as Go's encoding/json does.
  toJSON() {
    return btoa(this.text);
  }
}

export class Record {
  writes = [];
  told = [];
  printed = []; // by the builtins of a compiled program, or its runtime
  steps;
  #clock;
  #seq = 0;
  #running = 0; // the goroutine of the last event
  #size = 0;
  #words;
  #captured; // what goes to standard output, while it is kept
  #last = {Truncated: false, Unwound: false, PanicLine: 0, LastLine: 0, Ticks: 0, WordsAt: 0, Tests: false};

  constructor(clock, steps) {
    this.#clock = clock;
    this.steps = steps;
  }

  // write notes a write to stream 1 or 2. At the limit it keeps what fits and
  // stops the program.
  write(stream, text) {
    const kept = text.subarray(0, outputLimit - this.#size);
    if (kept.length) {
      this.#size += kept.length;
      if (stream === 1 && this.#captured) {
        this.#captured.add(kept);
        if (kept.length < text.length) throw new Stop('output');
        return;
      }
      const seq = ++this.#seq, last = this.writes.at(-1);
      if (this.writes.length >= joinAfter && last.At === this.#clock.now && last.Stream === stream)
        last.Text.add(kept);
      else
        this.writes.push({Seq: seq, At: this.#clock.now, G: this.#running, Stream: stream, Text: new Bytes(kept)});
    }
    if (kept.length < text.length) throw new Stop('output');
  }

  // print notes what print, println or the runtime of a compiled program
  // wrote: which of them is seen when it has ended.
  print(text) {
    const kept = text.slice(0, outputLimit - this.#size);
    if (kept.length) {
      this.#size += kept.length;
      this.printed.push({Seq: ++this.#seq, At: this.#clock.now, G: this.#running, Stream: 2, Text: new Bytes(kept)});
    }
    if (kept.length < text.length) throw new Stop('output');
  }

  // speak notes a piece of the last words of Go's runtime.
  speak(text) {
    if (!this.#words) {
      this.#words = new Bytes(text);
      this.#last.WordsAt = this.#clock.now;
    } else if (this.#words.length < wordsLimit) {
      this.#words.add(text);
    }
  }

  // event notes an event, and says whether more are wanted.
  event(e) {
    this.#last.Unwound = e.Kind === unwound;
    if (this.told.length >= eventLimit) {
      this.#last.Truncated = true;
      this.#running = 0;
      return false;
    }
    this.#running = e.G;
    this.told.push({Seq: ++this.#seq, At: this.#clock.now, ...e});
    return true;
  }

  tick() {
    this.#last.Ticks++;
  }

  // tests notes that the program begins to run its tests.
  tests() {
    this.#last.Tests = true;
  }

  // capture keeps what is written to standard output, or ends that and gives
  // what was.
  capture(on) {
    const captured = this.#captured?.all ?? new Uint8Array(0);
    this.#captured = on ? new Bytes(new Uint8Array(0)) : undefined;
    return captured;
  }

  panicAt(line) {
    this.#last.PanicLine = line;
  }

  outOfSteps(line) {
    this.#last.LastLine = line;
    throw new Stop('steps');
  }

  // run is all that was seen; end says how it ended: Status, Stopped or Trap.
  run(end) {
    return {
      Writes: this.writes, Printed: this.printed, Told: this.told, G: this.#running, Steps: this.steps,
      Now: this.#clock.now, Words: this.#words ?? null, ...this.#last, ...end,
    };
  }
}
