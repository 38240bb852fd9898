package obsidian

import (
	"cmp"
	"slices"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// inlineFootnoteParser parses `^[text]` (Obsidian help, Footnotes, Inline
// footnotes). What it makes is a footnote like any other in the end: see
// footnoteNumberer.
type inlineFootnoteParser struct{}

var kindInlineFootnote = ast.NewNodeKind("InlineFootnote")

// inlineFootnote holds the text of a footnote, where it was written, until it
// is moved to the list of footnotes.
type inlineFootnote struct{ ast.BaseInline }

func (*inlineFootnote) Kind() ast.NodeKind { return kindInlineFootnote }
func (*inlineFootnote) Dump([]byte, int)   {}

// footnoteOpen marks where an inline footnote began that is not closed yet.
type footnoteOpen struct {
	ast.BaseInline
	segment text.Segment // the opening mark
	end     int          // where in the source its closing bracket stands
}

func (*footnoteOpen) Kind() ast.NodeKind { return kindInlineFootnote }
func (*footnoteOpen) Dump([]byte, int)   {}

var openFootnotesKey = parser.NewContextKey()

func (inlineFootnoteParser) Trigger() []byte { return []byte{'^', ']'} }

func (inlineFootnoteParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, seg := block.PeekLine()
	open, _ := pc.Get(openFootnotesKey).(*footnoteOpen)
	if line[0] == ']' {
		if open == nil || open.end != seg.Start {
			return nil
		}
		pc.Set(openFootnotesKey, nil)
		block.Advance(1)
		return closeFootnote(open, parent, block, pc)
	}
	if open != nil || len(line) < 3 || line[1] != '[' {
		return nil
	}
	end := closingBracket(line[1:], seg.WithStart(seg.Start+1), pc)
	if end <= seg.Start+2 {
		return nil
	}
	block.Advance(2)
	open = &footnoteOpen{segment: seg.WithStop(seg.Start + 2), end: end}
	pc.Set(openFootnotesKey, open)
	return open
}

// brackets are the pairs of brackets on a line, found once for all of it.
type brackets struct {
	stop  int         // where in the source the line ends
	close map[int]int // by where the bracket opens, offsets in the source
}

var bracketsKey = parser.NewContextKey()

// closingBracket is where in the source the bracket closes with which the rest
// of a line begins, -1 where it does not close on the line.
func closingBracket(line []byte, seg text.Segment, pc parser.Context) int {
	b, _ := pc.Get(bracketsKey).(*brackets)
	if b == nil || b.stop != seg.Stop {
		b = &brackets{stop: seg.Stop, close: make(map[int]int)}
		pc.Set(bracketsKey, b)
		var open []int
		for i := 0; i < len(line); i++ {
			switch at := seg.Start - seg.Padding + i; line[i] {
			case '\\':
				i++
			case '[':
				open = append(open, at)
			case ']':
				if len(open) > 0 {
					b.close[open[len(open)-1]] = at
					open = open[:len(open)-1]
				}
			}
		}
	}
	if at, ok := b.close[seg.Start-seg.Padding]; ok {
		return at
	}
	return -1
}

// closeFootnote moves what stands behind the opening mark into the footnote.
func closeFootnote(open *footnoteOpen, parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	parser.ProcessDelimiters(open, pc)
	note := new(inlineFootnote)
	for c := open.NextSibling(); c != nil; {
		next := c.NextSibling()
		parent.RemoveChild(parent, c)
		note.AppendChild(note, c)
		c = next
	}
	parent.RemoveChild(parent, open)
	return note
}

// CloseBlock implements parser.CloseBlocker: a mark that nothing closed is
// text.
func (inlineFootnoteParser) CloseBlock(_ ast.Node, _ text.Reader, pc parser.Context) {
	if open, _ := pc.Get(openFootnotesKey).(*footnoteOpen); open != nil {
		ast.MergeOrReplaceTextSegment(open.Parent(), open, open.segment)
		pc.Set(openFootnotesKey, nil)
	}
}

// footnoteNumberer makes footnotes of inline ones and numbers all of them in
// the order in which the text first refers to them. It comes after goldmark's
// own transformer, which knows the others alone.
type footnoteNumberer struct{}

func (footnoteNumberer) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	var refs []ast.Node // *extast.FootnoteLink and *inlineFootnote, as the text has them
	inline := false
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering && (n.Kind() == extast.KindFootnoteLink || n.Kind() == kindInlineFootnote) {
			refs = append(refs, n)
			inline = inline || n.Kind() == kindInlineFootnote
		}
		return ast.WalkContinue, nil
	})
	if !inline {
		return
	}
	list := footnoteList(doc)
	numbers := make(map[int]int) // of goldmark's footnotes, old to new
	next := 1
	for _, n := range refs {
		switch n := n.(type) {
		case *extast.FootnoteLink:
			if numbers[n.Index] == 0 {
				numbers[n.Index] = next
				next++
			}
			n.Index = numbers[n.Index]
		case *inlineFootnote:
			list.AppendChild(list, moveToList(n, -next))
			next++
		}
	}
	renumber(list, numbers)
}

// footnoteList is the list of a note's footnotes, at its end.
func footnoteList(doc *ast.Document) *extast.FootnoteList {
	for c := doc.LastChild(); c != nil; c = c.PreviousSibling() {
		if list, ok := c.(*extast.FootnoteList); ok {
			return list
		}
	}
	list := extast.NewFootnoteList()
	doc.AppendChild(doc, list)
	return list
}

// moveToList turns an inline footnote into one of the list, and leaves a link
// in its place. A negative number says that it is final.
func moveToList(n *inlineFootnote, number int) *extast.Footnote {
	link := extast.NewFootnoteLink(-number)
	link.RefCount = 1
	n.Parent().ReplaceChild(n.Parent(), n, link)
	paragraph := ast.NewParagraph()
	for c := n.FirstChild(); c != nil; {
		next := c.NextSibling()
		n.RemoveChild(n, c)
		paragraph.AppendChild(paragraph, c)
		c = next
	}
	back := extast.NewFootnoteBacklink(-number)
	back.RefCount = 1
	paragraph.AppendChild(paragraph, back)
	footnote := extast.NewFootnote(nil)
	footnote.Index = number
	footnote.AppendChild(footnote, paragraph)
	return footnote
}

// renumber gives the footnotes of the list their numbers and sorts them.
func renumber(list *extast.FootnoteList, numbers map[int]int) {
	var all []*extast.Footnote
	for c := list.FirstChild(); c != nil; c = c.NextSibling() {
		f := c.(*extast.Footnote)
		if f.Index < 0 {
			f.Index = -f.Index
		} else if n := numbers[f.Index]; n > 0 {
			f.Index = n
			_ = ast.Walk(f, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
				if back, ok := n.(*extast.FootnoteBacklink); ok && entering {
					back.Index = f.Index
				}
				return ast.WalkContinue, nil
			})
		}
		all = append(all, f)
	}
	slices.SortStableFunc(all, func(a, b *extast.Footnote) int { return cmp.Compare(a.Index, b.Index) })
	for _, f := range all {
		list.RemoveChild(list, f)
		list.AppendChild(list, f)
	}
	list.Count = len(all)
}
