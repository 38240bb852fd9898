package obsidian

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// A window shows only the first bytes of the rest of a line. Parsers that
// search or copy the rest of the line each time they are asked need one, lest
// they take quadratic time on a long line.
type window struct {
	text.Reader
	size int
}

func (w window) PeekLine() ([]byte, text.Segment) {
	line, seg := w.Reader.PeekLine()
	if len(line) > w.size {
		line = line[:w.size]
		seg = seg.WithStop(seg.Start + w.size - seg.Padding)
	}
	return line, seg
}

func (w window) Value(seg text.Segment) []byte {
	return lineReader{w.Reader}.Value(seg)
}

// A lineReader takes what stands within one line straight from the source.
// Other readers of blocks search the lines for it, each time all of them.
type lineReader struct{ text.Reader }

func (r lineReader) Value(seg text.Segment) []byte {
	value := seg.Value(r.Source())
	if bytes.IndexByte(value, '\n') >= 0 {
		return r.Reader.Value(seg)
	}
	return value
}

// run counts how often the line's first byte stands at its start.
func run(line []byte) int {
	n := 0
	for n < len(line) && line[n] == line[0] {
		n++
	}
	return n
}

// literal takes the next n bytes as text. A run of markers that means nothing
// is taken at once, or each of its bytes would have the rest counted again.
func literal(block text.Reader, n int) ast.Node {
	_, seg := block.PeekLine()
	block.Advance(n)
	return ast.NewTextSegment(text.NewSegment(seg.Start, seg.Start+n))
}
