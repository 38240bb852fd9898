package obsidian

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// footnotes are those that a note spells out, in the order of the text, and
// which of them each label means: of two the first.
type footnotes struct {
	all     []*extast.Footnote
	byLabel map[string]int // to the place in all, from 1
}

var footnotesKey = parser.NewContextKey()

func footnotesOf(pc parser.Context) *footnotes {
	return pc.ComputeIfAbsent(footnotesKey, func() any {
		return &footnotes{byLabel: make(map[string]int)}
	}).(*footnotes)
}

// footnoteParser parses what footnotes say. Their further lines are indented
// by two spaces (Obsidian help, Footnotes), where goldmark wants four. They
// stay where they are until the footnoteCollector comes.
type footnoteParser struct{ parser.BlockParser }

func newFootnoteParser() parser.BlockParser {
	return footnoteParser{extension.NewFootnoteBlockParser()}
}

func (footnoteParser) Continue(
	_ ast.Node, reader text.Reader, _ parser.Context,
) parser.State {
	line, _ := reader.PeekLine()
	if util.IsBlank(line) {
		return parser.Continue | parser.HasChildren
	}
	for _, width := range []int{4, 2} {
		pos, padding := util.IndentPosition(line, reader.LineOffset(), width)
		if pos >= 0 {
			reader.AdvanceAndSetPadding(pos, padding)
			return parser.Continue | parser.HasChildren
		}
	}
	return parser.Close
}

func (footnoteParser) Close(node ast.Node, _ text.Reader, pc parser.Context) {
	f, footnote := footnotesOf(pc), node.(*extast.Footnote)
	f.all = append(f.all, footnote)
	if label := string(footnote.Ref); f.byLabel[label] == 0 {
		f.byLabel[label] = len(f.all)
	}
}

// footnoteLinkParser parses the marks in the text that lead to footnotes. In
// `![^1]` the first character is text.
//
// goldmark's looks through all footnotes for each mark.
type footnoteLinkParser struct{}

func (footnoteLinkParser) Trigger() []byte { return []byte{'!', '['} }

// maxLabel bounds a label, as that of a link (CommonMark 0.31, 4.7).
const maxLabel = 999

func (footnoteLinkParser) Parse(
	parent ast.Node, block text.Reader, pc parser.Context,
) ast.Node {
	f, _ := pc.Get(footnotesKey).(*footnotes)
	if f == nil {
		return nil
	}
	line, seg := block.PeekLine()
	rest := bytes.TrimPrefix(line, []byte{'!'})
	label, ok := bytes.CutPrefix(rest, []byte("[^"))
	if !ok {
		return nil
	}
	end := labelEnd(label[:min(len(label), maxLabel)])
	if end < 0 {
		return nil
	}
	place := f.byLabel[string(label[:end])]
	if place == 0 {
		return nil
	}
	if len(rest) < len(line) {
		parent.AppendChild(parent, ast.NewTextSegment(seg.WithStop(seg.Start+1)))
	}
	block.Advance(len(line) - len(label) + end + 1)
	return extast.NewFootnoteLink(place)
}

// labelEnd finds the bracket that ends a label, -1 where there is none.
func labelEnd(label []byte) int {
	for i := 0; i < len(label); i++ {
		switch label[i] {
		case '\\':
			i++
		case '[', '\n':
			return -1
		case ']':
			return i
		}
	}
	return -1
}
