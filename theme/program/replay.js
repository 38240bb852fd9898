// Replays a recorded run: a cursor goes over the lanes, lines of output appear
// when they were written, and the line of code at hand is shown.

import {Controls} from './controls.js';
import {Film} from './film.js';
import {numbersOf} from './together.js';

const svg = name => document.createElementNS('http://www.w3.org/2000/svg', name);

export class Replay {
  isOpen = true;
  #figure;
  #film;
  #closed;
  #lines; // of output
  #rows; // the drawing, if there is one
  #cursor = svg('line');
  #veil = svg('rect');
  #controls;
  #time = 0; // milliseconds of the film
  #last; // of the browser's clock, while it plays
  #shown = -2; // the frame at hand

  // closed is called when the replay is over. It begins to play, unless it is
  // to stand at a place.
  constructor(figure, closed, at) {
    this.#figure = figure;
    this.#closed = closed;
    const outcome = figure.querySelector('.outcome');
    this.#film = new Film(outcome.dataset.run);
    this.#lines = outcome.querySelectorAll('.line');
    this.#rows = outcome.querySelector('.rows');
    this.#cursor.setAttribute('class', 'cursor');
    this.#cursor.setAttribute('y2', '100%');
    this.#veil.setAttribute('class', 'veil');
    this.#veil.setAttribute('height', '100%');
    this.#rows?.append(this.#veil, this.#cursor);
    outcome.closest('details')?.setAttribute('open', '');
    outcome.querySelector('.earlier')?.setAttribute('open', '');
    this.#controls = new Controls(this.#film.lasts, {
      toggle: () => this.#toggle(),
      seek: x => this.#seek(x),
      step: by => this.#step(by),
      close: () => this.close(),
    });
    figure.querySelector('.js-tools').after(this.#controls.bar);
    figure.classList.add('replaying');
    if (at !== undefined) return this.#seek(at);
    this.#show();
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) this.#toggle();
    this.#controls.focus();
  }

  // at is the place on the scale.
  get at() {
    return this.#film.xAt(this.#time);
  }

  // step goes to the next frame that is elsewhere, or the one before.
  #step(by) {
    const {frames} = this.#film;
    let i = this.#shown + by;
    while (frames[i + by] && frames[i].x === frames[this.#shown]?.x) i += by;
    this.#seek(i < 0 ? 0 : frames[i]?.x ?? 10_000);
  }

  #seek(x) {
    this.#pause();
    this.#time = this.#film.timeAt(x);
    this.#show(x);
  }

  #toggle() {
    if (this.#last !== undefined) return this.#pause();
    if (this.#time >= this.#film.lasts - 1) this.#time = 0;
    this.#controls.playing(true);
    this.#last = performance.now();
    requestAnimationFrame(now => this.#tick(now));
  }

  #pause() {
    this.#last = undefined;
    this.#controls.playing(false);
  }

  #tick(now) {
    if (this.#last === undefined) return;
    this.#time += Math.max(now - this.#last, 0) * this.#controls.speed;
    this.#last = now;
    this.#show();
    if (this.#time >= this.#film.lasts) this.#pause();
    else requestAnimationFrame(then => this.#tick(then));
  }

  // show shows the run at a place of the scale.
  #show(x = this.#film.xAt(this.#time)) {
    this.#controls.show(x, this.#film.clockAt(x) / 1e9);
    const at = `${x / 100}%`;
    this.#cursor.setAttribute('x1', at);
    this.#cursor.setAttribute('x2', at);
    this.#veil.setAttribute('x', at);
    this.#veil.setAttribute('width', `${100 - x / 100}%`);
    const n = this.#film.frameAt(x);
    if (n === this.#shown) return;
    this.#shown = n;
    this.#frame(this.#film.frames[n] ?? {begun: 0, g: 0, line: 0});
  }

  #frame({begun, g, line}) {
    this.#lines.forEach((written, i) => written.classList.toggle('later', i >= begun));
    const name = [...this.#figure.querySelectorAll('.names > div[data-g]')]
      .find(one => numbersOf(one.dataset.g).includes(g));
    for (const [i, ln] of this.#figure.querySelectorAll('pre.code .ln').entries()) {
      ln.classList.toggle('now', i + 1 === line);
      ln.classList.remove('g1', 'g2', 'g3', 'g4', 'g5');
      if (ln.classList.contains('now')) ln.classList.add(name?.classList[0] ?? 'g1');
    }
  }

  close() {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.#pause();
    this.#frame({begun: Infinity, g: 0, line: 0});
    this.#controls.bar.remove();
    this.#cursor.remove();
    this.#veil.remove();
    this.#figure.classList.remove('replaying');
    this.#closed();
  }
}
