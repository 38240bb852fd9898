package obsidian

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// linkifyParser makes *ast.AutoLink of bare URLs. As in Obsidian a URL needs
// its scheme; hosts without a dot and letters beyond ASCII are fine.
type linkifyParser struct{ parser.InlineParser }

// bareURL takes all that a URL may hold; the parser takes punctuation off
// its end.
var bareURL = regexp.MustCompile(`^(?:https?|ftp)://[^\s<>|"\x60]+`)

func newLinkifyParser() parser.InlineParser {
	return linkifyParser{extension.NewLinkifyParser(
		extension.WithLinkifyURLRegexp(bareURL),
	)}
}

// linkifyBefore is what may stand before an address.
var linkifyBefore = []byte(" *_~(")

func (p linkifyParser) Parse(
	parent ast.Node, block text.Reader, pc parser.Context,
) ast.Node {
	line, _ := block.PeekLine()
	url := line
	if len(url) > 0 && bytes.IndexByte(linkifyBefore, url[0]) >= 0 {
		url = url[1:]
	}
	if !bytes.HasPrefix(url, []byte("http")) &&
		!bytes.HasPrefix(url, []byte("ftp:")) {
		return nil
	}
	m := bareURL.FindIndex(url)
	if m == nil {
		return nil
	}
	stop := len(line) - len(url) + m[1]
	// A URL ends where a comment begins.
	if i := bytes.Index(line[:stop], commentMark); i >= 0 {
		stop = i
	}
	return p.InlineParser.Parse(parent, window{block, stop}, pc)
}
