package obsidian

import (
	"unicode"
	"unicode/utf8"

	"github.com/gohugoio/hugo-goldmark-extensions/extras"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// highlightParser parses ==highlights== into nodes of kind extras.KindMark.
//
// It differs from the module's parser in what may open and close one: any
// `==` with a visible character to its right may open, with one to its left
// close. Markdown's rules of punctuation would refuse `==高亮。==文字`.
type highlightParser struct{ parser.InlineParser }

func newHighlightParser() parser.InlineParser {
	mark := extensionParsers{Markdown: goldmark.New()}
	extras.New(extras.Config{Mark: extras.MarkConfig{Enable: true}}).
		Extend(&mark)
	return highlightParser{mark.inline()}
}

func (p highlightParser) Parse(
	parent ast.Node, block text.Reader, pc parser.Context,
) ast.Node {
	before := block.PrecendingCharacter()
	line, _ := block.PeekLine()
	if n := run(line); n != 2 {
		if n == 1 {
			return nil
		}
		return literal(block, n)
	}
	// The module's parser copies the line that it is shown.
	node := p.InlineParser.Parse(parent,
		window{block, 2 + utf8.UTFMax}, pc)
	if d, ok := node.(*parser.Delimiter); ok {
		after, _ := utf8.DecodeRune(line[2:])
		d.CanOpen = len(line) > 2 && !unicode.IsSpace(after)
		d.CanClose = !unicode.IsSpace(before)
	}
	return node
}

// extensionParsers stands in for a goldmark.Markdown to learn which parsers
// an extension would add, where its module does not export them.
type extensionParsers struct {
	goldmark.Markdown
	config parser.Config
}

func (e *extensionParsers) Parser() parser.Parser {
	return parserOptions{config: &e.config}
}

func (e *extensionParsers) inline() parser.InlineParser {
	return e.config.InlineParsers[0].Value.(parser.InlineParser)
}

type parserOptions struct {
	parser.Parser
	config *parser.Config
}

func (o parserOptions) AddOptions(opts ...parser.Option) {
	for _, opt := range opts {
		opt.SetParserOption(o.config)
	}
}
