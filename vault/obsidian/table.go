package obsidian

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// tableParser parses tables. The line below a table's head needs a `|` or a
// `:`: below the text of a list item a line of dashes goes on with the text.
// goldmark's parser agrees, unless the line has an end, which it takes for
// something else than a dash.
type tableParser struct{ parser.ParagraphTransformer }

func newTableParser() parser.ParagraphTransformer {
	return tableParser{extension.NewTableParagraphTransformer()}
}

func (p tableParser) Transform(
	node *ast.Paragraph, reader text.Reader, pc parser.Context,
) {
	dashes := map[int]text.Segment{}
	lines := node.Lines()
	before := lines.Len()
	for i := 1; i < before; i++ {
		if seg := lines.At(i); isDashes(seg, reader.Source()) {
			dashes[i] = seg
			lines.Set(i, seg.TrimRightSpace(reader.Source()))
		}
	}
	p.ParagraphTransformer.Transform(node, reader, pc)
	for i, seg := range dashes {
		switch lines := node.Lines(); {
		case i < lines.Len()-1, lines.Len() == before:
			lines.Set(i, seg)
		case i == lines.Len()-1: // a table has taken the rest
			lines.Set(i, seg.TrimRightSpace(reader.Source()))
		}
	}
}

// isDashes reports whether a line holds dashes alone, white space at its end
// aside.
func isDashes(seg text.Segment, source []byte) bool {
	if seg.IsEmpty() || source[seg.Start] != '-' {
		return false
	}
	dashes := seg.TrimRightSpace(source)
	for _, c := range dashes.Value(source) {
		if c != '-' {
			return false
		}
	}
	return true
}
