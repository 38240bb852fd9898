// What of the graph is seen: a place in the middle and a scale. Pointers move
// it, wheels and two fingers zoom.

const closest = 0.6; // the largest scale
const beside = 56, above = 28; // what fit leaves free, for titles

// A View is told by its canvas, and tells: moved, over(x, y), out, and
// tap(x, y, touch), with places in pixels of the canvas.
export class View {
  x = 0; y = 0; scale = 1;
  #pointers = new Map();
  #tapping = false;

  constructor(canvas, extent, tell) {
    this.canvas = canvas;
    this.extent = extent;
    this.tell = tell;
    const on = (name, f, options) => canvas.addEventListener(name, f, options);
    on('pointerdown', e => this.#down(e));
    on('pointermove', e => this.#move(e));
    on('pointerup', e => this.#up(e));
    on('pointercancel', e => this.#pointers.delete(e.pointerId));
    on('pointerleave', e => e.pointerType === 'mouse' && tell.out());
    on('wheel', e => {
      e.preventDefault();
      const lines = e.deltaMode === 1 ? 16 : 1;
      this.zoom(Math.exp(-Math.max(-200, Math.min(200, e.deltaY * lines)) / 300), e.offsetX, e.offsetY);
    }, {passive: false});
  }

  // fit shows all of the graph.
  fit() {
    const {low, high} = this.extent;
    this.x = (low.x + high.x) / 2;
    this.y = (low.y + high.y) / 2;
    const across = Math.max(this.width - 2 * beside, 50) / Math.max(high.x - low.x, 1);
    const down = Math.max(this.height - 2 * above, 50) / Math.max(high.y - low.y, 1);
    this.scale = this.least = Math.min(across, down, closest);
    this.tell.moved();
  }

  get width() { return this.canvas.clientWidth; }
  get height() { return this.canvas.clientHeight; }

  left(x) { return (x - this.x) * this.scale + this.width / 2; }
  top(y) { return (y - this.y) * this.scale + this.height / 2; }
  place(px, py) { return [(px - this.width / 2) / this.scale + this.x, (py - this.height / 2) / this.scale + this.y]; }

  // zoom keeps what is at a place of the canvas there.
  zoom(by, px = this.width / 2, py = this.height / 2) {
    const [x, y] = this.place(px, py);
    this.scale = Math.min(Math.max(this.scale * by, this.least / 2), Math.max(closest, this.least));
    this.x = x - (px - this.width / 2) / this.scale;
    this.y = y - (py - this.height / 2) / this.scale;
    this.tell.moved();
  }

  pan(dx, dy) {
    this.x -= dx / this.scale;
    this.y -= dy / this.scale;
    this.tell.moved();
  }

  // show brings a place into view, if it is not.
  show(x, y) {
    const px = this.left(x), py = this.top(y), edge = 30;
    if (px > edge && py > edge && px < this.width - edge && py < this.height - edge) return;
    this.x = x;
    this.y = y;
    this.tell.moved();
  }

  #down(e) {
    if (e.button !== 0) return;
    this.canvas.setPointerCapture(e.pointerId);
    this.#pointers.set(e.pointerId, {x: e.offsetX, y: e.offsetY, from: [e.offsetX, e.offsetY]});
    this.#tapping = this.#pointers.size === 1;
  }

  #move(e) {
    const p = this.#pointers.get(e.pointerId);
    if (!p) return this.tell.over(e.offsetX, e.offsetY);
    const dx = e.offsetX - p.x, dy = e.offsetY - p.y;
    const slack = e.pointerType === 'mouse' ? 3 : 8;
    if (Math.hypot(e.offsetX - p.from[0], e.offsetY - p.from[1]) > slack) this.#tapping = false;
    const other = [...this.#pointers].find(([id]) => id !== e.pointerId)?.[1];
    if (this.#tapping) return;
    if (other) {
      const before = Math.hypot(p.x - other.x, p.y - other.y);
      const now = Math.hypot(e.offsetX - other.x, e.offsetY - other.y);
      this.pan(dx / 2, dy / 2); // as the middle between the fingers moves
      if (before > 0) this.zoom(now / before, (e.offsetX + other.x) / 2, (e.offsetY + other.y) / 2);
    } else {
      this.pan(dx, dy);
    }
    p.x = e.offsetX;
    p.y = e.offsetY;
  }

  #up(e) {
    const p = this.#pointers.get(e.pointerId);
    this.#pointers.delete(e.pointerId);
    if (p && this.#tapping) this.tell.tap(e.offsetX, e.offsetY, e.pointerType !== 'mouse');
    this.#tapping = false;
  }
}
