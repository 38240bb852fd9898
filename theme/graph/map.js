// The page of the graph of all notes.
import {root} from './place.js';
import {load, nearest, toward} from './mapdata.js';
import {View} from './mapview.js';
import {Look} from './maplook.js';
import {Picture} from './mappicture.js';
import {Search} from './mapsearch.js';
import {drawOver} from './mapover.js';

const arrows = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};

export async function start(from) {
  for (const section of from.querySelectorAll('.js-map:not([data-started])')) {
    section.dataset.started = '';
    const told = section.querySelector('.js-map-told');
    try {
      new GraphMap(section, await load(new URL(section.dataset.from, document.baseURI), root));
    } catch (err) {
      told.textContent = 'The graph could not be loaded.';
      throw err;
    }
  }
}

class GraphMap {
  chosen = -1; // the node that pointer or keyboard is at
  constructor(section, data) {
    const part = name => section.querySelector('.js-map-' + name);
    Object.assign(this, {data, canvas: part('canvas'), told: part('told')});
    this.look = new Look(data, section);
    const edge = list => ({low: list.reduce((a, b) => Math.min(a, b), Infinity), high: list.reduce((a, b) => Math.max(a, b), -Infinity)});
    const x = edge(data.x), y = edge(data.y);
    this.view = new View(this.canvas, {low: {x: x.low, y: y.low}, high: {x: x.high, y: y.high}}, {
      moved: () => { this.picture?.stale(); this.draw(); },
      over: (px, py) => this.over(px, py),
      out: () => this.choose(-1),
      tap: (px, py, touch) => this.tap(px, py, touch),
    });
    this.picture = new Picture(data, this.view, this.look);
    part('in').onclick = () => this.view.zoom(1.5);
    part('out').onclick = () => this.view.zoom(1 / 1.5);
    part('fit').onclick = () => this.view.fit();
    this.canvas.onkeydown = e => this.key(e);
    this.search = new Search(part('find'), data, this.look.order, {
      changed: () => this.choose(-1),
      first: node => { this.canvas.focus(); this.goTo(node); },
    });
    this.legend(part('legend'));
    new ResizeObserver(() => this.resize()).observe(this.canvas);
    const recolour = () => { this.look.read(); this.picture.stale(true); this.draw(); };
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', recolour);
    new MutationObserver(recolour).observe(document.documentElement, {attributeFilter: ['data-scheme']});
  }

  resize() {
    const {canvas, view} = this;
    canvas.width = Math.round(view.width * devicePixelRatio);
    canvas.height = Math.round(view.height * devicePixelRatio);
    if (this.sized) this.picture.stale(true);
    else {
      view.fit();
      this.goTo(this.data.at(location.search.slice(1), root));
    }
    this.sized = true;
    this.draw();
  }

  legend(list) {
    const {named, sizes, folders} = this.data;
    const rest = folders.length - named.length;
    const add = (name, group) => {
      const item = document.createElement('li');
      item.className = `group-${group}`;
      item.textContent = name;
      list.append(item);
    };
    named.forEach((f, i) => add(`${folders[f] || 'no folder'} (${sizes[f]})`, i + 1));
    if (rest > 0) add(`${rest} more`, 0);
  }

  at(px, py, within) {
    const [x, y] = this.view.place(px, py);
    return nearest(this.data, x, y, within / this.view.scale);
  }

  over(px, py) {
    const node = this.at(px, py, 12);
    this.canvas.classList.toggle('over', node >= 0);
    if (node !== this.chosen) this.choose(node);
  }

  // A finger cannot point without touching: its first tap chooses.
  tap(px, py, touch) {
    const node = this.at(px, py, touch ? 24 : 12);
    if (node >= 0 && (!touch || node === this.chosen)) this.open(node);
    else this.choose(node);
  }

  open(node) { location.assign(this.data.address(node)); }

  choose(node) {
    const {data} = this;
    this.chosen = node;
    if (node >= 0) {
      const count = data.degree(node), folder = data.folders[data.folder[node]];
      this.told.textContent = `${data.titles[node]}${folder && ` in ${folder}`}: ${count} ${count === 1 ? 'neighbour' : 'neighbours'}`;
    } else {
      this.told.textContent = this.search.words;
    }
    this.draw();
  }

  key(e) {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const {view, data} = this;
    if (arrows[e.key]) {
      const next = this.chosen < 0 ? this.look.order[0] : toward(data, this.chosen, ...arrows[e.key]);
      if (next >= 0) this.goTo(next);
    } else if (e.key === 'Enter' && this.chosen >= 0) this.open(this.chosen);
    else if (e.key === '+' || e.key === '=') view.zoom(1.3);
    else if (e.key === '-') view.zoom(1 / 1.3);
    else if (e.key === '0') view.fit();
    else if (e.key === 'Escape') this.choose(-1);
    else return;
    e.preventDefault();
  }

  goTo(node) {
    if (node < 0) return;
    this.choose(node);
    this.view.show(this.data.x[node], this.data.y[node]);
  }

  // draw draws in the next frame, and on as long as the picture wants.
  draw() {
    if (this.waiting || !this.sized) return;
    this.waiting = requestAnimationFrame(time => {
      this.waiting = 0;
      const more = this.picture.frame(time), {canvas, view} = this;
      const context = canvas.getContext('2d');
      context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
      context.clearRect(0, 0, view.width, view.height);
      this.picture.show(context);
      drawOver(context, view, this.data, this.look, this.chosen, this.search.found);
      if (more) this.draw();
    });
  }
}
