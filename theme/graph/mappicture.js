// A picture of all nodes and links. To draw it takes long where there are many
// links, so it is drawn a little in each frame, onto a canvas of its own that
// is larger than what is seen; meanwhile the last one is shown, moved and
// scaled.

const around = 0.25; // of the view's size, on each side
const still = 120; // milliseconds without a move before a new one is begun

export class Picture {
  #done; #next; #job; #moved = 0; #portion = 2000; #last = 0;

  constructor(data, view, look) {
    Object.assign(this, {data, view, look});
  }

  // stale says that the view has moved, or with now that all looks different.
  stale(now) {
    this.#moved = now ? 0 : performance.now();
    this.#job = undefined;
    this.wanted = true;
  }

  // frame draws a part of the picture if it is time to, and reports whether
  // it wants another frame.
  frame(time) {
    const late = time - this.#last;
    this.#last = time;
    if (!this.wanted) return false;
    if (!this.#job) {
      if (this.#done && performance.now() - this.#moved < still) return true;
      this.#job = this.#draw();
    } else if (late < 20) {
      this.#portion = Math.min(this.#portion * 1.3, 12000);
    } else if (late > 25) {
      this.#portion = Math.max(this.#portion / 2, 500);
    }
    if (this.#job.next().done) {
      [this.#done, this.#next] = [this.#next, this.#done];
      this.#job = undefined;
      this.wanted = false;
    }
    return true;
  }

  // show puts the last picture where its nodes are now.
  show(context) {
    const p = this.#done, {view} = this;
    if (!p) return;
    const by = view.scale / p.scale;
    let left = view.left(p.x) - p.width / 2 * by, top = view.top(p.y) - p.height / 2 * by;
    if (by === 1) { // pixel on pixel, so that titles are sharp
      left = Math.round(left * devicePixelRatio) / devicePixelRatio;
      top = Math.round(top * devicePixelRatio) / devicePixelRatio;
    }
    context.drawImage(p.canvas, left, top, p.canvas.width / devicePixelRatio * by, p.canvas.height / devicePixelRatio * by);
  }

  // blank makes the next canvas one for what is seen now.
  #blank() {
    const {view} = this, ratio = devicePixelRatio;
    const p = this.#next ??= {canvas: document.createElement('canvas')};
    Object.assign(p, {x: view.x, y: view.y, scale: view.scale,
      width: view.width * (1 + 2 * around), height: view.height * (1 + 2 * around)});
    p.canvas.width = Math.round(p.width * ratio);
    p.canvas.height = Math.round(p.height * ratio);
    const context = p.canvas.getContext('2d');
    context.scale(ratio, ratio);
    const left = x => (x - p.x) * p.scale + p.width / 2, top = y => (y - p.y) * p.scale + p.height / 2;
    const seen = (x, y, edge) => x > -edge && y > -edge && x < p.width + edge && y < p.height + edge;
    return {p, context, left, top, seen};
  }

  // #draw draws a picture, and yields after each portion.
  *#draw() {
    const {data, look} = this, {p, context, left, top, seen} = this.#blank();
    const {ends, x, y} = data;
    context.strokeStyle = look.colour.link;
    context.globalAlpha = Math.max(0.06, Math.min(0.5, 60 / Math.sqrt(ends.length)));
    const dense = ends.length > 10000; // links that only pass through would hide the rest
    let begun = 0;
    context.beginPath();
    for (let e = 0; e < ends.length; e += 2) {
      const ax = left(x[ends[e]]), ay = top(y[ends[e]]), bx = left(x[ends[e + 1]]), by = top(y[ends[e + 1]]);
      if (dense && !seen(ax, ay, 0) && !seen(bx, by, 0)) continue;
      context.moveTo(ax, ay);
      context.lineTo(bx, by);
      if (++begun % 250 === 0) {
        context.stroke();
        context.beginPath();
      }
      if (begun >= this.#portion) {
        begun = 0;
        yield;
      }
    }
    context.stroke();
    context.globalAlpha = 1;
    for (let i = 0; i < data.count; i++) {
      const px = left(x[i]), py = top(y[i]);
      if (seen(px, py, 20)) look.dot(context, i, px, py, p.scale);
      if (i % 2500 === 2499) yield;
    }
    const shown = [...x.keys()].filter(i => seen(left(x[i]), top(y[i]), 0));
    look.labels(context, shown, left, top, p.scale);
  }
}
