package render

import (
	"strconv"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"runnel/vault"
)

// footnoteLink renders the number of a footnote. Where a page embeds only a
// part of a note the footnotes themselves are not there, so that the number
// leads to the note's own page.
func (p *page) footnoteLink(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*extast.FootnoteLink)
	number := strconv.Itoa(n.Index)
	href, id := "#"+p.prefix+"fn:"+number, ` id="`+p.footnoteRef(n.Index, n.RefIndex)+`"`
	if p.target.Heading != nil || p.target.Block != nil {
		href, id = p.Href(p.host, vault.Target{State: vault.Found, Note: p.note})+"#fn:"+number, ""
	}
	_, _ = w.WriteString(`<sup class="footnote"` + id + `><a href="` + href +
		`" role="doc-noteref" aria-label="Footnote ` + number + `">` + number + `</a></sup>`)
	return ast.WalkContinue, nil
}

// footnoteRef is the id of a place that refers to a footnote: the first one
// is 0.
func (p *page) footnoteRef(index, ref int) string {
	id := p.prefix + "fnref:" + strconv.Itoa(index)
	if ref > 0 {
		id += ":" + strconv.Itoa(ref)
	}
	return id
}

func (p *page) footnoteList(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<ol>\n")
	} else {
		_, _ = w.WriteString("</ol>\n</section>\n")
	}
	return ast.WalkContinue, nil
}

func (p *page) footnote(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString(`<li id="` + p.prefix + `fn:` + strconv.Itoa(node.(*extast.Footnote).Index) + "\">\n")
	} else {
		_, _ = w.WriteString("</li>\n")
	}
	return ast.WalkContinue, nil
}

// footnoteBacklink renders the way back from a footnote to its number.
func (p *page) footnoteBacklink(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		n := node.(*extast.FootnoteBacklink)
		_, _ = w.WriteString(` <a class="back" href="#` + p.footnoteRef(n.Index, n.RefIndex) +
			`" role="doc-backlink" aria-label="Back to the text">↩</a>`)
	}
	return ast.WalkContinue, nil
}
