package obsidian

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"go.abhg.dev/goldmark/wikilink"
)

// blockIDAttribute is no name of HTML, so that no renderer prints it.
var blockIDAttribute = []byte("^")

// BlockID returns the id by which links name the block, without its `^`, or
// "" where it has none.
func BlockID(n ast.Node) string {
	if id, ok := n.Attribute(blockIDAttribute); ok {
		return id.(string)
	}
	return ""
}

// blockIDFinder takes the ` ^id` off the ends of blocks and remembers it
// (Obsidian help, Internal links, "Link to a block in a note"). An id at the
// end of a list item's text names the item; one alone in a paragraph names
// the block above.
type blockIDFinder struct{}

func (blockIDFinder) Transform(
	doc *ast.Document, reader text.Reader, _ parser.Context,
) {
	for _, block := range leafBlocks(doc, nil) {
		switch block.(type) {
		case *ast.Paragraph, *ast.TextBlock, *ast.Heading:
			nameBlock(block, reader.Source())
		case *extast.TableCell:
			nameTable(block, reader.Source())
		}
	}
}

func nameBlock(block ast.Node, source []byte) {
	id := cutBlockID(block, source)
	if id == "" {
		return
	}
	named := block
	if !block.HasChildren() {
		named = block.PreviousSibling()
		for named != nil && named.Kind() == extast.KindFootnote {
			named = named.PreviousSibling() // it goes to the note's end
		}
		if _, ok := block.(*ast.Heading); !ok {
			remove(block)
		}
	} else if _, ok := block.Parent().(*ast.ListItem); ok {
		named = block.Parent()
	}
	if named != nil && BlockID(named) == "" {
		named.SetAttribute(blockIDAttribute, id)
	}
}

// nameTable takes a last row that holds nothing but an id as the table's: so
// it comes out where the blank line before the id was forgotten.
func nameTable(cell ast.Node, source []byte) {
	row := cell.Parent()
	table := row.Parent()
	if cell.PreviousSibling() != nil || table.LastChild() != row ||
		row.Kind() != extast.KindTableRow || cell.ChildCount() == 0 {
		return
	}
	for c := cell.NextSibling(); c != nil; c = c.NextSibling() {
		if c.HasChildren() {
			return
		}
	}
	first, ok := cell.FirstChild().(*ast.Text)
	if !ok || source[first.Segment.Start] != '^' {
		return
	}
	if id := cutBlockID(cell, source); id != "" && !cell.HasChildren() {
		table.RemoveChild(table, row)
		table.SetAttribute(blockIDAttribute, id)
	}
}

// cutBlockID removes the id at the end of a block's text and returns it.
func cutBlockID(block ast.Node, source []byte) string {
	last, ok := block.LastChild().(*ast.Text)
	if !ok || last.IsRaw() {
		return ""
	}
	seg := last.Segment.TrimRightSpace(source)
	value := seg.Value(source)
	i := bytes.LastIndexByte(value, '^')
	if i < 0 || !isBlockID(value[i+1:]) || !startsWord(block, seg, i, source) {
		return ""
	}
	id := string(value[i+1:])
	last.Segment = seg.WithStop(seg.Start + i)
	trimEnd(block, source)
	return id
}

func isBlockID(id []byte) bool {
	for _, c := range id {
		if !util.IsAlphaNumeric(c) && c != '-' {
			return false
		}
	}
	return len(id) > 0
}

// startsWord reports whether a `^` begins a line or follows white space, a
// link or an embed. Elsewhere, as in x^2, it is text.
func startsWord(block ast.Node, seg text.Segment, i int, source []byte) bool {
	if i > 0 {
		return util.IsSpace(source[seg.Start+i-1])
	}
	last := block.LastChild()
	prev := last.PreviousSibling()
	switch prev := prev.(type) {
	case nil, *wikilink.Node, *ast.Link, *ast.Image:
		return true
	case *ast.Text:
		return prev.SoftLineBreak() || prev.HardLineBreak() ||
			seg.Start > 0 && util.IsSpace(source[seg.Start-1])
	}
	return false
}

// trimEnd removes white space and line breaks from the end of a block.
func trimEnd(block ast.Node, source []byte) {
	for {
		last, ok := block.LastChild().(*ast.Text)
		if !ok {
			return
		}
		last.Segment = last.Segment.TrimRightSpace(source)
		last.SetSoftLineBreak(false)
		last.SetHardLineBreak(false)
		if !last.Segment.IsEmpty() {
			return
		}
		block.RemoveChild(block, last)
	}
}
