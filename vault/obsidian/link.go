package obsidian

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// linkParser parses links and images of Markdown. It keeps goldmark from
// looking for the end of a destination that cannot have one: a line of `[a](`
// takes quadratic time there, and so do many lines with a link each.
type linkParser struct{ parser.InlineParser }

func newLinkParser() parser.InlineParser {
	return linkParser{parser.NewLinkParser()}
}

func (p linkParser) Parse(
	parent ast.Node, block text.Reader, pc parser.Context,
) ast.Node {
	line, _ := block.PeekLine()
	block = lineReader{block}
	if bytes.HasPrefix(line, []byte("](")) && !mayClose(line[2:]) {
		block = noDestination{block}
	}
	node := p.InlineParser.Parse(parent, block, pc)
	switch node.(type) {
	case *ast.Link, *ast.Image:
		matchDelimiters(node)
	}
	return node
}

// CloseBlock implements parser.CloseBlocker.
func (p linkParser) CloseBlock(
	parent ast.Node, block text.Reader, pc parser.Context,
) {
	p.InlineParser.(parser.CloseBlocker).CloseBlock(parent, block, pc)
}

// noDestination hides the parenthesis after a link's text.
type noDestination struct{ text.Reader }

func (noDestination) Peek() byte { return text.EOF }

// Bounds of a destination and of a title in parentheses. The specification
// asks for three levels at least (CommonMark 0.31, section 6.3).
const (
	maxParens = 32
	maxTitle  = 1000
)

// mayClose looks as far as it needs to for whether a destination may end.
func mayClose(rest []byte) bool {
	rest = rest[util.TrimLeftSpaceLength(rest):]
	if len(rest) > 0 && rest[0] == '<' {
		end := bytes.IndexAny(rest[1:], "<>\n")
		return end >= 0 && rest[1+end] == '>'
	}
	depth := 0
	for i := 0; i < len(rest) && depth <= maxParens; i++ {
		switch c := rest[i]; {
		case c == '\\':
			i++
		case c == '(':
			depth++
		case c == ')' && depth == 0:
			return true
		case c == ')':
			depth--
		case util.IsSpace(c):
			return mayCloseTitle(rest[i+util.TrimLeftSpaceLength(rest[i:]):])
		}
	}
	return false
}

func mayCloseTitle(rest []byte) bool {
	if len(rest) == 0 || rest[0] != '(' {
		return true
	}
	return bytes.IndexByte(rest[:min(len(rest), maxTitle)], ')') >= 0
}

// maxDefinitions bounds the lines of a paragraph that may begin with link
// reference definitions: goldmark copies the rest of them for each one.
const maxDefinitions = 20_000

// definitionParser parses link reference definitions.
type definitionParser struct{}

func (definitionParser) Transform(
	node *ast.Paragraph, reader text.Reader, pc parser.Context,
) {
	if node.Lines().Len() <= maxDefinitions {
		parser.LinkReferenceParagraphTransformer.Transform(node, reader, pc)
	}
}
