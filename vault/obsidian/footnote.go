package obsidian

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// footnoteParser parses what footnotes say. Their further lines are indented
// by two spaces (Obsidian help, Footnotes), where goldmark wants four.
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

// footnoteLinkParser parses the marks in the text that lead to footnotes.
type footnoteLinkParser struct{ parser.InlineParser }

func newFootnoteLinkParser() parser.InlineParser {
	return footnoteLinkParser{extension.NewFootnoteParser()}
}

func (p footnoteLinkParser) Parse(
	parent ast.Node, block text.Reader, pc parser.Context,
) ast.Node {
	return p.InlineParser.Parse(parent, lineReader{block}, pc)
}
