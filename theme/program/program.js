// A program on a page: its lines, its lanes and its output belong together,
// its run can be replayed, and it can be changed and run again.

import {sharedIn} from './share.js';
import {tie} from './together.js';

const programs = new WeakMap(); // figures to what is done with them

export function start(root) {
  for (const figure of root.querySelectorAll('figure.program')) {
    if (programs.has(figure) || !figure.querySelector('.outcome')) continue;
    programs.set(figure, new Program(figure));
  }
  openShared();
}

addEventListener('hashchange', openShared);

let opened; // the last figure, in case it is started again

// openShared opens a program that the address of the page holds.
async function openShared(changed) {
  const figure = document.getElementById(sharedIn(location.hash) ?? '');
  if (!figure?.dataset.job || !changed && figure === opened) return;
  opened = figure;
  const {programIn} = await import('./share.js');
  const shared = await programIn(location.hash);
  if (!shared) return;
  (await programs.get(figure).lab()).open(shared);
  figure.scrollIntoView({block: 'start'});
}

// leave ends what a reader has begun in a figure, which is about to go, and
// gives it to be resumed in another: undefined for nothing.
export const leave = figure => programs.get(figure)?.leave();

// resume says whether there is a program in a figure that can.
export async function resume(figure, begun) {
  await programs.get(figure)?.resume(begun);
  return programs.has(figure);
}

class Program {
  #figure;
  #lab;
  #opened; // the lab, once it is there
  #replay;

  constructor(figure) {
    this.#figure = figure;
    tie(figure);
    const on = (name, act) => figure.querySelector(`.js-${name}`)?.addEventListener('click', act);
    on('replay', () => this.replay());
    on('edit', async () => (await this.lab()).edit());
    on('run', async () => (await this.lab()).run());
  }

  // lab is what edits and runs. It is fetched when it is first wanted, and
  // the guest with it.
  lab() {
    return this.#lab ??= import('./lab.js').then(({Lab}) => {
      import('./engine.js').then(({open}) => open()).catch(() => {});
      return this.#opened = new Lab(this.#figure, () => this.#changed());
    });
  }

  leave() {
    const draft = this.#opened?.leave();
    const at = this.#replay?.isOpen ? this.#replay.at : undefined;
    this.#replay?.close();
    return {...draft && {draft}, ...at !== undefined && {at}};
  }

  async resume({draft, at}) {
    if (draft && this.#figure.querySelector('.js-edit:not([hidden])')) (await this.lab()).resume(draft);
    if (at !== undefined && this.#figure.querySelector('.js-replay:not([hidden])')) await this.replay(at);
  }

  // replay begins at once, or stands at a place.
  async replay(at) {
    const {Replay} = await import('./replay.js');
    const button = this.#figure.querySelector('.js-replay');
    if (this.#replay?.isOpen) {
      this.#replay.close();
      return;
    }
    this.#replay = new Replay(this.#figure, () => button.setAttribute('aria-pressed', 'false'), at);
    button.setAttribute('aria-pressed', 'true');
  }

  // changed is called when the figure shows another outcome.
  #changed() {
    this.#replay?.close();
    const button = this.#figure.querySelector('.js-replay');
    if (button) button.hidden = !this.#figure.querySelector('.outcome').dataset.run;
    tie(this.#figure);
  }
}
