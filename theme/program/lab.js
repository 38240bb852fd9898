// A program that a reader changes and runs in the page.

import {comparison, likeness} from './compare.js';
import {Editor} from './editor.js';
import {Exactly} from './exactly.js';
import {isReady, open} from './engine.js';
import {Format} from './format.js';
import {Job} from './job.js';
import {mark, unmark} from './mark.js';
import {share, unshare} from './share.js';
import {Tools} from './tools.js';

export class Lab {
  #figure;
  #pre;
  #job;
  #tools;
  #editor;
  #code; // as published
  #lines; // of it, as HTML
  #published; // the outcome
  #outcome; // the one that is shown
  #compared;
  #marks = [];
  #seed = 0;
  #running; // an AbortController
  #exactly;
  #format;

  // changed is called when another outcome is shown.
  constructor(figure, changed) {
    this.#figure = figure;
    this.#pre = figure.querySelector('pre.code');
    this.#job = new Job(figure);
    this.#lines = this.#pre.querySelector('code').innerHTML;
    this.#code = this.#job.published(unmark(this.#pre.querySelector('code').cloneNode(true)).textContent);
    this.#published = this.#outcome = figure.querySelector('.outcome');
    this.changed = changed;
    this.#tools = new Tools(figure, {
      format: () => this.#format.aloud(this.#editor),
      order: () => this.run(this.#seed + 1),
      compare: () => this.compare(),
      share: () => this.share(),
      reset: () => this.reset(),
      exact: () => this.#exactly.toggle(),
    });
    this.#format = new Format(this.#tools, this.#job, marks => this.#mark(marks));
    this.#exactly = new Exactly(figure, this.#tools, () => this.run());
  }

  get #text() {
    return this.#editor ? this.#job.ended(this.#editor.text) : this.#code;
  }

  edit(focus = true) {
    if (this.#editor) return this.#editor.focus();
    this.#pre.closest('details')?.setAttribute('open', '');
    this.#mark([]);
    this.#editor = new Editor(this.#pre, {
      leave: () => this.#tools.button('run').focus(),
      run: () => this.run(this.#seed),
      format: () => this.#format.aloud(this.#editor),
      changed: () => this.#mark([]),
      drawn: () => this.#mark(this.#marks),
    });
    this.#tools.editing(true);
    if (focus) this.#editor.focus();
    open().then(() => this.#editor?.recoloured(), () => {});
  }

  // open shows a program that came with the page's address.
  open({code, seed}) {
    this.edit();
    this.#editor.text = code.replace(/\n+$/, '');
    this.#seed = seed;
    this.#tools.say('This program came with the link. It has not run yet.');
  }

  // leave ends the editor, and gives what resume wants: undefined for nothing.
  leave() {
    this.#running?.abort();
    if (!this.#editor) return undefined;
    const draft = {place: this.#editor.place, seed: this.#seed};
    if (this.#text !== this.#code) draft.text = this.#editor.text;
    this.#editor.close(this.#pre);
    return draft;
  }

  // resume goes on with what was typed into another figure.
  resume({text, seed, place}) {
    this.edit(false);
    this.#seed = seed;
    if (text !== undefined) {
      this.#editor.text = text;
      this.#tools.say('The page has changed. This is still your program.');
    }
    this.#editor.place = place;
  }

  // run runs the program, or ends the one that runs.
  async run(seed = this.#seed) {
    if (this.#running) return this.#running.abort();
    this.#seed = seed;
    this.#running = new AbortController();
    const {signal} = this.#running;
    this.#tools.running(true, isReady());
    try {
      await open((bytes, total) => this.#tools.loaded(bytes, total), signal);
      this.#tools.running(true, true);
      if (this.#text !== this.#code) await this.#format.quietly(this.#editor);
      const [program, options] = await this.#job.asked(this.#text, BigInt(seed), this.#code);
      this.#show(await this.#exactly.run(program, {...options, signal}));
    } catch (error) {
      this.#tools.say(signal.aborted ? 'Stopped.' : error.message);
    } finally {
      this.#running = undefined;
      this.#tools.running(false, isReady());
    }
  }

  #show({HTML, Marks}) {
    const holder = document.createElement('template');
    holder.innerHTML = HTML;
    this.#swap(holder.content.firstElementChild);
    this.#mark(Marks ?? []);
    const order = this.#seed ? `Order ${this.#seed}: ` : '';
    const [first] = Marks ?? [];
    this.#tools.say(first && this.#outcome.dataset.end === 'compile'
      ? `Does not compile: line ${first.Line}, ${first.Message}`
      : order + likeness(this.#published, this.#outcome));
    this.#tools.ran(true);
  }

  // swap shows another outcome. What is said of other orders of the published
  // program is not said of another.
  #swap(outcome) {
    this.#compared?.remove();
    this.#compared = undefined;
    this.#outcome.replaceWith(outcome);
    this.#outcome = outcome;
    outcome.closest('details.fold')?.setAttribute('open', '');
    const orders = this.#figure.querySelector('.orders');
    if (orders) orders.hidden = outcome !== this.#published;
    this.changed();
  }

  #mark(marks) {
    this.#marks = marks;
    mark(this.#pre, marks);
  }

  compare() {
    const shown = this.#compared;
    shown?.remove();
    this.#compared = shown ? undefined : comparison(this.#published, this.#outcome);
    if (this.#compared) this.#outcome.after(this.#compared);
    this.#tools.button('compare').setAttribute('aria-pressed', String(Boolean(this.#compared)));
  }

  async share() {
    this.#tools.say(await share(this.#figure.id, {code: this.#text, seed: this.#seed}));
  }

  reset() {
    this.#running?.abort();
    this.#editor?.close(this.#pre);
    this.#editor = undefined;
    this.#seed = 0;
    this.#pre.querySelector('code').innerHTML = this.#lines;
    if (this.#outcome !== this.#published) this.#swap(this.#published);
    this.#tools.editing(false);
    this.#tools.ran(false);
    this.#tools.say('');
    unshare();
    this.#tools.button('edit').focus();
  }
}
