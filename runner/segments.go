package runner

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"slices"
)

// Go's linker leaves out the zeroes of a program's data and writes what is
// between them as segments of their own, 100,000 of them for the guest. Each
// one costs time at the start of every program, all together more than the
// interpreter takes to start. joinSegments puts the zeroes back where they
// are few.

// maxGap is how many zeroes are written, at most, to save a segment.
const maxGap = 64

// The parts of WebAssembly's binary format that matter here; see
// https://webassembly.github.io/spec/core/binary/modules.html
const (
	wasmHeader  = 8
	dataSection = 11
	activeData  = 0    // a segment with an offset in memory 0
	opI32Const  = 0x41 // its offset: i32.const N end
	opEnd       = 0x0b
)

var errModule = errors.New("not a WebAssembly module as Go writes it")

// segment is a piece of a module's memory.
type segment struct {
	offset int64
	bytes  []byte
}

// joinSegments returns the module with its data in fewer segments.
func joinSegments(module []byte) ([]byte, error) {
	if len(module) < wasmHeader {
		return nil, errModule
	}
	out := bytes.Clone(module[:wasmHeader])
	for rest := module[wasmHeader:]; len(rest) > 0; {
		size, n := binary.Uvarint(rest[1:])
		end := 1 + n + int(size)
		if n <= 0 || end > len(rest) {
			return nil, errModule
		}
		section := rest[:end]
		rest = rest[end:]
		if section[0] != dataSection {
			out = append(out, section...)
			continue
		}
		segments, err := readSegments(section[1+n:])
		if err != nil {
			return nil, err
		}
		body := writeSegments(join(segments))
		out = append(out, dataSection)
		out = binary.AppendUvarint(out, uint64(len(body)))
		out = append(out, body...)
	}
	return out, nil
}

// readSegments reads the body of a data section.
func readSegments(body []byte) ([]segment, error) {
	count, n := binary.Uvarint(body)
	if n <= 0 {
		return nil, errModule
	}
	body = body[n:]
	var list []segment
	for range count {
		if len(body) < 2 || body[0] != activeData || body[1] != opI32Const {
			return nil, errModule
		}
		offset, n := signed(body[2:])
		if body = body[2+n:]; len(body) == 0 || body[0] != opEnd {
			return nil, errModule
		}
		size, n := binary.Uvarint(body[1:])
		if n <= 0 || uint64(len(body)) < uint64(1+n)+size {
			return nil, errModule
		}
		body = body[1+n:]
		list = append(list, segment{offset, body[:size]})
		body = body[size:]
	}
	return list, nil
}

// join joins neighbours with a small gap. It keeps the segments as they are
// if two of them overlap, since then their order matters.
func join(list []segment) []segment {
	sorted := slices.SortedFunc(slices.Values(list), func(a, b segment) int {
		return cmp.Compare(a.offset, b.offset)
	})
	var joined []segment
	for i, s := range sorted {
		if i == 0 {
			joined = append(joined, segment{s.offset, bytes.Clone(s.bytes)})
			continue
		}
		last := &joined[len(joined)-1]
		gap := s.offset - last.offset - int64(len(last.bytes))
		switch {
		case gap < 0:
			return list
		case gap > maxGap:
			joined = append(joined, segment{s.offset, bytes.Clone(s.bytes)})
		default:
			last.bytes = append(last.bytes, make([]byte, gap)...)
			last.bytes = append(last.bytes, s.bytes...)
		}
	}
	return joined
}

// writeSegments is the opposite of readSegments.
func writeSegments(list []segment) []byte {
	body := binary.AppendUvarint(nil, uint64(len(list)))
	for _, s := range list {
		body = append(body, activeData, opI32Const)
		body = appendSigned(body, s.offset)
		body = append(body, opEnd)
		body = binary.AppendUvarint(body, uint64(len(s.bytes)))
		body = append(body, s.bytes...)
	}
	return body
}

// signed reads a number in signed LEB128 and says how long it is.
func signed(b []byte) (value int64, n int) {
	for shift := 0; n < len(b) && shift < 64; shift += 7 {
		c := b[n]
		n++
		value |= int64(c&0x7f) << shift
		if c < 0x80 {
			if c&0x40 != 0 && shift+7 < 64 {
				value -= 1 << (shift + 7)
			}
			break
		}
	}
	return value, n
}

// appendSigned is the opposite of signed.
func appendSigned(b []byte, value int64) []byte {
	for {
		c := byte(value & 0x7f)
		value >>= 7
		if value == 0 && c&0x40 == 0 || value == -1 && c&0x40 != 0 {
			return append(b, c)
		}
		b = append(b, c|0x80)
	}
}
