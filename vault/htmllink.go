package vault

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"

	"runnel/vault/obsidian"
)

// addHTMLLinks remembers the links into the vault among the HTML that a note
// writes itself: <a href> and <img src>. Obsidian follows none of them, and
// sites made of notes are full of them.
func (n *Note) addHTMLLinks(node ast.Node, pieces ...text.Segment) {
	var source []byte
	for _, seg := range pieces {
		source = append(source, seg.Value(n.Source)...)
	}
	if !bytes.Contains(source, []byte("=")) {
		return
	}
	source = obsidian.CommentInHTML.ReplaceAllFunc(source, func(c []byte) []byte {
		return bytes.Repeat([]byte{' '}, len(c))
	})
	offset := 0
	z := html.NewTokenizer(bytes.NewReader(source))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		at := offset
		offset += len(z.Raw())
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		written, embed, ok := HTMLDestination(z.Token())
		if !ok {
			continue
		}
		link := &Link{From: n, Node: node, Written: written, Embed: embed, html: true}
		link.Line, link.Column = n.positions.at(sourceOffset(pieces, at))
		n.Links = append(n.Links, link)
		if n.htmlLinks == nil {
			n.htmlLinks = map[ast.Node][]*Link{}
		}
		n.htmlLinks[node] = append(n.htmlLinks[node], link)
	}
}

// HTMLDestination is where a tag leads, or what it shows: the href of an <a>,
// the src of an <img>. It is not ok where there is none, or one that leads out
// of the vault.
func HTMLDestination(tag html.Token) (destination string, embed, ok bool) {
	name := ""
	switch tag.Data {
	case "a":
		name = "href"
	case "img":
		name, embed = "src", true
	}
	for _, a := range tag.Attr {
		if name != "" && a.Key == name {
			destination = strings.TrimSpace(a.Val)
			return destination, embed, destination != "" && !isExternal(destination)
		}
	}
	return "", false, false
}

// sourceOffset is where in the source a place in some of its pieces is.
func sourceOffset(pieces []text.Segment, at int) int {
	for _, seg := range pieces {
		if size := seg.Len(); at >= size {
			at -= size
			continue
		}
		return seg.Start + max(at-seg.Padding, 0)
	}
	return 0
}

// HTMLLinks returns the links into the vault among the HTML that a node of Doc
// is (an *ast.RawHTML or an *ast.HTMLBlock), in their order.
func (n *Note) HTMLLinks(node ast.Node) []*Link { return n.htmlLinks[node] }
