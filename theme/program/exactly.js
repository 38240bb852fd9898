// Runs programs by Go's own compiler where the interpreter would not do, or
// where the reader wants it so.

import {run} from './engine.js';
import {setting} from './place.js';

export class Exactly {
  #tools;
  #button;
  #again;
  #why; // the interpreter will not do, or ''
  #wanted = false;

  // again runs the program once more.
  constructor(figure, tools, again) {
    this.#tools = tools;
    this.#again = again;
    this.#why = figure.dataset.exact ?? '';
    this.#button = tools.button('exact');
    this.#button.hidden = !setting('compiler') || Boolean(this.#why);
    this.#button.setAttribute('aria-pressed', 'false');
  }

  toggle() {
    this.#wanted = !this.#wanted;
    this.#button.setAttribute('aria-pressed', String(this.#wanted));
    this.#again();
  }

  // run gives what engine's run does. What the interpreter declines, Go runs.
  async run(program, options) {
    if (!setting('compiler')) return run(program, options);
    if (this.#wanted) return this.#exact(program, options, 'to run it exactly');
    if (this.#why) return this.#exact(program, options, `since ${this.#why}`);
    const picture = await run(program, options);
    if (!/^<\w+ [^>]*data-end="refused"/.test(picture.HTML)) return picture;
    return this.#exact(program, options, 'since the interpreter declines the program');
  }

  #exact(program, options, why) {
    let fetching = false;
    return run(program, {...options, exact: ({loaded, total, doing}) => {
      if (doing) return this.#tools.say(doing === 'compiling' ? 'Compiling …' : 'Running …');
      if (!fetching) this.#tools.fetching(`the Go compiler (${(total / 1e6).toFixed(1)} MB)`, `, ${why}`);
      fetching = true;
      this.#tools.loaded(loaded, total);
    }});
  }
}
