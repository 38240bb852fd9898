// SHA-256, as FIPS 180-4 has it: the browser's own answers later, which takes
// longer than the sum of what has some tens of bytes.

// The first bits of the fractional parts of roots of primes.
const primes = [];
for (let n = 2; primes.length < 64; n++) if (primes.every(p => n % p)) primes.push(n);
const fraction = x => (x - Math.floor(x)) * 2 ** 32 | 0;
const constants = Int32Array.from(primes, p => fraction(Math.cbrt(p)));
const first = Int32Array.from(primes.slice(0, 8), p => fraction(Math.sqrt(p)));

const blockSize = 64, lengthAt = 56;

export class Sum {
  #state = new Int32Array(8);
  #words = new Int32Array(64);
  #block = new Uint8Array(blockSize);
  #length = 0;

  start() {
    this.#state.set(first);
    this.#length = 0;
  }

  byte(value) {
    const block = this.#block;
    block[this.#length++ % blockSize] = value;
    if (this.#length % blockSize === 0) this.#mix(block, 0);
  }

  // add takes the bytes from one place to another.
  add(bytes, from, to) {
    while (from < to)
      if (this.#length % blockSize === 0 && to - from >= blockSize) {
        this.#mix(bytes, from);
        this.#length += blockSize;
        from += blockSize;
      } else this.byte(bytes[from++]);
  }

  // end writes the first bytes of the sum at a place.
  end(into, at, size) {
    const length = this.#length;
    this.byte(0x80);
    while (this.#length % blockSize !== lengthAt) this.byte(0);
    const high = Math.floor(length / 2 ** 29), low = length * 8;
    for (let shift = 24; shift >= 0; shift -= 8) this.byte(high >>> shift & 255);
    for (let shift = 24; shift >= 0; shift -= 8) this.byte(low >>> shift & 255);
    for (let i = 0; i < size; i++) into[at + i] = this.#state[i >> 2] >>> 24 - 8 * (i & 3);
  }

  #mix(bytes, from) {
    const w = this.#words, state = this.#state;
    for (let i = 0; i < 16; i++, from += 4)
      w[i] = bytes[from] << 24 | bytes[from + 1] << 16 | bytes[from + 2] << 8 | bytes[from + 3];
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15], y = w[i - 2];
      w[i] = w[i - 16] + w[i - 7] + ((x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3)
        + ((y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ y >>> 10);
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i++) {
      const one = h + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7))
        + (e & f ^ ~e & g) + constants[i] + w[i] | 0;
      const two = ((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + (a & b ^ a & c ^ b & c) | 0;
      h = g;
      g = f;
      f = e;
      e = d + one | 0;
      d = c;
      c = b;
      b = a;
      a = one + two | 0;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
    state[5] += f;
    state[6] += g;
    state[7] += h;
  }
}
