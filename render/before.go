package render

import (
	"math"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// A marker writes what the caller puts between the blocks of a page's note.
type marker struct {
	*page
	nodes []ast.Node
	next  int  // the first line that it has not asked about
	done  bool // there is nothing to ask
}

// before writes what goes before the block at i.
func (m *marker) before(w util.BufWriter, i int) {
	if m.done {
		return
	}
	next := math.MaxInt
	for _, n := range m.nodes[i+1:] {
		// Footnotes stand last, wherever they are written.
		if line := m.note.Line(n); line > m.next {
			next = line
			break
		}
	}
	_, _ = w.Write(m.Before(m.note, m.next, next))
	m.next, m.done = next, next == math.MaxInt
}
