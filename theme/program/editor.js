// Turns the code of a program into an editor: a text area without ink lies
// over the highlighted lines. Tab indents; Escape leaves, so that who has no
// mouse is not caught in it.

import {reveal} from './caret.js';
import {coloured, linesOf, patched, show} from './colour.js';
import {carried, difference} from './carried.js';
import {isReady} from './engine.js';
import {insert} from './insert.js';
import {setting} from './place.js';

// pause is how long after a change the guest is asked for colours, in
// milliseconds.
const pause = 60;

export class Editor {
  #area = document.createElement('textarea');
  #code;
  #lines;
  #timer;
  #asked = 0;

  #drawn;
  #completion;

  // leave is called at Escape, run at Ctrl or Command with Enter, format with
  // S, changed after each change, drawn when lines were drawn anew.
  constructor(pre, {leave, run, format, changed, drawn}) {
    this.#drawn = drawn;
    this.#code = pre.querySelector('code');
    this.#lines = linesOf(this.#code);
    pre.classList.add('editing');
    pre.removeAttribute('tabindex');
    const area = this.#area;
    Object.assign(area, {spellcheck: false, wrap: 'off', autocapitalize: 'off', autocomplete: 'off'});
    area.setAttribute('autocorrect', 'off');
    area.setAttribute('aria-label', 'Go program. Tab indents, Escape leaves the editor, Control and Enter run it, Control and S format it.');
    area.value = this.#code.textContent.replace(/\n+$/, '');
    this.#code.append(area);
    for (const moves of ['input', 'keyup', 'focus']) area.addEventListener(moves, () => reveal(pre, area));
    area.addEventListener('input', () => {
      this.#recolour();
      changed();
    });
    area.addEventListener('beforeinput', event => {
      if (event.inputType !== 'insertLineBreak') return;
      event.preventDefault();
      this.#newLine();
    });
    area.addEventListener('keydown', event => {
      const command = event.ctrlKey || event.metaKey;
      if (event.key === 'Enter' && command) run();
      else if (event.key === 's' && command && !event.altKey) format();
      else if (event.key === 'F1' && setting('reference')) import('./lookup.js').then(lookup => lookup.help(area, pre));
      else if (event.key === 'Escape') leave();
      else if (!this.#indents(event)) return;
      event.preventDefault();
    });
    if (setting('reference')) this.#complete(pre).catch(() => {});
  }

  // complete has names completed, and a name documented at Control and a click.
  async #complete(pre) {
    const [{Completion}, {atCaret}] = await Promise.all([import('./complete.js'), import('./lookup.js')]);
    if (!this.isOpen) return;
    this.#completion = new Completion(this.#area, this.#code);
    this.#area.addEventListener('click', event => {
      if (event.ctrlKey || event.metaKey) atCaret(this.#area, pre);
    });
  }

  get text() {
    return this.#area.value;
  }

  set text(text) {
    this.#area.value = text;
    this.#recolour();
  }

  // replace puts another text in the place of the one that is there, as
  // typing does: the caret stays at what it stands at, and undo knows of it.
  replace(text) {
    const {value, selectionStart: start, selectionEnd: end, selectionDirection: way} = this.#area;
    if (text === value) return;
    const change = difference(value, text), focused = document.activeElement;
    // Where a touch has the keyboard come up it stays down.
    if (matchMedia('(pointer: fine)').matches) this.focus();
    this.#area.setSelectionRange(change.from, change.to);
    insert(this.#area, change.text);
    this.#area.setSelectionRange(carried(value, text, start), carried(value, text, end), way);
    focused?.focus({preventScroll: true});
    reveal(this.#code.parentElement, this.#area);
  }

  focus() {
    this.#area.focus({preventScroll: true});
  }

  // place is where the caret is, and whether somebody is about to type.
  get place() {
    const {selectionStart: start, selectionEnd: end} = this.#area;
    return {start, end, focused: document.activeElement === this.#area};
  }

  set place({start, end, focused}) {
    this.#area.setSelectionRange(start, end);
    if (focused) this.focus();
  }

  get isOpen() {
    return this.#area.isConnected;
  }

  // close makes code of the editor again.
  close(pre) {
    clearTimeout(this.#timer);
    this.#asked++;
    this.#area.remove();
    this.#completion?.end();
    pre.classList.remove('editing');
    pre.tabIndex = 0;
  }

  // recoloured asks for colours once the guest is there.
  recoloured() {
    this.#recolour();
  }

  #recolour() {
    this.#show(patched(this.#lines, this.text));
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    if (!isReady()) return;
    this.#timer = setTimeout(async () => {
      try {
        const lines = await coloured(this.text);
        if (asked === this.#asked) this.#show(lines);
      } catch {
        // The worker was ended; the next change asks again.
      }
    }, pause);
  }

  #show(lines) {
    show(this.#code, this.#lines, lines);
    this.#lines = lines;
    this.#drawn();
  }

  // newLine begins a line that is indented like the one before, or further
  // where that opens something.
  #newLine() {
    const before = this.text.slice(0, this.#area.selectionStart);
    const line = before.slice(before.lastIndexOf('\n') + 1);
    insert(this.#area, '\n' + line.match(/^[ \t]*/)[0] + (/[{(]\s*$/.test(line) ? '\t' : ''));
  }

  // indents says whether a key was one that indents, and does it.
  #indents(event) {
    if (event.key !== 'Tab' || event.ctrlKey || event.metaKey || event.altKey) return false;
    const {selectionStart: start, selectionEnd: end} = this.#area;
    if (start === end && !event.shiftKey) {
      insert(this.#area, '\t');
      return true;
    }
    const from = this.text.lastIndexOf('\n', start - 1) + 1;
    const old = this.text.slice(from, end);
    const now = event.shiftKey ? old.replace(/^(\t| {1,4})/gm, '') : old.replace(/^(?=.)/gm, '\t');
    if (now === old) return true;
    this.#area.setSelectionRange(from, end);
    insert(this.#area, now);
    if (start !== end) this.#area.setSelectionRange(from, from + now.length);
    return true;
  }
}
