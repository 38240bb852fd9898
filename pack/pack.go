// Package pack writes numbers and texts one after another, and reads them back:
// for what is kept from one run of the tool to the next and read at the start
// of each.
//
// What is written is a slice of bytes that functions append to; a [Reader]
// gives texts as parts of the one string that it reads, which costs nothing.
// There are no names and no types: who reads must know what was written. A
// string that is not what was written is read without harm, and [Reader.Err]
// says so where that can be seen; that it is none is for a checksum to say.
package pack

import (
	"encoding/binary"
	"errors"
)

// Int appends a number. Those that are not negative and small take little room.
func Int(b []byte, n int) []byte { return binary.AppendVarint(b, int64(n)) }

// Text appends a text.
func Text(b []byte, s string) []byte {
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}

// Texts appends a list of texts.
func Texts(b []byte, list []string) []byte {
	b = Int(b, len(list))
	for _, s := range list {
		b = Text(b, s)
	}
	return b
}

// A Reader reads what was appended, in the same order.
type Reader struct {
	rest string
	bad  bool
}

// NewReader makes a reader of a packed string.
func NewReader(s string) *Reader { return &Reader{rest: s} }

// errPacked says that a string is not what was packed.
var errPacked = errors.New("is not what was written")

// Err is not nil where something could not be read, or is left over.
func (r *Reader) Err() error {
	if r.bad || r.rest != "" {
		return errPacked
	}
	return nil
}

// fail makes the reader give nothing any more.
func (r *Reader) fail() { r.bad, r.rest = true, "" }

func (r *Reader) uint() uint64 {
	var n uint64
	for i := 0; i < len(r.rest) && i < binary.MaxVarintLen64; i++ {
		c := r.rest[i]
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			r.rest = r.rest[i+1:]
			return n
		}
	}
	r.fail()
	return 0
}

// Int reads a number.
func (r *Reader) Int() int {
	n := r.uint()
	return int(n>>1) ^ -int(n&1)
}

// Count reads a number of things that follow, each of a byte at least.
func (r *Reader) Count() int {
	n := r.Int()
	if n < 0 || n > len(r.rest) {
		r.fail()
		return 0
	}
	return n
}

// Text reads a text.
func (r *Reader) Text() string {
	n := r.uint()
	return r.Take(int(min(n, 1<<62)))
}

// Take reads so many bytes.
func (r *Reader) Take(n int) string {
	if n < 0 || n > len(r.rest) {
		r.fail()
		return ""
	}
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

// Texts reads a list of texts; an empty one is nil.
func (r *Reader) Texts() []string {
	n := r.Count()
	if n == 0 {
		return nil
	}
	list := make([]string, n)
	for i := range list {
		list[i] = r.Text()
	}
	return list
}
