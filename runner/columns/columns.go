// Package columns writes an archive of a Go package such that it compresses
// better, for readers' browsers.
//
// [Encode] finds the Go objects in an archive and writes their tables of
// fixed-size records, symbols, relocations and the like, column by column,
// numbers that grow as differences. It leaves out the hashes of contents
// where it can compute them from the rest of the object, as the page then
// does: theme/compiler/columns.js is the inverse, and gives each byte back.
// What does not look like an object stays as it is.
//
// An encoded archive is its length and then steps, each a byte and numbers of
// variable length:
//
//	plain   n, and n bytes
//	table   rows, fields, a byte for each field, and the columns
//	gap     n bytes that a later step fills
//	hashes  the offset of an object whose gaps to fill, n, and n bytes of its
//	        package's path, m, and m bytes of its large symbols' sections
//	end
//
// A field's byte is its size, with a flag where what is written is the
// difference to the row before, or to where the piece there ends that the
// field before gives the length of. A field of more bytes than one is as many
// columns.
package columns

import (
	"bytes"
	"encoding/binary"
)

// The steps.
const (
	end = iota
	plain
	table
	gap
	hashes
)

// The kinds of fields, beside their size. Those with a flag have 4 bytes.
const (
	delta = 1 << 4
	after = 1 << 5
	sizes = delta - 1
)

// Encode gives the archive of a package in the form that the page undoes.
func Encode(path string, archive []byte) []byte {
	e := &encoder{path: path, in: archive}
	e.out = binary.AppendUvarint(nil, uint64(len(archive)))
	for from := 0; ; {
		i := bytes.Index(archive[from:], []byte(magic))
		if i < 0 {
			break
		}
		from += i
		if o, ok := open(archive[from:]); ok {
			e.object(from, o)
			from += o.offsets[blockEnd]
		} else {
			from += len(magic)
		}
	}
	e.plainTo(len(archive))
	return append(e.out, end)
}

// An encoder has written what in holds up to at.
type encoder struct {
	path    string
	in, out []byte
	at      int
}

func (e *encoder) step(kind byte, numbers ...int) {
	e.out = append(e.out, kind)
	for _, n := range numbers {
		e.out = binary.AppendUvarint(e.out, uint64(n))
	}
}

func (e *encoder) plainTo(at int) {
	if at > e.at {
		e.step(plain, at-e.at)
		e.out = append(e.out, e.in[e.at:at]...)
		e.at = at
	}
}

// object writes an object that begins at an offset, but for what follows its
// last table.
func (e *encoder) object(start int, o *object) {
	sections, computed := o.findSections(e.path)
	for block, layout := range layouts {
		from, to := o.offsets[block], o.offsets[block+1]
		switch {
		case from == to:
		case block == blockHash64 || block == blockHash:
			if computed {
				e.plainTo(start + from)
				e.step(gap, to-from)
				e.at = start + to
			}
		case layout != nil:
			e.plainTo(start + from)
			e.table(e.in[start+from:start+to], layout)
			e.at = start + to
		}
	}
	e.plainTo(start + o.offsets[blockEnd])
	if computed {
		e.step(hashes, start, len(e.path))
		e.out = append(e.out, e.path...)
		e.out = binary.AppendUvarint(e.out, uint64(len(sections)))
		e.out = append(e.out, sections...)
	}
}

// table writes whole rows of fields by column.
func (e *encoder) table(text []byte, layout []byte) {
	width := 0
	for _, field := range layout {
		width += int(field & sizes)
	}
	rows := len(text) / width
	e.step(table, rows, len(layout))
	e.out = append(e.out, layout...)
	at := 0
	for _, field := range layout {
		size := int(field & sizes)
		base := len(e.out)
		e.out = append(e.out, make([]byte, rows*size)...)
		column := e.out[base:]
		for row, last := 0, uint32(0); row < rows; row++ {
			cell := text[row*width+at:][:size]
			var differs [4]byte
			if field > sizes {
				value := binary.LittleEndian.Uint32(cell)
				binary.LittleEndian.PutUint32(differs[:], value-last)
				last, cell = value, differs[:]
				if field&after != 0 {
					last += binary.LittleEndian.Uint32(
						text[row*width+at-4:])
				}
			}
			for i, b := range cell {
				column[i*rows+row] = b
			}
		}
		at += size
	}
}
