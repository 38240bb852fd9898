package obsidian

import (
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"go.abhg.dev/goldmark/hashtag"
)

// tagParser parses #tags into *hashtag.Node: Tag is the name without its `#`,
// and the one child is the text with it.
//
// A tag does not begin within a word. Neither does one begin after `&` or
// `#`: what stands there is a character reference or no heading.
type tagParser struct{ hashtag.Parser }

func newTagParser() parser.InlineParser {
	return &tagParser{hashtag.Parser{Variant: hashtag.ObsidianVariant}}
}

func (p *tagParser) Parse(
	parent ast.Node, block text.Reader, pc parser.Context,
) ast.Node {
	before := block.PrecendingCharacter()
	if before == '_' || before == '&' || before == '#' ||
		unicode.IsLetter(before) || unicode.IsDigit(before) {
		return nil
	}
	line, _ := block.PeekLine()
	size := 1 + tagSpan(line[1:])
	if size == 1 {
		return nil
	}
	return p.Parser.Parse(parent, window{block, size}, pc)
}

// tagSpan counts the bytes up to the first ASCII character that no tag holds.
func tagSpan(rest []byte) int {
	for i, c := range rest {
		if c < 0x80 && !util.IsAlphaNumeric(c) &&
			c != '_' && c != '-' && c != '/' {
			return i
		}
	}
	return len(rest)
}
