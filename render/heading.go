package render

import (
	"fmt"
	"html"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"runnel/vault"
)

// An outline says at which level a heading is heard: one below the heading
// that it is under, however many levels its writer left out for the look of
// it, which a class keeps. The page's title is at level 1.
type outline []int

// enter adds a heading of a level to the outline.
func (o *outline) enter(level int) {
	above := *o
	for len(above) > 0 && above[len(above)-1] >= level {
		above = above[:len(above)-1]
	}
	*o = append(above, level)
}

// level is that at which the last heading is heard.
func (o outline) level() int { return len(o) + 1 }

// headingShift is what brings the headings of a note below its page's title,
// the only heading of level 1: 1 where the body has such a heading of its
// own, beside the one that is the title.
func headingShift(n *vault.Note) int {
	for _, h := range n.Headings {
		if h.Level == 1 && ast.Node(h.Node) != n.TitleNode {
			return 1
		}
	}
	return 0
}

func (p *page) heading(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.Heading)
	h := p.note.Heading(n)
	if !p.ids {
		h = nil
	}
	// A heading in a quote or a list is none of the outline, and yet must not
	// look like the page's title.
	level := max(n.Level+p.shift, 2)
	if entering {
		p.outline.enter(level)
	}
	heard := p.outline.level()
	tag := min(heard, 6)
	if !entering {
		if h != nil {
			// The name comes from the heading it stands in, so that the anchor
			// is one word to a screen reader and nothing to a copied text.
			here := vault.Target{State: vault.Found, Note: p.note, Heading: h}
			fmt.Fprintf(w, ` <a class="anchor" href="%s" aria-label="Link to this section">#</a>`,
				html.EscapeString(p.Href(p.note, here)))
		}
		fmt.Fprintf(w, "</h%d>\n", tag)
		return ast.WalkContinue, nil
	}
	fmt.Fprintf(w, "<h%d", tag)
	if heard > tag {
		fmt.Fprintf(w, ` aria-level="%d"`, heard)
	}
	if level != tag {
		fmt.Fprintf(w, ` class="h%d"`, level)
	}
	if h != nil {
		fmt.Fprintf(w, ` id="%s"`, html.EscapeString(h.ID))
	}
	_, _ = w.WriteString(">")
	return ast.WalkContinue, nil
}
