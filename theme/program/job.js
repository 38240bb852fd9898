// What the build says of a program, and how to make one of what a reader
// writes, as the build would.

import {ask} from './engine.js';

const compose = 2; // the guest's job

// file is a line that begins a file of several.
const file = /^-- \S+ --[ \t]*$/m;

export class Job {
  #said;

  constructor(figure) {
    this.#said = JSON.parse(figure.dataset.job);
  }

  // published is the code of the block as the build saw it.
  published(text) {
    return this.ended(text.replace(/\n+$/, ''));
  }

  // ended puts as many line breaks behind code as the published code has.
  ended(text) {
    return text + '\n'.repeat(this.#said.tail ?? 1);
  }

  // asked is what the engine needs to run code in the place of the block's.
  async asked(code, seed, published) {
    const {before = [], earlier, args, stdin, timeout, whole, bare, fails, test} = this.#said;
    const codes = [...before.map(block => block.code), code];
    const asIs = whole && code === published || !before.length && file.test(code);
    const source = asIs ? code : (await ask({Codes: codes, Test: test}, compose)).Source;
    const context = {Bare: bare, Fails: fails};
    if (!asIs && source !== code) {
      context.Codes = codes;
      context.Test = test;
      context.Names = [...before.map(block => block.name), ''];
    }
    return [{source, args, stdin, seed}, {
      context, timeout: timeout || undefined,
      before: earlier && {...earlier, seed, source: (await ask({Codes: codes.slice(0, -1)}, compose)).Source},
    }];
  }
}
