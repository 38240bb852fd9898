package obsidian

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// strikethroughParser parses ~~text~~. GitHub takes one `~` too, Obsidian
// does not.
type strikethroughParser struct{ parser.InlineParser }

func newStrikethroughParser() parser.InlineParser {
	return strikethroughParser{extension.NewStrikethroughParser()}
}

func (p strikethroughParser) Parse(
	parent ast.Node, block text.Reader, pc parser.Context,
) ast.Node {
	line, _ := block.PeekLine()
	switch n := run(line); n {
	case 1:
		return nil
	case 2:
		return p.InlineParser.Parse(parent, block, pc)
	default:
		return literal(block, n)
	}
}
