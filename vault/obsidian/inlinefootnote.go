package obsidian

import (
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// inlineFootnoteParser parses `^[text]` (Obsidian help, Footnotes, Inline
// footnotes). What it makes is a footnote like any other in the end: see
// footnoteCollector.
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
		return closeFootnote(open, parent)
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
func closeFootnote(open *footnoteOpen, parent ast.Node) ast.Node {
	note := new(inlineFootnote)
	for c := open.NextSibling(); c != nil; {
		next := c.NextSibling()
		parent.RemoveChild(parent, c)
		note.AppendChild(note, c)
		c = next
	}
	parent.RemoveChild(parent, open)
	matchDelimiters(note)
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

// footnote makes a footnote of what the marks hold.
func (n *inlineFootnote) footnote() *extast.Footnote {
	paragraph := ast.NewParagraph()
	for c := n.FirstChild(); c != nil; {
		next := c.NextSibling()
		n.RemoveChild(n, c)
		paragraph.AppendChild(paragraph, c)
		c = next
	}
	footnote := extast.NewFootnote(nil)
	footnote.AppendChild(footnote, paragraph)
	return footnote
}
