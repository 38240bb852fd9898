package obsidian

import (
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// commentRemover takes the comments out of the tree.
//
// Of a comment that opens in one paragraph and closes in another, or on a line
// of its own, the parsers see two that are not closed. Everything between the two is hidden, and so
// is the rest of the second paragraph: better too much than a secret shown.
type commentRemover struct{}

func (commentRemover) Transform(
	doc *ast.Document, reader text.Reader, pc parser.Context,
) {
	if pc.Get(commentsKey) == nil {
		return
	}
	leaves := leafBlocks(doc, nil)
	hideBetween(leaves, pc)
	for _, block := range leaves {
		switch block.(type) {
		case *commentBlock:
			remove(block)
		default:
			uncomment(block, reader.Source())
		}
	}
}

// leafBlocks appends the blocks that hold no blocks, in the order of the text.
func leafBlocks(n ast.Node, leaves []ast.Node) []ast.Node {
	if n.Type() == ast.TypeInline {
		return leaves
	}
	before := len(leaves)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		leaves = leafBlocks(c, leaves)
	}
	if len(leaves) == before {
		leaves = append(leaves, n)
	}
	return leaves
}

func hideBetween(leaves []ast.Node, pc parser.Context) {
	opener := -1
	for i, block := range leaves {
		lines, onLines := block.(*commentBlock)
		switch {
		case onLines && opener >= 0:
			// Its first mark closes what was open, so that its second opens.
			hideAll(leaves[opener+1:i], pc)
			opener = -1
			if lines.Closed {
				opener = i
			}
		case onLines, !endsInComment(block):
		case opener < 0:
			opener = i
		default:
			hideAll(leaves[opener+1:i+1], pc)
			opener = -1
		}
	}
	if opener >= 0 && leaves[opener].Kind() == kindCommentBlock {
		hideAll(leaves[opener+1:], pc)
	}
}

func hideAll(blocks []ast.Node, pc parser.Context) {
	for _, block := range blocks {
		hide(block, pc)
	}
}

func endsInComment(block ast.Node) bool {
	open := false
	for c := block.FirstChild(); c != nil && !open; c = c.NextSibling() {
		if span, ok := c.(*comment); ok {
			open = !span.closed
		} else {
			open = endsInComment(c)
		}
	}
	return open
}

// hide empties a block, and removes it where that leaves its parent whole.
// Its lines count as a comment from then on.
func hide(block ast.Node, pc parser.Context) {
	lines := block.Lines()
	for i := range lines.Len() {
		hideSegment(lines.At(i), pc)
	}
	switch block := block.(type) {
	case *ast.FencedCodeBlock:
		if block.Info != nil {
			hideSegment(block.Info.Segment, pc)
		}
	case *ast.HTMLBlock:
		if block.HasClosure() {
			hideSegment(block.ClosureLine, pc)
		}
	}
	block.RemoveChildren(block)
	block.SetLines(text.NewSegments())
	switch block.(type) {
	case *extast.TableCell, *extast.Footnote, *ast.Document:
		// A row wants its cells and a link its footnote.
	default:
		removeWhole(block)
	}
}

func hideSegment(seg text.Segment, pc parser.Context) {
	addComment(pc, Comment{Start: seg.Start, Stop: seg.Stop, Closed: true})
}

// removeWhole removes a block and each list, item or quote that it was the
// last child of.
func removeWhole(block ast.Node) {
	for parent := block.Parent(); parent != nil; {
		parent.RemoveChild(parent, block)
		switch parent.(type) {
		case *ast.ListItem, *ast.List, *ast.Blockquote, *Callout:
		default:
			return
		}
		if parent.HasChildren() {
			return
		}
		block, parent = parent, parent.Parent()
	}
}

func remove(n ast.Node) {
	if parent := n.Parent(); parent != nil {
		parent.RemoveChild(parent, n)
	}
}

// uncomment removes the comments of a block, and the line breaks that stood
// around them alone. A paragraph that holds nothing else goes with them.
func uncomment(block ast.Node, source []byte) {
	if !removeComments(block) {
		return
	}
	atLineStart := true
	for c := block.FirstChild(); c != nil; {
		next := c.NextSibling()
		t, ok := c.(*ast.Text)
		if ok && atLineStart {
			t.Segment = t.Segment.TrimLeftSpace(source)
			if t.Segment.IsEmpty() {
				remove(t)
				c = next
				continue
			}
		}
		atLineStart = ok && (t.SoftLineBreak() || t.HardLineBreak())
		c = next
	}
	if last, ok := block.LastChild().(*ast.Text); ok {
		last.SetSoftLineBreak(false)
		last.SetHardLineBreak(false)
	}
	switch block.(type) {
	case *ast.Paragraph, *ast.TextBlock, *CalloutTitle:
		if !block.HasChildren() {
			remove(block)
		}
	}
}

func removeComments(n ast.Node) (any bool) {
	for c := n.FirstChild(); c != nil; {
		next := c.NextSibling()
		if _, ok := c.(*comment); ok {
			n.RemoveChild(n, c)
			any = true
		} else if removeComments(c) {
			any = true
		}
		c = next
	}
	return any
}
