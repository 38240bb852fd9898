package render

import (
	"math"
	"slices"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"

	"runnel/vault"
	"runnel/vault/obsidian"
)

// A Spot is a place where HTML of the caller's own goes: before a block,
// unless it says otherwise.
type Spot struct {
	// Columns are those of the table before a row of which the spot is: the
	// HTML has to be a row. 0 where it is before a block.
	Columns int
	// Code says that the spot is at the end of a line of code, where only
	// text and what goes into it may stand.
	Code bool
}

// A span is lines of a note, from first to before next.
type span struct{ first, next int }

// spans shares the lines of a note out among what is shown of it: each line
// belongs to the innermost block, item or row that begins on it or before.
func (p *page) spans(nodes []ast.Node) map[ast.Node]span {
	type start struct {
		line int
		node ast.Node
	}
	var starts []start
	for _, top := range nodes {
		_ = ast.Walk(top, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			switch {
			case !entering:
			case n.Type() == ast.TypeInline, n.Kind() == obsidian.KindCalloutTitle:
				return ast.WalkSkipChildren, nil
			case n.Kind() == extast.KindTable:
				line := p.note.Line(n)
				starts = append(starts, start{line, n})
				line++ // the row below the head, which is none
				for row := n.FirstChild().NextSibling(); row != nil; row = row.NextSibling() {
					line++
					starts = append(starts, start{line, row})
				}
				return ast.WalkSkipChildren, nil
			case spotted[n.Kind()]:
				starts = append(starts, start{p.note.Line(n), n})
			}
			return ast.WalkContinue, nil
		})
	}
	// Footnotes stand last, wherever they are written.
	slices.SortStableFunc(starts, func(a, b start) int { return a.line - b.line })
	spans := make(map[ast.Node]span, len(starts))
	first := 0
	for i, s := range starts {
		next := math.MaxInt
		if i+1 < len(starts) {
			next = starts[i+1].line
		}
		if next > first {
			spans[s.node] = span{first, next}
			first = next
		}
	}
	return spans
}

// spotted are the kinds of blocks that the caller's HTML may go before.
var spotted = map[ast.NodeKind]bool{
	ast.KindHeading: true, ast.KindHTMLBlock: true, ast.KindCodeBlock: true, ast.KindFencedCodeBlock: true,
	ast.KindParagraph: true, ast.KindTextBlock: true, ast.KindBlockquote: true, ast.KindThematicBreak: true,
	ast.KindList: true, obsidian.KindCallout: true, obsidian.KindMathBlock: true,
	extast.KindTable: true, extast.KindTableRow: true,
}

// beforeEach writes the caller's HTML before what a function renders.
func (p *page) beforeEach(fn renderer.NodeRendererFunc) renderer.NodeRendererFunc {
	return func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering && p.spots != nil {
			p.before(w, n)
		}
		return fn(w, source, n, entering)
	}
}

func (p *page) before(w util.BufWriter, n ast.Node) {
	at, ok := p.spots[n]
	if !ok {
		return
	}
	var spot Spot
	if n.Kind() == extast.KindTableRow {
		spot.Columns = len(n.Parent().(*extast.Table).Alignments)
	}
	if s := p.note.Snippet(n); s != nil && s.Options.Code == vault.Shown {
		// What is about a line of the code stands in it.
		end := s.Line + countLines(s.Code)
		_, _ = w.Write(p.Before(p.note, at.first, min(at.next, s.Line), spot))
		at.first = min(at.next, end)
	}
	if at.first < at.next {
		_, _ = w.Write(p.Before(p.note, at.first, at.next, spot))
	}
}

// beside gives what the caller has to say at the end of each line of a
// program's code; nil where that is nothing.
func (p *page) beside(s *vault.Snippet) func(line int) []byte {
	if p.spots == nil || s.Options.Code != vault.Shown {
		return nil
	}
	return func(line int) []byte {
		return p.Before(p.note, s.Line+line-1, s.Line+line, Spot{Code: true})
	}
}
