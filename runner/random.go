package runner

import (
	"encoding/binary"
	"hash/fnv"
)

// random is where a program's randomness comes from: map order, select,
// math/rand and crypto/rand. The same text gets the same bytes on every
// machine and in every browser, so the generator is one that is written down
// in a few lines of any language: SplitMix64, seeded with the text's FNV-1a
// hash of 64 bits. See https://prng.di.unimi.it/splitmix64.c
type random struct {
	state uint64
	rest  []byte // of the last number, little endian
}

// newRandom seeds a generator with a program's text and, if it is not zero,
// a seed, as 8 bytes behind the text, little endian.
func newRandom(source string, seed uint64) *random {
	h := fnv.New64a()
	h.Write([]byte(source))
	if seed != 0 {
		h.Write(binary.LittleEndian.AppendUint64(nil, seed))
	}
	return &random{state: h.Sum64()}
}

// Read implements [io.Reader]. It never fails.
func (r *random) Read(p []byte) (int, error) {
	for n := 0; n < len(p); {
		if len(r.rest) == 0 {
			r.rest = binary.LittleEndian.AppendUint64(nil, r.next())
		}
		k := copy(p[n:], r.rest)
		n, r.rest = n+k, r.rest[k:]
	}
	return len(p), nil
}

// next is SplitMix64.
func (r *random) next() uint64 {
	r.state += 0x9e3779b97f4a7c15
	z := r.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}
