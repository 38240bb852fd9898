package render

import (
	"slices"
	"strconv"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// A footnoteRef is a place that refers to a footnote: the number of that, and
// which of the places that refer to it, from 0.
type footnoteRef struct{ footnote, place int }

// id is that of the place.
func (r footnoteRef) id(p *page) string {
	id := p.prefix + "fnref:" + strconv.Itoa(r.footnote)
	if r.place > 0 {
		id += ":" + strconv.Itoa(r.place)
	}
	return id
}

// footnoteLink renders the number of a footnote.
func (p *page) footnoteLink(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		n := node.(*extast.FootnoteLink)
		number := strconv.Itoa(n.Index)
		_, _ = w.WriteString(`<sup class="footnote" id="` + footnoteRef{n.Index, n.RefIndex}.id(p) +
			`"><a href="#` + p.prefix + "fn:" + number +
			`" role="doc-noteref" aria-label="Footnote ` + number + `">` + number + `</a></sup>`)
	}
	return ast.WalkContinue, nil
}

// footnotesOf renders those footnotes that a part of a note refers to, with
// the numbers that they have in the note.
func (p *page) footnotesOf(w util.BufWriter, part []ast.Node) error {
	list, ok := p.note.Doc.LastChild().(*extast.FootnoteList)
	if !ok {
		return nil
	}
	byNumber := make(map[int]ast.Node)
	for f := list.FirstChild(); f != nil; f = f.NextSibling() {
		byNumber[f.(*extast.Footnote).Index] = f
	}
	p.refs = make(map[footnoteRef]bool)
	wanted := make(map[int]bool)
	part = slices.Clone(part)
	for i := 0; i < len(part); i++ { // footnotes refer to others
		for _, link := range footnoteLinks(part[i]) {
			p.refs[footnoteRef{link.Index, link.RefIndex}] = true
			if f := byNumber[link.Index]; f != nil && !wanted[link.Index] {
				wanted[link.Index] = true
				part = append(part, f)
			}
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	_, _ = p.footnoteList(w, nil, nil, true)
	for f := list.FirstChild(); f != nil; f = f.NextSibling() {
		if !wanted[f.(*extast.Footnote).Index] {
			continue
		}
		if err := p.renderNodes(w, []ast.Node{f}); err != nil {
			return err
		}
	}
	_, err := p.footnoteList(w, nil, nil, false)
	return err
}

// footnoteLinks are the places below a node that refer to footnotes.
func footnoteLinks(n ast.Node) (links []*extast.FootnoteLink) {
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if link, ok := n.(*extast.FootnoteLink); ok && entering {
			links = append(links, link)
		}
		return ast.WalkContinue, nil
	})
	return links
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
		number, value := strconv.Itoa(node.(*extast.Footnote).Index), ""
		if p.refs != nil { // others are left out
			value = ` value="` + number + `"`
		}
		_, _ = w.WriteString(`<li id="` + p.prefix + `fn:` + number + `"` + value + ">\n")
	} else {
		_, _ = w.WriteString("</li>\n")
	}
	return ast.WalkContinue, nil
}

// footnoteBacklink renders the way back from a footnote to its number.
func (p *page) footnoteBacklink(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*extast.FootnoteBacklink)
	if ref := (footnoteRef{n.Index, n.RefIndex}); entering && (p.refs == nil || p.refs[ref]) {
		_, _ = w.WriteString(` <a class="back" href="#` + ref.id(p) +
			`" role="doc-backlink" aria-label="Back to the text">↩</a>`)
	}
	return ast.WalkContinue, nil
}
