package render

import (
	"bytes"
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
	gmhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
	"go.abhg.dev/goldmark/wikilink"

	"runnel/vault"
	"runnel/vault/obsidian"
)

// link renders [text](destination).
func (p *page) link(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.Link)
	if l := p.note.Link(n); l != nil {
		p.anchor(w, l, entering)
		return ast.WalkContinue, nil
	}
	if entering {
		// A destination may hold escapes and character references, what stands
		// in angle brackets may not (CommonMark 0.31, 6.3 and 6.5).
		openExternal(w, string(util.URLEscape(n.Destination, true)), string(obsidian.CommentInHTML.ReplaceAll(n.Title, nil)))
	} else {
		_, _ = w.WriteString("</a>")
	}
	return ast.WalkContinue, nil
}

// autoLink renders <https://example.com> and bare addresses.
func (p *page) autoLink(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.AutoLink)
	if entering {
		to := string(n.URL(source))
		if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(to), "mailto:") {
			to = "mailto:" + to
		}
		openExternal(w, to, "")
		_, _ = w.Write(util.EscapeHTML(n.Label(source)))
		_, _ = w.WriteString("</a>")
	}
	return ast.WalkContinue, nil
}

// openExternal opens a link that leads out of the vault. One that a browser
// would run as a program leads nowhere.
func openExternal(w util.BufWriter, to, title string) {
	_, _ = w.WriteString(`<a class="external"`)
	if !gmhtml.IsDangerousURL([]byte(to)) {
		_, _ = w.WriteString(` rel="noopener" href="`)
		_, _ = w.Write(util.EscapeHTML(util.URLEscape([]byte(to), false)))
		_, _ = w.WriteString(`"`)
	}
	if title != "" {
		_, _ = w.WriteString(` title="` + html.EscapeString(title) + `"`)
	}
	_, _ = w.WriteString(">")
}

// anchor opens or closes a link into the vault. A link to what is missing or
// private is its text, marked.
func (p *page) anchor(w util.BufWriter, l *vault.Link, entering bool) {
	switch {
	case p.drafting != nil && entering:
		p.linkHole(w, l, linkStart)
	case p.drafting != nil:
		p.linkHole(w, l, linkEnd)
	case l.Target.State != vault.Found && entering:
		_, _ = w.WriteString(`<span class="unresolved" title="` + unresolved(l) + `">`)
	case l.Target.State != vault.Found:
		_, _ = w.WriteString(`</span>`)
	case entering:
		_, _ = w.WriteString(`<a class="internal" href="`)
		_, _ = w.WriteString(html.EscapeString(p.Href(p.host, l.Target)))
		_, _ = w.WriteString(`">`)
	default:
		_, _ = w.WriteString(`</a>`)
	}
}

// unresolved is what a reader is told of a link that leads nowhere. It does
// not tell a private note from none.
func unresolved(l *vault.Link) string {
	if l.Embed {
		return "This file is not here"
	}
	return "There is no such page here"
}

// wikilink renders [[target|label]] and ![[target|label]].
func (p *page) wikilink(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*wikilink.Node)
	l := p.note.Link(n)
	if l == nil {
		return ast.WalkContinue, nil
	}
	if !l.Embed {
		p.anchor(w, l, entering)
		return ast.WalkContinue, nil
	}
	if entering {
		p.embed(w, l, plainText(n, source))
	}
	return ast.WalkSkipChildren, nil
}

// image renders ![alt](destination).
func (p *page) image(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkSkipChildren, nil
	}
	n := node.(*ast.Image)
	alt := plainText(n, source)
	if l := p.note.Link(n); l != nil {
		p.embed(w, l, alt)
		return ast.WalkSkipChildren, nil
	}
	elsewhere(w, string(n.Destination), alt)
	return ast.WalkSkipChildren, nil
}

// plainText is the text of a node's children without markup.
func plainText(n ast.Node, source []byte) string {
	var b bytes.Buffer
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch c := c.(type) {
		case *ast.Text:
			b.Write(textOf(c, source))
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(c.Value)
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// textOf is what a reader sees of a piece of text: escapes and character
// references are resolved, where there can be any.
func textOf(t *ast.Text, source []byte) []byte {
	text := t.Segment.Value(source)
	if t.IsRaw() || !bytes.ContainsAny(text, `\&`) {
		return text
	}
	return util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(text)))
}
