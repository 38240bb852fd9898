package obsidian

import (
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// strikethroughParser parses ~~text~~. GitHub takes one `~` too, Obsidian
// does not.
type strikethroughParser struct{}

func (strikethroughParser) Trigger() []byte { return []byte{'~'} }

func (strikethroughParser) Parse(
	_ ast.Node, block text.Reader, _ parser.Context,
) ast.Node {
	line, _ := block.PeekLine()
	switch n := run(line); n {
	case 1:
		return nil
	case 2:
		return scanDelimiter(block, strikethroughDelimiters{})
	default:
		return literal(block, n)
	}
}

type strikethroughDelimiters struct{}

func (strikethroughDelimiters) IsDelimiter(b byte) bool { return b == '~' }
func (strikethroughDelimiters) OnMatch(int) ast.Node    { return extast.NewStrikethrough() }

func (strikethroughDelimiters) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}
