// The controls of a replay: play and pause, a scrubber, the time, the speed.

const speeds = [0.25, 0.5, 1, 2, 4, 8, 16, 64, 256, 1024];
// longest is how long a replay takes at first, in milliseconds.
const longest = 20_000;

const make = (name, properties) => Object.assign(document.createElement(name), properties);

export class Controls {
  bar = make('div', {className: 'replay'});
  #play = make('button', {type: 'button', className: 'tool js-play', textContent: 'Play'});
  #place = make('input', {type: 'range', min: 0, max: 10_000, step: 1, value: 0});
  #clock = make('span', {className: 'clock'});
  #speed = make('select', {className: 'tool'});

  // lasts is how long a replay at speed 1 takes; toggle, seek(x), step(by) and
  // close are what a reader can ask for.
  constructor(lasts, {toggle, seek, step, close}) {
    this.bar.setAttribute('role', 'group');
    this.bar.setAttribute('aria-label', 'Replay');
    this.#play.addEventListener('click', toggle);
    this.#place.setAttribute('aria-label', 'Place in the run');
    this.#place.addEventListener('input', () => seek(Number(this.#place.value)));
    this.#place.addEventListener('keydown', event => {
      const by = {ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1}[event.key];
      if (!by) return;
      event.preventDefault();
      step(by);
    });
    this.#speed.setAttribute('aria-label', 'Speed');
    const fit = speeds.find(speed => speed >= 1 && lasts / speed <= longest) ?? speeds.at(-1);
    for (const speed of speeds) this.#speed.append(new Option(`${speed}×`, speed, false, speed === fit));
    const end = make('button', {type: 'button', className: 'tool', textContent: 'Close'});
    end.addEventListener('click', close);
    this.bar.addEventListener('keydown', event => {
      if (event.key === 'Escape') close();
    });
    this.bar.append(this.#play, this.#place, this.#clock, this.#speed, end);
  }

  get speed() {
    return Number(this.#speed.value);
  }

  focus() {
    this.#play.focus({preventScroll: true});
  }

  playing(yes) {
    this.#play.textContent = yes ? 'Pause' : 'Play';
  }

  // show shows the place on the scale and the virtual time.
  show(x, seconds) {
    this.#place.value = x;
    this.#clock.textContent = `${seconds.toFixed(3)} s`;
    this.#place.setAttribute('aria-valuetext', `${seconds.toFixed(3)} seconds`);
  }
}
