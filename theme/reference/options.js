// The list of options below the caret of an editor: a listbox that the editor
// keeps the keyboard of, as ARIA has it for a combobox with a list.
// https://www.w3.org/WAI/ARIA/apg/patterns/combobox/

const most = 60;
let lists = 0;

export class Options {
  #area;
  #accept;
  #list = make('div', {className: 'options', popover: 'manual'});
  #items = make('div', {className: 'options-list'});
  #about = make('p', {className: 'options-about'});
  #said = make('p', {className: 'options-said'});
  #options = [];
  #chosen = -1;
  #box; // gives what the list is below
  #seen; // whether that has been on the screen since the list opened
  #follow;

  // accept is called with the option that a reader takes.
  constructor(area, accept) {
    this.#area = area;
    this.#accept = accept;
    this.#items.id = `_options-${++lists}`;
    this.#items.setAttribute('role', 'listbox');
    this.#items.setAttribute('aria-label', 'Names');
    this.#said.setAttribute('role', 'status');
    this.#list.append(this.#items, this.#about);
    document.querySelector('main').append(this.#list, this.#said);
    area.setAttribute('aria-autocomplete', 'list');
    area.addEventListener('keydown', event => this.#press(event), {capture: true});
    // The editor keeps the keyboard.
    this.#list.addEventListener('pointerdown', event => event.preventDefault());
    this.#items.addEventListener('click', event => {
      const item = event.target.closest('[role=option]');
      if (item) this.#take([...this.#items.children].indexOf(item));
    });
    this.#follow = ({target}) => {
      if (this.isOpen && target !== this.#items) this.#place();
    };
    addEventListener('scroll', this.#follow, {passive: true, capture: true});
  }

  get isOpen() {
    return this.#list.matches(':popover-open');
  }

  // show shows options, {name, entry, about, detail}, below what box gives; the
  // first one is chosen or none.
  show(options, box, choose) {
    if (!this.#area.isConnected) return;
    this.#options = options.slice(0, most);
    this.#items.replaceChildren(...this.#options.map((option, i) => item(option, `${this.#items.id}-${i}`)));
    if (!this.isOpen) this.#list.showPopover();
    this.#items.scrollTop = 0;
    this.#choose(choose ? 0 : -1);
    this.#box = box;
    this.#seen = false;
    this.#place();
    this.#area.setAttribute('aria-controls', this.#items.id);
    this.#said.textContent = options.length === 1 ? '1 name' : `${options.length} names`;
  }

  close() {
    if (!this.isOpen) return;
    this.#list.hidePopover();
    this.#said.textContent = '';
    this.#area.removeAttribute('aria-controls');
    this.#area.removeAttribute('aria-activedescendant');
  }

  // end takes the list from the page.
  end() {
    removeEventListener('scroll', this.#follow, {capture: true});
    this.#list.remove();
    this.#said.remove();
  }

  #place() {
    const box = this.#box();
    const isSeen = box.bottom >= 0 && box.top <= innerHeight;
    // The page scrolls to a caret that types below the screen only after this.
    if (!isSeen && this.#seen) return this.close();
    this.#seen ||= isSeen;
    const {offsetWidth: width, offsetHeight: height} = this.#list;
    const floor = visualViewport ? visualViewport.offsetTop + visualViewport.height : innerHeight;
    const top = floor - box.bottom > height + 8 || floor - box.bottom > box.top ? box.bottom + 3 : box.top - height - 3;
    this.#list.style.top = Math.max(4, top) + 'px';
    this.#list.style.left = Math.max(8, Math.min(box.left, innerWidth - width - 8)) + 'px';
  }

  #choose(n) {
    this.#items.children[this.#chosen]?.setAttribute('aria-selected', 'false');
    this.#chosen = n;
    const chosen = this.#items.children[n];
    chosen?.setAttribute('aria-selected', 'true');
    chosen?.scrollIntoView({block: 'nearest'});
    if (chosen) this.#area.setAttribute('aria-activedescendant', chosen.id);
    else this.#area.removeAttribute('aria-activedescendant');
    const {entry, about} = this.#options[n] ?? {};
    this.#about.textContent = about ?? sentence(entry?.Doc) ?? '';
    if (!chosen) this.#about.textContent = 'Arrow keys choose.';
  }

  #take(n) {
    const option = this.#options[n];
    this.close();
    this.#accept(option);
  }

  #press(event) {
    if (!this.isOpen || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const count = this.#options.length, at = this.#chosen;
    const to = {ArrowDown: (at + 1) % count, ArrowUp: (Math.max(at, 0) - 1 + count) % count,
      PageDown: Math.min(at + 8, count - 1), PageUp: Math.max(at - 8, 0)}[event.key];
    if (to !== undefined) this.#choose(to);
    else if (event.key === 'Escape') this.close();
    else if ((event.key === 'Enter' || event.key === 'Tab' && !event.shiftKey) && at >= 0) this.#take(at);
    else {
      if (/^(Arrow|Home|End|Enter|Tab)/.test(event.key)) this.close();
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}

function item({name, entry, detail}, id) {
  const row = make('div', {id});
  row.setAttribute('role', 'option');
  row.setAttribute('aria-selected', 'false');
  row.append(make('span', {className: 'options-name', textContent: name}),
    make('span', {className: 'options-detail', textContent: detail ?? signature(name, entry)}));
  return row;
}

// signature is what an option says of itself beside its name.
function signature(name, entry) {
  if (!entry) return '';
  if (entry.Kind !== 'func' && entry.Kind !== 'method') return entry.Kind;
  const {Decl} = entry, at = Decl.indexOf(`${name}[`) >= 0 ? Decl.indexOf(`${name}[`) : Decl.indexOf(`${name}(`);
  return Decl.slice(at + name.length).replace(/\s+/g, ' ');
}

// sentence is the first sentence of a comment in HTML.
function sentence(html) {
  if (!html) return undefined;
  const text = new DOMParser().parseFromString(html, 'text/html').querySelector('p')?.textContent.replace(/\s+/g, ' ') ?? '';
  return text.match(/^.*?[.:](?=\s|$)/)?.[0] ?? text;
}

const make = (name, properties) => Object.assign(document.createElement(name), properties);
