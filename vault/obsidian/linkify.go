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
//
// It is asked at each colon and looks back for the scheme. goldmark's own asks
// at each space, which takes a good part of the time of parsing prose.
type linkifyParser struct{ parser.InlineParser }

// bareURL takes all that a URL may hold; the parser takes punctuation off
// its end.
var bareURL = regexp.MustCompile(`^(?:https?|ftp)://[^\s<>|"\x60]+`)

func newLinkifyParser() parser.InlineParser {
	return linkifyParser{extension.NewLinkifyParser(
		extension.WithLinkifyURLRegexp(bareURL),
	)}
}

func (linkifyParser) Trigger() []byte { return []byte{':'} }

func (p linkifyParser) Parse(
	parent ast.Node, block text.Reader, pc parser.Context,
) ast.Node {
	line, segment := block.PeekLine()
	before, _ := parent.LastChild().(*ast.Text)
	if before == nil || !bytes.HasPrefix(line, []byte("://")) ||
		before.Segment.Stop != segment.Start {
		return nil
	}
	scheme := schemeAtEnd(before.Value(block.Source()))
	if scheme == 0 {
		return nil
	}
	start := segment.Start - scheme
	at, _ := block.Position()
	block.SetPosition(at, segment.WithStart(start))
	line, _ = block.PeekLine()
	m := bareURL.FindIndex(line)
	if m == nil {
		return nil
	}
	stop := m[1]
	// A URL ends where a comment begins.
	if i := bytes.Index(line[:stop], commentMark); i >= 0 {
		stop = i
	}
	link := p.InlineParser.Parse(parent, window{block, stop}, pc)
	if link == nil {
		return nil
	}
	if before.Segment = before.Segment.WithStop(start); before.Segment.IsEmpty() {
		parent.RemoveChild(parent, before)
	}
	return link
}

// schemeAtEnd is how long the scheme of a URL is that a text ends in: one that
// begins the text, or stands after a space or a mark that is not escaped.
func schemeAtEnd(text []byte) int {
	for _, scheme := range []string{"https", "http", "ftp"} {
		rest, ok := bytes.CutSuffix(text, []byte(scheme))
		if !ok {
			continue
		}
		last := len(rest) - 1
		switch {
		case last < 0, rest[last] == ' ':
			return len(scheme)
		case bytes.IndexByte([]byte("*_~(`"), rest[last]) < 0:
			return 0
		}
		unescaped := bytes.TrimRight(rest[:last], `\`)
		if (last-len(unescaped))%2 == 0 {
			return len(scheme)
		}
		return 0
	}
	return 0
}
