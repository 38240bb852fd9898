package render

import (
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// table renders a table in a box that scrolls by itself, so that a wide one
// does not widen the page.
func (p *page) table(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString(`<div class="table" tabindex="0"`)
		p.writeID(w, node)
		_, _ = w.WriteString("><table>\n")
	} else {
		_, _ = w.WriteString("</table></div>\n")
	}
	return ast.WalkContinue, nil
}

// tableCell renders a cell with its alignment as a class: HTML has no
// attribute for it, and a style would need a laxer security policy.
func (p *page) tableCell(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*extast.TableCell)
	tag := "td"
	// An empty cell heads nothing.
	if n.Parent().Kind() == extast.KindTableHeader && n.HasChildren() {
		tag = "th"
	}
	if !entering {
		_, _ = w.WriteString("</" + tag + ">\n")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString("<" + tag)
	if tag == "th" {
		_, _ = w.WriteString(` scope="col"`)
	}
	if n.Alignment != extast.AlignNone {
		_, _ = w.WriteString(` class="` + n.Alignment.String() + `"`)
	}
	_, _ = w.WriteString(">")
	return ast.WalkContinue, nil
}
