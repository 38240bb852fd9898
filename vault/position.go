package vault

import (
	"bytes"
	"sort"
	"unicode/utf8"
)

// positions turns offsets of a text into lines and columns of its file.
type positions struct {
	starts []int // of the lines
	// replaced are the offsets at which U+FFFD stands for one byte.
	replaced []int
}

func newPositions(d decoding) positions {
	p := positions{starts: []int{0}, replaced: d.replaced}
	p.starts = make([]int, 1, bytes.Count(d.text, []byte{'\n'})+1)
	for i, c := range d.text {
		if c == '\n' {
			p.starts = append(p.starts, i+1)
		}
	}
	return p
}

// line returns the number of an offset's line from 1, and the line's start.
func (p *positions) line(offset int) (line, start int) {
	line = sort.SearchInts(p.starts, offset+1)
	return line, p.starts[line-1]
}

// at returns the line and column of an offset, both from 1, in bytes.
func (p *positions) at(offset int) (line, column int) {
	line, start := p.line(offset)
	grown := sort.SearchInts(p.replaced, offset) -
		sort.SearchInts(p.replaced, start)
	return line, offset - start - grown*(utf8.RuneLen(utf8.RuneError)-1) + 1
}
