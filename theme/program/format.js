// Formats what a reader writes as gofmt does, by Go's own code in the guest.

import {ask, isReady, open} from './engine.js';

const format = 4; // the guest's job

export class Format {
  #tools;
  #job;
  #mark;

  // mark marks what cannot be parsed.
  constructor(tools, job, mark) {
    this.#tools = tools;
    this.#job = job;
    this.#mark = mark;
  }

  // aloud formats what is in an editor, has it import what it uses, and says
  // what came of it.
  async aloud(editor) {
    const tools = this.#tools;
    if (!isReady()) tools.fetching('the interpreter');
    try {
      await open((bytes, total) => tools.loaded(bytes, total));
      const before = editor.text, marks = await this.#format(editor, true);
      if (!marks) return;
      this.#mark(marks);
      const [first] = marks;
      if (first) tools.say(`Cannot be formatted: line ${first.Line}, ${first.Message}`);
      else tools.say(editor.text === before ? 'It is formatted already.' : 'Formatted.');
    } catch (error) {
      tools.say(error.message);
    }
  }

  // quietly leaves imports to the reader, and errors to who compiles the code.
  quietly(editor) {
    return this.#format(editor, false);
  }

  // format gives the marks of what cannot be parsed, which stays as it is;
  // undefined where the text was changed meanwhile.
  async #format(editor, imports) {
    const {text} = editor;
    const {Code, Marks} = await ask({Code: this.#job.ended(text), Imports: imports}, format);
    if (!editor.isOpen || editor.text !== text) return undefined;
    if (!Marks) editor.replace(Code.replace(/\n+$/, ''));
    return Marks ?? [];
  }
}
