// The film of a run, as render/outcome writes it into data-run: the stops of
// the scale, at which the clock stands still, and the frames.

// stride is how long a step at a stop is shown, and longest how long all the
// steps of a stop together, in milliseconds.
const stride = 90, longest = 2500;

export class Film {
  #stops; // {at, from, to, lasts, starts}: real milliseconds at speed 1
  frames; // {x, g, line, begun}; begun counts from the beginning
  lasts; // milliseconds

  constructor(text) {
    const [stops, frames] = text.split('|').map(part => part.trim().split(' ').filter(Boolean));
    let begun = 0, time = 0, before, at = 0;
    this.frames = frames.map(frame => {
      const [place, more] = frame.split('+');
      const [x, g, line] = place.split(',');
      if (line) at = Number(line); // a write has none: it is where the last event was
      return {x: Number(x), g: Number(g), line: at, begun: begun += Number(more ?? 0)};
    });
    this.#stops = stops.map(stop => {
      const [at, from, to, steps] = stop.split(':').map(Number);
      if (before !== undefined) time += (at - before) / 1e6;
      before = at;
      const lasts = Math.min(steps * stride, longest), starts = time;
      time += lasts;
      return {at, from, to, lasts, starts};
    });
    this.lasts = time;
  }

  // xAt is where on the scale the film is after some milliseconds.
  xAt(time) {
    const i = this.#stops.findLastIndex(stop => stop.starts <= time);
    const stop = this.#stops[Math.max(i, 0)], next = this.#stops[i + 1];
    const over = time - stop.starts - stop.lasts;
    if (over <= 0) return stop.from + (stop.to - stop.from) * (time - stop.starts) / stop.lasts;
    if (!next) return 10_000;
    return stop.to + (next.from - stop.to) * over / (next.starts - stop.starts - stop.lasts);
  }

  // timeAt is the opposite of xAt.
  timeAt(x) {
    const i = Math.max(this.#stops.findLastIndex(stop => stop.from <= x), 0);
    const stop = this.#stops[i], next = this.#stops[i + 1];
    const share = (from, to) => to > from ? (x - from) / (to - from) : 1;
    if (x <= stop.to || !next) return stop.starts + stop.lasts * Math.min(share(stop.from, stop.to), 1);
    const ends = stop.starts + stop.lasts;
    return ends + (next.starts - ends) * share(stop.to, next.from);
  }

  // clockAt is the virtual time at a place of the scale, in nanoseconds.
  clockAt(x) {
    const i = Math.max(this.#stops.findLastIndex(stop => stop.from <= x), 0);
    const stop = this.#stops[i], next = this.#stops[i + 1];
    if (x <= stop.to || !next) return stop.at;
    return stop.at + (next.at - stop.at) * (x - stop.to) / (next.from - stop.to);
  }

  // frameAt is the last frame that is not after a place of the scale, -1
  // before the first.
  frameAt(x) {
    return this.frames.findLastIndex(frame => frame.x <= x);
  }
}
