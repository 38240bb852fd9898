// Where a program's randomness comes from, as runner/random.go has it:
// SplitMix64, seeded with the FNV-1a hash of the program's text.

const mask = 0xffff_ffff_ffff_ffffn;

// seedOf is the hash of a text and, if it is not zero, a seed behind it. It
// multiplies in four parts of 16 bits: big integers would be slow on a long
// text.
function seedOf(text, seed) {
  const tail = new Uint8Array(seed ? 8 : 0);
  if (seed) new DataView(tail.buffer).setBigUint64(0, seed, true);
  let [a, b, c, d] = [0x2325, 0x8422, 0x9ce4, 0xcbf2]; // low to high
  for (const bytes of [text, tail]) {
    for (const byte of bytes) {
      a ^= byte;
      // The prime is 2^40 + 0x1b3.
      const low = a * 0x1b3;
      const second = b * 0x1b3 + (low >>> 16);
      const third = c * 0x1b3 + (second >>> 16) + (a << 8);
      const high = d * 0x1b3 + (third >>> 16) + (b << 8);
      [a, b, c, d] = [low & 0xffff, second & 0xffff, third & 0xffff, high & 0xffff];
    }
  }
  return BigInt(d) << 48n | BigInt(c) << 32n | BigInt(b) << 16n | BigInt(a);
}

export class Random {
  #state;
  #rest = new Uint8Array(0);

  // source is UTF-8, seed a big integer.
  constructor(source, seed) {
    this.#state = seedOf(source, seed);
  }

  // fill fills bytes.
  fill(bytes) {
    for (let n = 0; n < bytes.length;) {
      if (!this.#rest.length) {
        this.#rest = new Uint8Array(8);
        new DataView(this.#rest.buffer).setBigUint64(0, this.#next(), true);
      }
      const part = this.#rest.subarray(0, bytes.length - n);
      bytes.set(part, n);
      n += part.length;
      this.#rest = this.#rest.subarray(part.length);
    }
  }

  #next() {
    this.#state = this.#state + 0x9e3779b97f4a7c15n & mask;
    let z = this.#state;
    z = (z ^ z >> 30n) * 0xbf58476d1ce4e5b9n & mask;
    z = (z ^ z >> 27n) * 0x94d049bb133111ebn & mask;
    return z ^ z >> 31n;
  }
}
