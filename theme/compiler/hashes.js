// The hashes of contents in a Go object, by which the linker knows that two
// symbols are the same: package runner/columns leaves them out, as they can be
// computed from the rest. The format is that of Go's cmd/internal/goobj.

import {Sum} from './sum.js';

// The blocks of an object, and the packages of references that are none.
const packages = 1, symbols = 3, short = 4, hashed = 5, others = 6, hash64 = 9, hash = 10, relocStart = 11,
  dataStart = 13, reloc = 14, data = 16;
const inNone = 0x7fffffff, inShort = inNone - 1, inHashed = inNone - 2, inBuiltin = inNone - 3, inSelf = inNone - 4;

const offsetsAt = 20, stringSize = 8, symbolSize = 21, relocSize = 23, hashSize = 16, shortSize = 8;

// fillHashes computes the hashes of an object, whose package has a path, and
// whose large symbols must be in sections of some kinds.
export function fillHashes(object, path, kinds) {
  const view = new DataView(object.buffer, object.byteOffset, object.byteLength);
  const u32 = at => view.getUint32(at, true);
  const block = i => u32(offsetsAt + 4 * i);
  const [packagesAt, hashedAt, othersAt, hash64At, hashAt, relocStartAt, dataStartAt, relocAt, dataAt] =
    [packages, hashed, others, hash64, hash, relocStart, dataStart, reloc, data].map(block);
  const firstShort = (block(short) - block(symbols)) / symbolSize;
  const firstHashed = firstShort + (hashedAt - block(short)) / symbolSize;

  const text = at => object.subarray(u32(at + 4), u32(at + 4) + u32(at));
  const content = i => object.subarray(dataAt + u32(dataStartAt + 4 * i), dataAt + u32(dataStartAt + 4 * i + 4));
  const shorts = (block(hash) - hash64At) / shortSize;
  for (let i = 0; i < shorts; i++) object.set(content(firstShort + i), hash64At + shortSize * i);

  const done = new Uint8Array(kinds.length);
  // compute fills the hash of the i-th large symbol and says where it is.
  const compute = i => {
    const place = hashAt + hashSize * i;
    if (done[i]) return place;
    done[i] = 1;
    // What it points at comes first: one sum is made at a time.
    const from = relocAt + relocSize * u32(relocStartAt + 4 * (firstHashed + i));
    const to = relocAt + relocSize * u32(relocStartAt + 4 * (firstHashed + i) + 4);
    for (let at = from; at < to; at += relocSize) if (u32(at + 15) === inHashed) compute(u32(at + 19));
    sum.start();
    sum.byte(1); // by which Go's differ from plain ones
    const size = hashedAt + symbolSize * i + 13;
    sum.add(object, size, size + 4);
    sum.add(zeros, 0, 4);
    sum.byte(kinds[i]);
    const bytes = content(firstHashed + i);
    let length = bytes.length;
    while (length && !bytes[length - 1]) length--;
    sum.add(bytes, 0, length);
    for (let at = from; at < to; at += relocSize) {
      sum.add(object, at, at + 6);
      sum.add(object, at + 7, at + 15);
      target(at);
    }
    sum.end(object, place, hashSize);
    return place;
  };
  const whole = bytes => sum.add(bytes, 0, bytes.length);
  const target = at => {
    const where = u32(at + 15), i = u32(at + 19);
    if (where === inShort || where === inHashed) {
      const large = where === inHashed, place = large ? compute(i) : hash64At + shortSize * i;
      sum.byte(Number(large));
      sum.add(object, place, place + (large ? hashSize : shortSize));
    } else if (where === inNone) {
      sum.byte(2);
      whole(text(othersAt + symbolSize * i));
    } else {
      if (where === inBuiltin) sum.byte(3);
      else whole(where === inSelf ? path : text(packagesAt + stringSize * where));
      sum.add(object, at + 19, at + 23);
    }
  };
  for (let i = 0; i < kinds.length; i++) compute(i);
}

const sum = new Sum(), zeros = new Uint8Array(4);
