// The search box of the graph: which nodes have a title with the words in it.

const plain = text => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

export class Search {
  found = null; // the nodes that are found, those with most links first
  words = '';   // what there is to say of them

  // order are all nodes, in the order in which found has them. tell is told
  // when found has changed, and which node is the first if a reader asks.
  constructor(input, data, order, tell) {
    const titles = data.titles.map(plain);
    const look = () => {
      const words = plain(input.value).split(/\s+/).filter(Boolean);
      this.found = words.length === 0 ? null : order.filter(i => words.every(w => titles[i].includes(w)));
      this.words = this.found ? `${this.found.length} of ${data.count} notes` : '';
      tell.changed();
    };
    input.oninput = look;
    input.onkeydown = e => {
      if (e.key === 'Escape' && input.value !== '') {
        input.value = '';
        look();
      } else if (e.key === 'Enter' && this.found?.length > 0) {
        tell.first(this.found[0]);
      } else return;
      e.preventDefault();
    };
  }
}
