package obsidian

import (
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"go.abhg.dev/goldmark/wikilink"
)

// Text returns what a reader sees of a node, without markup, images and
// embeds, and with one space for each run of white space.
func Text(n ast.Node, source []byte) string {
	var b strings.Builder
	appendText(&b, n, source)
	return strings.Join(strings.Fields(b.String()), " ")
}

func appendText(b *strings.Builder, n ast.Node, source []byte) {
	switch n := n.(type) {
	case *ast.Text:
		value := n.Segment.Value(source)
		if n.IsRaw() {
			b.Write(value)
		} else {
			b.WriteString(unescape(value))
		}
		if n.SoftLineBreak() || n.HardLineBreak() {
			b.WriteByte(' ')
		}
		return
	case *ast.String:
		b.Write(n.Value)
		return
	case *Math:
		b.Write(n.TeX)
		return
	case *ast.AutoLink:
		b.Write(n.Label(source))
		return
	case *ast.Image, *ast.RawHTML:
		return
	case *wikilink.Node:
		if n.Embed {
			return
		}
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		appendText(b, c, source)
		if c.Type() == ast.TypeBlock {
			b.WriteByte(' ')
		}
	}
}

// unescape resolves backslash escapes and character references.
func unescape(value []byte) string {
	var b strings.Builder
	start := 0
	for i := 0; i+1 < len(value); i++ {
		if value[i] == '\\' && util.IsPunct(value[i+1]) {
			b.WriteString(html.UnescapeString(string(value[start:i])))
			b.WriteByte(value[i+1])
			i++
			start = i + 1
		}
	}
	if start < len(value) {
		b.WriteString(html.UnescapeString(string(value[start:])))
	}
	return b.String()
}
