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
type highlightParser struct{ parser.DelimiterProcessor }

// newHighlightParser has the module's parser make a delimiter, since it alone
// knows how to make the nodes.
func newHighlightParser() parser.InlineParser {
	mark := extensionParsers{Markdown: goldmark.New()}
	extras.New(extras.Config{Mark: extras.MarkConfig{Enable: true}}).
		Extend(&mark)
	made := mark.inline().Parse(nil,
		text.NewReader([]byte("==a")), parser.NewContext())
	return highlightParser{made.(*parser.Delimiter).Processor}
}

func (highlightParser) Trigger() []byte { return []byte{'='} }

func (p highlightParser) Parse(
	_ ast.Node, block text.Reader, _ parser.Context,
) ast.Node {
	before := block.PrecendingCharacter()
	line, _ := block.PeekLine()
	if n := run(line); n != 2 {
		if n == 1 {
			return nil
		}
		return literal(block, n)
	}
	d := scanDelimiter(block, p)
	after, _ := utf8.DecodeRune(line[2:])
	d.CanOpen = len(line) > 2 && !unicode.IsSpace(after)
	d.CanClose = !unicode.IsSpace(before)
	return d
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
