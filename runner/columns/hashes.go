package columns

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
)

// The hashes are those of contentHash in cmd/internal/obj, which see.

// The packages of references that are none.
const (
	inNone = 1<<31 - 1 - iota
	inShort
	inHashed
	inBuiltin
	inSelf
)

// A hasher computes the hashes of an object's symbols, each once.
type hasher struct {
	*object
	self string // the path of the object's package
	// sections has for each large symbol the kind of section it must be in.
	sections []byte
	known    bool // sections are those
	done     map[int][]byte
}

// allKinds are those of sections. Which a symbol has is a matter of names and of
// what is not in the object; the hash tells.
var allKinds = []byte{0, 'T', 'F', 'P'}

// findSections gives the kinds of sections with which all hashes of an object
// come out as they are in it. What a damaged object makes of the computation
// is that they do not.
func (o *object) findSections(self string) (found []byte, same bool) {
	if o.size(blockHash64)+o.size(blockHash) == 0 ||
		o.count(blockHash64) != o.count(blockShort) ||
		o.count(blockHash) != o.count(blockHashed) {
		return nil, false
	}
	defer func() {
		if recover() != nil {
			same = false
		}
	}()
	h := &hasher{
		object: o, self: self, sections: make([]byte, o.count(blockHash)),
		done: map[int][]byte{},
	}
	for i := range o.count(blockHash64) {
		if !bytes.Equal(h.short(i), o.record(blockHash64, i)) {
			return nil, false
		}
	}
	for i := range o.count(blockHash) {
		if h.hashed(i) == nil {
			return nil, false
		}
	}
	return h.sections, true
}

// content is the data of a symbol by its place among all definitions.
func (o *object) content(i int) []byte {
	from := number(o.record(blockDataStart, i), 0)
	to := number(o.record(blockDataStart, i+1), 0)
	return o.text[o.offsets[blockData]:][from:to]
}

// name is what a record's length and offset say.
func (o *object) name(record []byte) []byte {
	return o.text[number(record, 4):][:number(record, 0)]
}

// short is the hash of a symbol of up to 8 bytes: these.
func (h *hasher) short(i int) []byte {
	_ = h.record(blockShort, i)
	sum := make([]byte, 8)
	copy(sum, h.content(h.count(blockSymbols)+i))
	return sum
}

// hashed is the hash of a larger one, nil where no kind of section makes it
// what it is.
func (h *hasher) hashed(i int) []byte {
	if sum, ok := h.done[i]; ok {
		return sum // of one that contains itself, in a damaged object: nil
	}
	h.done[i] = nil
	symbol := h.record(blockHashed, i)
	at := h.count(blockSymbols) + h.count(blockShort) + i
	// Go makes its hashes others than plain ones by a byte before all.
	b := []byte{1}
	b = binary.LittleEndian.AppendUint64(b, uint64(number(symbol, 13)))
	b = append(b, 0) // the section
	b = append(b, bytes.TrimRight(h.content(at), "\x00")...)
	from := number(h.record(blockRelocStart, at), 0)
	to := number(h.record(blockRelocStart, at+1), 0)
	for r := from; r < to; r++ {
		reloc := h.record(blockReloc, r)
		b = append(b, reloc[:6]...) // offset, size, and half of the type
		b = append(b, reloc[7:15]...)
		b = h.target(b, number(reloc, 15), number(reloc, 19))
	}
	for _, kind := range h.kinds(i) {
		b[9] = kind
		sum := sha256.Sum256(b)
		if h.known || bytes.Equal(sum[:hashSize], h.record(blockHash, i)) {
			h.sections[i] = kind
			h.done[i] = sum[:hashSize]
			break
		}
	}
	return h.done[i]
}

// kinds are those that the section of a symbol may be of.
func (h *hasher) kinds(i int) []byte {
	if h.known {
		return h.sections[i : i+1]
	}
	return allKinds
}

// target adds what tells what a relocation points at.
func (h *hasher) target(b []byte, pkg, i int) []byte {
	index := binary.LittleEndian.AppendUint32(nil, uint32(i))
	switch pkg {
	case inShort:
		return append(append(b, 0), h.short(i)...)
	case inHashed:
		return append(append(b, 1), h.hashed(i)...)
	case inNone:
		// References follow the definitions.
		symbol := h.record(blockOthers, i)
		return append(append(b, 2), h.name(symbol)...)
	case inBuiltin:
		return append(append(b, 3), index...)
	case inSelf:
		return append(append(b, h.self...), index...)
	}
	return append(append(b, h.name(h.record(blockPackages, pkg))...), index...)
}
