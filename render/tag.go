package render

import (
	"html"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
	"go.abhg.dev/goldmark/hashtag"
)

// tag renders #tag as a link to the tag's page.
func (p *page) tag(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		_, _ = w.WriteString("</a>")
		return ast.WalkContinue, nil
	}
	name := string(node.(*hashtag.Node).Tag)
	if d := p.drafting; d != nil {
		p.hole(w, int32(len(d.tags)), tagStart)
		d.tags = append(d.tags, name)
		return ast.WalkContinue, nil
	}
	p.openTag(w, name)
	return ast.WalkContinue, nil
}

// openTag opens a link to the page of a tag.
func (p *page) openTag(w util.BufWriter, name string) {
	_, _ = w.WriteString(`<a class="tag"`)
	if href := p.TagHref(p.host, name); href != "" {
		_, _ = w.WriteString(` href="` + html.EscapeString(href) + `"`)
	}
	_ = w.WriteByte('>')
}
