// How nodes and their titles look. Colours are those of the page's style.

export class Look {
  constructor(data, section) {
    this.data = data;
    this.section = section;
    this.spacing = 20000 / Math.sqrt(Math.max(data.count, 1));
    this.order = [...data.x.keys()].sort((a, b) => data.degree(b) - data.degree(a) || a - b);
    this.rank = new Int32Array(data.count);
    this.order.forEach((node, rank) => { this.rank[node] = rank; });
    this.read();
  }

  // read asks the style for the colours, which change with the scheme.
  read() {
    const probe = document.createElement('i');
    this.section.append(probe);
    const colour = name => {
      probe.className = name;
      return getComputedStyle(probe).color;
    };
    this.colour = {text: colour('ink-text'), link: colour('ink-link'), ground: colour('ink-ground'), focus: colour('ink-focus'),
      groups: [0, 1, 2, 3, 4, 5, 6].map(n => colour(`ink-group group-${n}`))};
    probe.remove();
    this.font = `12px ${getComputedStyle(this.section).fontFamily}`;
  }

  radius(i, scale) {
    const unit = Math.max(0.9, Math.min(3.8, this.spacing * scale * 0.065));
    return unit * (1 + 0.3 * Math.log2(1 + this.data.degree(i)));
  }

  dot(context, i, px, py, scale, grown = 0) {
    const r = this.radius(i, scale) + grown;
    context.fillStyle = this.colour.groups[this.data.group[i]];
    if (r < 1.6) {
      context.fillRect(px - r, py - r, 2 * r, 2 * r);
      return;
    }
    context.beginPath();
    context.arc(px, py, r, 0, 2 * Math.PI);
    context.fill();
  }

  // ring marks a node.
  ring(context, i, px, py, scale) {
    context.strokeStyle = this.colour.focus;
    context.lineWidth = 2.5;
    context.beginPath();
    context.arc(px, py, this.radius(i, scale) + 4, 0, 2 * Math.PI);
    context.stroke();
    context.lineWidth = 1;
  }

  title(context, i, px, py, scale) {
    const text = this.short(i), y = py - this.radius(i, scale) - 5;
    context.font = this.font;
    context.textAlign = 'center';
    context.lineJoin = 'round';
    context.lineWidth = 4;
    context.strokeStyle = this.colour.ground;
    context.strokeText(text, px, y);
    context.lineWidth = 1;
    context.fillStyle = this.colour.text;
    context.fillText(text, px, y);
  }

  short(i) {
    const letters = [...this.data.titles[i]];
    return letters.length > 32 ? letters.slice(0, 31).join('') + '…' : letters.join('');
  }

  // labels writes the titles of the most linked of some nodes, where there is
  // room.
  labels(context, nodes, left, top, scale) {
    const {data} = this, boxes = [];
    context.font = this.font;
    nodes.sort((a, b) => this.rank[a] - this.rank[b]);
    for (const i of nodes.slice(0, 300)) {
      const px = left(data.x[i]), py = top(data.y[i]) - this.radius(i, scale) - 9;
      const half = context.measureText(this.short(i)).width / 2 + 6;
      if (boxes.some(b => Math.abs(b.px - px) < b.half + half && Math.abs(b.py - py) < 17)) continue;
      boxes.push({px, py, half});
      this.title(context, i, px, top(data.y[i]), scale);
      if (boxes.length === 60) return;
    }
  }
}
