// The buttons of a program, and the words beside them.

const extra = [
  ['format', 'Format', 'Format it as gofmt does, and import what it uses of the standard library (Ctrl or ⌘ S)'],
  ['order', 'Other order', 'Run it again with another order of its goroutines, and other random numbers'],
  ['exact', 'Exact', 'Run it by Go\u2019s own compiler, here in the page'],
  ['compare', 'Compare', 'Compare its output with the published one'],
  ['share', 'Share', 'Copy a link that holds this program'],
  ['reset', 'Reset', 'Back to the published program and its output'],
];

export class Tools {
  #row;
  #said;
  #progress;

  // actions are called by the names of the buttons above.
  constructor(figure, actions) {
    this.#row = figure.querySelector('.js-tools');
    this.#said = this.#row.querySelector('.js-said');
    for (const [name, label, title] of extra) {
      const button = document.createElement('button');
      Object.assign(button, {type: 'button', className: `tool js-${name}`, textContent: label, title, hidden: true});
      if (name === 'format') button.setAttribute('aria-keyshortcuts', 'Control+S Meta+S');
      button.addEventListener('click', actions[name]);
      this.#said.before(button);
    }
  }

  button(name) {
    return this.#row.querySelector(`.js-${name}`);
  }

  // show shows buttons, or hides them. A program that is embedded has no name
  // of its own that a link could have.
  #show(shown, ...names) {
    for (const name of names)
      this.button(name).hidden = !shown || name === 'share' && !this.#row.closest('figure').id;
  }

  editing(yes) {
    this.button('edit').setAttribute('aria-pressed', String(yes));
    this.#show(yes, 'format', 'share', 'reset');
    if (yes && matchMedia('(pointer: fine)').matches)
      this.say('Tab indents, Escape leaves, Ctrl or ⌘ Enter runs, Ctrl or ⌘ S formats.');
  }

  // ran says that an outcome of the page's own is shown.
  ran(yes) {
    const edited = this.button('edit').getAttribute('aria-pressed') === 'true';
    this.#show(yes, 'order', 'compare');
    this.#show(yes || edited, 'share', 'reset');
    this.button('compare').setAttribute('aria-pressed', 'false');
  }

  running(yes, ready) {
    const button = this.button('run');
    button.textContent = yes ? 'Stop' : 'Run';
    this.#row.toggleAttribute('aria-busy', yes);
    if (yes && !ready) {
      this.fetching('the interpreter');
    } else if (yes) {
      this.say('Running …');
    }
  }

  // fetching says what is fetched, and why.
  fetching(what, why = '') {
    this.say(`Fetching ${what}, once${why}: `);
    this.#progress = document.createElement('progress');
    this.#progress.setAttribute('aria-label', `Fetching ${what}`);
    this.#said.append(this.#progress);
  }

  // loaded says how many bytes of it are here.
  loaded(bytes, total) {
    if (!this.#progress?.isConnected || !total) return;
    this.#progress.max = total;
    this.#progress.value = bytes;
    this.#progress.title = `${(bytes / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB`;
  }

  say(text) {
    this.#said.textContent = text;
  }
}
