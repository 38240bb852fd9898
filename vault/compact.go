package vault

import (
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"runnel/vault/obsidian"
)

// compact takes out of a tree what only the parser has use for: it is kept
// until its note is rendered, and so are those of all other notes.
func compact(node ast.Node) {
	switch node := node.(type) {
	case *ast.Paragraph, *ast.TextBlock, *ast.Heading, *extast.TableCell,
		*obsidian.CalloutTitle:
		node.Lines().Clear()
	}
	for c := node.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			joinTexts(node, t)
		} else {
			compact(c)
		}
	}
}

// joinTexts makes one of a text and those that go on where it ends. A
// parser leaves several where a mark turned out to be none.
func joinTexts(parent ast.Node, t *ast.Text) {
	for {
		next, ok := t.NextSibling().(*ast.Text)
		if !ok || t.SoftLineBreak() || t.HardLineBreak() ||
			t.IsRaw() != next.IsRaw() || t.Segment.Stop != next.Segment.Start ||
			next.Segment.Padding > 0 {
			return
		}
		t.Segment = t.Segment.WithStop(next.Segment.Stop)
		t.SetSoftLineBreak(next.SoftLineBreak())
		t.SetHardLineBreak(next.HardLineBreak())
		parent.RemoveChild(parent, next)
	}
}
