// The files of the search index (package search), fetched when wanted.

const nameSize = 8;

// order compares words as their files are ordered: by code points.
const order = (a, b) => {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    if (a[i] === b[i]) continue;
    const x = a.codePointAt(i), y = b.codePointAt(i);
    return x - y;
  }
  return a.length - b.length;
};

const names = files => Array.from({length: files.length / nameSize}, (_, i) => files.slice(i * nameSize, (i + 1) * nameSize));

// A Shelf is a row of files of lines, in order; where there are many, a row of
// shelves.
class Shelf {
  constructor({first, files, deep}, read) {
    this.first = first.split('\n');
    this.names = names(files);
    this.deep = deep;
    this.read = read;
  }

  // at is the place of the file that has the word, if any has.
  at(word) {
    let low = 0, high = this.first.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (order(this.first[middle], word) <= 0) low = middle + 1;
      else high = middle;
    }
    return Math.max(low - 1, 0);
  }

  // files are the names of those that have the words from one to another.
  async files(from, to) {
    const some = this.names.slice(this.at(from), this.at(to) + 1);
    if (!this.deep) return some;
    const shelves = await Promise.all(some.map(async name => new Shelf(JSON.parse(await this.read(name + '.json')), this.read)));
    return (await Promise.all(shelves.map(shelf => shelf.files(from, to)))).flat();
  }

  // lines gives the lines that begin so, cut at the space, of at most so many
  // files; with a word, only of those where that would be.
  async lines(beginning, {most = Infinity, word} = {}) {
    const files = await this.files(word ?? beginning, word ?? beginning + '\u{10ffff}');
    const found = [];
    for (const text of await Promise.all(files.slice(0, most).map(name => this.read(name + '.txt')))) {
      let at = text.startsWith(beginning) ? 0 : text.indexOf('\n' + beginning) + 1;
      while (at < text.length && text.startsWith(beginning, at)) {
        const space = text.indexOf(' ', at), end = text.indexOf('\n', space);
        found.push([text.slice(at, space), text.slice(space + 1, end)]);
        at = end + 1;
      }
    }
    return found;
  }
}

// Gone says that the site was built anew: its files have other names now.
export class Gone extends Error {}

// An Index is one edition of the index.
export class Index {
  constructor(address, {parts, words, spellings, backwards, groups, deep, counts}) {
    this.address = address;
    this.files = new Map();
    const read = name => this.read(name);
    this.words = new Shelf(words, read);
    this.spellings = new Shelf(spellings, read);
    this.backwards = new Shelf(backwards, read);
    this.groups = names(groups);
    this.deep = deep;
    this.parts = parts;
    this.noteOf = new Uint32Array(parts); // of a part
    this.firstPart = []; // of a note
    this.groupOf = []; // of a note
    this.firstNote = []; // of a group
    let part = 0;
    for (const [group, line] of counts.split('\n').slice(0, -1).entries()) {
      this.firstNote.push(this.groupOf.length);
      for (const count of line.split(' ')) {
        this.noteOf.fill(this.groupOf.length, part, part + Number(count || 1));
        this.firstPart.push(part);
        this.groupOf.push(group);
        part += Number(count || 1);
      }
    }
  }

  // read fetches a file, once.
  read(name) {
    if (!this.files.has(name)) {
      const text = fetchText(new URL('files/' + name, this.address));
      text.catch(() => this.files.delete(name));
      this.files.set(name, text);
    }
    return this.files.get(name);
  }

  // group is the file of some notes.
  async group(number) {
    if (!this.deep) return this.json(this.groups[number]);
    const list = await this.read(this.groups[number >> 5] + '.txt');
    return this.json(names(list)[number & 31]);
  }

  async json(name) { return JSON.parse(await this.read(name + '.json')); }

  // note is what is shown of a note.
  async note(number) {
    const group = await this.group(this.groupOf[number]);
    const [title, address, folder = '', aliases = '', tags = ''] =
      group.notes[number - this.firstNote[this.groupOf[number]]];
    return {title, address, folder, aliases, tags};
  }

  // text is what a part says: [id, heading, text] of each section.
  async text(part) {
    const groupNumber = this.groupOf[this.noteOf[part]];
    const group = await this.group(groupNumber);
    let at = part - this.firstPart[this.firstNote[groupNumber]], file = 0;
    while (at >= group.counts[file]) at -= group.counts[file++];
    return (await this.json(group.texts.slice(file * nameSize, (file + 1) * nameSize)))[at];
  }
}

async function fetchText(address, options) {
  const response = await fetch(address, options);
  if (response.status === 404) throw new Gone(address);
  if (!response.ok) throw new Error(`fetch ${address}: ${response.status}`);
  return response.text();
}

// load fetches the newest edition; without a network, what the browser kept.
export async function load(address) {
  const text = await fetchText(address, {cache: 'no-cache'}).catch(() => fetchText(address, {cache: 'force-cache'}));
  return new Index(address, JSON.parse(text));
}
