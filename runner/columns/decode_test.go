package columns

import (
	"encoding/binary"
	"errors"
)

// decode undoes Encode, as columns.js does.
func decode(text []byte) (out []byte, err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("the text is damaged")
		}
	}()
	next := func() int {
		n, size := binary.Uvarint(text)
		text = text[size:]
		if size <= 0 || n > 1<<24 {
			panic("no number")
		}
		return int(n)
	}
	take := func(n int) []byte {
		piece := text[:n]
		text = text[n:]
		return piece
	}
	size := next()
	for {
		switch kind := take(1)[0]; kind {
		case plain:
			out = append(out, take(next())...)
		case gap:
			out = append(out, make([]byte, next())...)
		case table:
			rows := next()
			layout := take(next())
			out = append(out, rowsOf(rows, layout, take)...)
		case hashes:
			start := next()
			path := string(take(next()))
			sections := take(next())
			o, ok := open(out[start:])
			if !ok {
				panic("no object")
			}
			fill(o, path, sections)
		case end:
			if len(out) != size || len(text) > 0 {
				panic("another length")
			}
			return out, nil
		default:
			panic("no step")
		}
	}
}

func rowsOf(rows int, layout []byte, take func(int) []byte) []byte {
	var columns [][]byte
	var out []byte
	for _, field := range layout {
		for range field & sizes {
			columns = append(columns, take(rows))
		}
	}
	lasts := make([]uint32, len(layout))
	for row := range rows {
		i := 0
		for f, field := range layout {
			at := len(out)
			for range field & sizes {
				out = append(out, columns[i][row])
				i++
			}
			if field > sizes {
				v := binary.LittleEndian.Uint32(out[at:]) + lasts[f]
				binary.LittleEndian.PutUint32(out[at:], v)
				lasts[f] = v
				if field&after != 0 {
					lasts[f] += binary.LittleEndian.Uint32(out[at-4:])
				}
			}
		}
	}
	return out
}

// fill computes the hashes of an object.
func fill(o *object, path string, sections []byte) {
	h := &hasher{object: o, self: path, sections: sections, known: true, done: map[int][]byte{}}
	for i := range o.count(blockHash64) {
		copy(o.record(blockHash64, i), h.short(i))
	}
	for i := range o.count(blockHash) {
		copy(o.record(blockHash, i), h.hashed(i))
	}
}
