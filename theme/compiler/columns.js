// Undoes what package runner/columns makes of an archive: see there.

import {fillHashes} from './hashes.js';

const end = 0, plain = 1, table = 2, gap = 3, hashes = 4;
const after = 32, sizes = 15; // of fields; a field past sizes has differences

// restored gives the archive.
export function restored(text) {
  let at = 0;
  const number = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = text[at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      if (!(byte >= 128)) throw new Error('A part of the Go compiler ends early.');
    }
  };
  const take = length => text.subarray(at, at += length);
  const out = new Uint8Array(number());
  let to = 0;
  for (;;) {
    const step = text[at++];
    if (step === plain) {
      const piece = take(number());
      out.set(piece, to);
      to += piece.length;
    } else if (step === gap) to += number();
    else if (step === table) {
      const rows = number(), layout = take(number());
      const width = layout.reduce((sum, field) => sum + (field & sizes), 0);
      if (to + rows * width > out.length) throw new Error('A part of the Go compiler is too long.');
      spread(take(rows * width), out.subarray(to, to += rows * width), rows, width, layout);
    } else if (step === hashes) {
      const start = number(), path = take(number());
      fillHashes(out.subarray(start), path, take(number()));
    } else if (step === end && to === out.length) return out;
    else throw new Error('A part of the Go compiler is not what it should be.');
  }
}

// spread writes columns into rows.
function spread(columns, out, rows, width, layout) {
  let from = 0, at = 0;
  for (const field of layout) {
    const size = field & sizes;
    if (field <= sizes) {
      for (let i = 0; i < size; i++)
        for (let row = 0, to = at + i; row < rows; row++, to += width) out[to] = columns[from++];
    } else {
      let last = 0;
      for (let row = 0, to = at; row < rows; row++, to += width) {
        const i = from + row;
        last += columns[i] | columns[i + rows] << 8 | columns[i + 2 * rows] << 16 | columns[i + 3 * rows] << 24;
        for (let byte = 0; byte < 4; byte++) out[to + byte] = last >>> 8 * byte;
        if (field & after)
          last += out[to - 4] | out[to - 3] << 8 | out[to - 2] << 16 | out[to - 1] << 24;
        last |= 0;
      }
      from += 4 * rows;
    }
    at += size;
  }
}
