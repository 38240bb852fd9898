package obsidian

import (
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// footnoteCollector numbers footnotes in the order in which the text first
// refers to them, then those that footnotes refer to, and moves them to a list
// at the note's end. What nothing refers to is left out.
//
// goldmark's transformer knows no inline footnotes, and sorts in quadratic
// time.
type footnoteCollector struct{}

func (footnoteCollector) Transform(
	doc *ast.Document, _ text.Reader, pc parser.Context,
) {
	c := collection{number: make(map[*extast.Footnote]int)}
	c.written, _ = pc.Get(footnotesKey).(*footnotes)
	c.collect(doc)
	for i := 0; i < len(c.footnotes); i++ {
		c.collect(c.footnotes[i])
	}
	if c.written != nil {
		for _, f := range c.written.all {
			remove(f)
		}
	}
	if len(c.footnotes) == 0 {
		return
	}
	list := extast.NewFootnoteList()
	list.Count = len(c.footnotes)
	for i, f := range c.footnotes {
		f.Index = i + 1
		leadBack(f, c.links[i])
		list.AppendChild(list, f)
	}
	doc.AppendChild(doc, list)
}

// A collection is what has been found of footnotes: in the order of their
// numbers, each with the links that lead to it.
type collection struct {
	written   *footnotes
	footnotes []*extast.Footnote
	links     [][]*extast.FootnoteLink
	number    map[*extast.Footnote]int
}

// collect finds the links below a node. Footnotes that stand there are not
// looked into: they come when something refers to them.
func (c *collection) collect(root ast.Node) {
	var found []ast.Node
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch {
		case !entering || n == root:
		case n.Kind() == extast.KindFootnote:
			return ast.WalkSkipChildren, nil
		case n.Kind() == extast.KindFootnoteLink:
			found = append(found, n)
		case n.Kind() == kindInlineFootnote:
			found = append(found, n)
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	for _, n := range found {
		switch n := n.(type) {
		case *extast.FootnoteLink:
			c.add(c.written.all[n.Index-1], n)
		case *inlineFootnote:
			link := extast.NewFootnoteLink(0)
			n.Parent().ReplaceChild(n.Parent(), n, link)
			c.add(n.footnote(), link)
		}
	}
}

func (c *collection) add(f *extast.Footnote, link *extast.FootnoteLink) {
	if c.number[f] == 0 {
		c.footnotes, c.links = append(c.footnotes, f), append(c.links, nil)
		c.number[f] = len(c.footnotes)
	}
	link.Index = c.number[f]
	c.links[link.Index-1] = append(c.links[link.Index-1], link)
}

// leadBack numbers the links that lead to a footnote, and appends to it a way
// back to each.
func leadBack(f *extast.Footnote, links []*extast.FootnoteLink) {
	last := ast.Node(f)
	if p, ok := f.LastChild().(*ast.Paragraph); ok {
		last = p
	}
	for i, link := range links {
		link.RefCount, link.RefIndex = len(links), i
		back := extast.NewFootnoteBacklink(f.Index)
		back.RefCount, back.RefIndex = len(links), i
		last.AppendChild(last, back)
	}
}
