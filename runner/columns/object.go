package columns

import "encoding/binary"

// The format is cmd/internal/goobj's, which see.

// magic begins an object, and changes with the format.
const magic = "\x00go120ld"

// The blocks of an object.
const (
	blockPackages = iota + 1
	_
	blockSymbols
	blockShort
	blockHashed
	blockOthers
	blockReferred
	blockFlags
	blockHash64
	blockHash
	blockRelocStart
	blockAuxStart
	blockDataStart
	blockReloc
	blockAux
	blockData
	blockNames
	blockEnd
	blocks
)

var (
	symbolLayout = []byte{4, 4 | after, 2, 1, 1, 1, 4, 4}
	startLayout  = []byte{4 | delta}
)

// layouts are the fields of the tables that are written by column.
var layouts = [blockEnd][]byte{
	blockSymbols:    symbolLayout,
	blockShort:      symbolLayout,
	blockHashed:     symbolLayout,
	blockOthers:     symbolLayout,
	blockReferred:   symbolLayout,
	blockFlags:      {4, 4 | delta, 1, 1},
	blockRelocStart: startLayout,
	blockAuxStart:   startLayout,
	blockDataStart:  startLayout,
	blockReloc:      {4 | delta, 1, 2, 8, 4, 4},
	blockAux:        {1, 4, 4 | delta},
	blockNames:      {4, 4 | delta, 4, 4 | after},
}

// widths are the sizes of a record, where a block has them.
var widths = [blockEnd]int{
	blockPackages: 8, blockSymbols: symbolSize, blockShort: symbolSize,
	blockHashed: symbolSize, blockOthers: symbolSize,
	blockReferred: symbolSize, blockFlags: 10, blockHash64: 8,
	blockHash: hashSize, blockRelocStart: 4, blockAuxStart: 4,
	blockDataStart: 4, blockReloc: relocSize, blockAux: 9, blockNames: 16,
}

const (
	symbolSize = 21
	relocSize  = 23
	hashSize   = 16
	// The offsets stand after the magic, a fingerprint and flags.
	offsetsAt = 8 + 8 + 4
)

// An object is a Go object, from its magic on.
type object struct {
	text    []byte
	offsets [blocks]int
}

// open reads an object's header, and says whether the rest is as that says.
func open(text []byte) (*object, bool) {
	o := &object{text: text}
	if len(text) < offsetsAt+4*blocks {
		return nil, false
	}
	last := offsetsAt + 4*blocks
	for i := range o.offsets {
		o.offsets[i] = int(binary.LittleEndian.Uint32(text[offsetsAt+4*i:]))
		if o.offsets[i] < last || o.offsets[i] > len(text) {
			return nil, false
		}
		last = o.offsets[i]
	}
	for block, width := range widths {
		if width > 0 && o.size(block)%width != 0 {
			return nil, false
		}
	}
	return o, true
}

func (o *object) size(block int) int {
	return o.offsets[block+1] - o.offsets[block]
}

// count is how many records a block has.
func (o *object) count(block int) int { return o.size(block) / widths[block] }

// record is one of a block, which must have it.
func (o *object) record(block, i int) []byte {
	return o.text[o.offsets[block]+i*widths[block]:][:widths[block]]
}

// number is the i-th of a record's bytes and the next three.
func number(record []byte, i int) int {
	return int(binary.LittleEndian.Uint32(record[i:]))
}
