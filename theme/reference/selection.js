// What can be selected of a type: of one of the library, 'path.Name', or of a
// declaration of the program. get gives a package by its path if it is here,
// typeAt the type that begins at a token of the program.

const deepest = 4; // types within one another

export class Selection {
  #get;
  #typeAt;

  constructor(get, typeAt) {
    this.#get = get;
    this.#typeAt = typeAt;
  }

  // all are the names, {name, entry}; those of the program have no entry.
  all(type, depth = 0) {
    if (!type || depth > deepest) return [];
    if (typeof type === 'string') {
      const {members = [], embeds = []} = this.#entry(type) ?? {};
      return [...members, ...embeds.flatMap(embedded => this.all(embedded, depth + 1))];
    }
    const own = [...type.fields.keys(), ...type.methods.keys()].map(name => ({name}));
    return [...own, ...type.embeds.flatMap(from => this.all(this.#typeAt(from), depth + 1))];
  }

  #entry(type) {
    const dot = type.lastIndexOf('.'), path = type.slice(0, dot), name = type.slice(dot + 1);
    const found = this.#get(path)?.type(name);
    return found && {...found, path, name};
  }

  // one is the thing that a name is; declared makes one of a declaration.
  one(type, name, declared, depth = 0) {
    if (!type || depth > deepest) return undefined;
    const first = types => {
      for (const embedded of types) {
        const found = this.one(embedded, name, declared, depth + 1);
        if (found) return found;
      }
      return undefined;
    };
    if (typeof type !== 'string') return this.#own(type, name, declared) ?? first(type.embeds.map(this.#typeAt));
    const found = this.#entry(type);
    if (!found) return undefined;
    const method = found.methods.get(name);
    if (method) return {at: {path: found.path, name: `${found.name}.${name}`}, gives: method.Gives ?? []};
    if (!(name in found.fields)) return first(found.embeds);
    const given = found.fields[name] || undefined;
    return {at: {path: found.path, name: found.name}, value: given, gives: given && [given]};
  }

  #own(type, name, declared) {
    if (type.fields.has(name)) return {value: this.#typeAt(type.fields.get(name))};
    if (type.methods.has(name)) return declared(type.methods.get(name));
    for (const from of type.embeds) {
      const embedded = this.#typeAt(from);
      if (typeof embedded === 'string' && embedded.endsWith(`.${name}`)) return {value: embedded};
    }
    return undefined;
  }
}
