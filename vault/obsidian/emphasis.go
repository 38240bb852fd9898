package obsidian

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// emphasisParser parses *emphasis* and __strong emphasis__.
type emphasisParser struct{}

func (emphasisParser) Trigger() []byte { return []byte{'*', '_'} }

func (emphasisParser) Parse(
	_ ast.Node, block text.Reader, _ parser.Context,
) ast.Node {
	if d := scanDelimiter(block, emphasisDelimiters{}); d != nil {
		return d
	}
	return nil
}

type emphasisDelimiters struct{}

func (emphasisDelimiters) IsDelimiter(b byte) bool { return b == '*' || b == '_' }
func (emphasisDelimiters) OnMatch(n int) ast.Node  { return ast.NewEmphasis(n) }

func (emphasisDelimiters) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}
