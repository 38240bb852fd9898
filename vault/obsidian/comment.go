package obsidian

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// A Comment is where a `%%comment%%` stood in the source.
type Comment struct {
	// Start and Stop are offsets, the marks included.
	Start, Stop int
	// Closed is unset where the second mark is missing.
	Closed bool
}

// Comments returns the comments that parsing with the context came across,
// in no particular order. Their text is in no node of the tree, but the lines
// of the blocks that they stood in still cover it: who keeps the source
// should blank it.
func Comments(pc parser.Context) []Comment {
	if found, ok := pc.Get(commentsKey).(*[]Comment); ok {
		return *found
	}
	return nil
}

// CommentInHTML matches a comment in HTML, or in the title of a link. It is no
// markup there, but its writer thinks it hidden.
var CommentInHTML = regexp.MustCompile(`(?s)%%.*?%%`)

var (
	commentsKey = parser.NewContextKey()
	commentMark = []byte("%%")
)

func addComment(pc parser.Context, c Comment) {
	found := pc.ComputeIfAbsent(commentsKey, func() any {
		return new([]Comment)
	}).(*[]Comment)
	*found = append(*found, c)
}

var (
	kindComment      = ast.NewNodeKind("Comment")
	kindCommentBlock = ast.NewNodeKind("CommentBlock")
)

// comment holds the place of a comment within a block until it is removed.
type comment struct {
	ast.BaseInline
	closed bool
}

func (*comment) Kind() ast.NodeKind    { return kindComment }
func (c *comment) Dump([]byte, int)    {}
func (*commentBlock) IsRaw() bool      { return true }
func (*commentBlock) Dump([]byte, int) {}

// commentBlock holds the place of a comment on lines of its own.
type commentBlock struct {
	ast.BaseBlock
	Comment
}

func (*commentBlock) Kind() ast.NodeKind { return kindCommentBlock }

// commentParser parses comments within a block. One that is not closed there
// goes to the end of the block.
type commentParser struct{}

func (commentParser) Trigger() []byte { return []byte{'%'} }

func (commentParser) Parse(
	_ ast.Node, block text.Reader, pc parser.Context,
) ast.Node {
	line, seg := block.PeekLine()
	if !bytes.HasPrefix(line, commentMark) {
		return nil
	}
	c := Comment{Start: seg.Start}
	block.Advance(len(commentMark))
	for {
		line, seg := block.PeekLine()
		if line == nil {
			break
		}
		if i := bytes.Index(line, commentMark); i >= 0 {
			block.Advance(i + len(commentMark))
			c.Stop = seg.Start - seg.Padding + i + len(commentMark)
			c.Closed = true
			break
		}
		c.Stop = seg.Stop
		block.AdvanceLine()
	}
	c.Stop = max(c.Stop, c.Start+len(commentMark))
	addComment(pc, c)
	return &comment{closed: c.Closed}
}

// commentBlockParser parses comments whose first line begins with the mark
// and does not hold the second: they run over blank lines, as fences do, to
// the next mark or the end of the list item or quote that they stand in.
type commentBlockParser struct{}

func (commentBlockParser) Trigger() []byte             { return []byte{'%'} }
func (commentBlockParser) CanInterruptParagraph() bool { return true }
func (commentBlockParser) CanAcceptIndentedLine() bool { return false }

func (commentBlockParser) Open(
	_ ast.Node, reader text.Reader, pc parser.Context,
) (ast.Node, parser.State) {
	line, seg := reader.PeekLine()
	pos := pc.BlockOffset()
	if pos < 0 || !bytes.HasPrefix(line[pos:], commentMark) ||
		bytes.Contains(line[pos+len(commentMark):], commentMark) ||
		closesComment(reader, pc) {
		return nil, parser.NoChildren
	}
	node := new(commentBlock)
	node.Start = seg.Start - seg.Padding + pos
	node.Stop = seg.Stop
	reader.AdvanceToEOL()
	return node, parser.NoChildren
}

func (commentBlockParser) Continue(
	node ast.Node, reader text.Reader, _ parser.Context,
) parser.State {
	c := node.(*commentBlock)
	line, seg := reader.PeekLine()
	i := bytes.Index(line, commentMark)
	if i < 0 {
		c.Stop = seg.Stop
		reader.AdvanceToEOL()
		return parser.Continue | parser.NoChildren
	}
	end := i + len(commentMark)
	c.Stop = seg.Start - seg.Padding + end
	c.Closed = true
	if util.IsBlank(line[end:]) {
		reader.AdvanceToEOL()
	} else {
		// What follows on the line is text, never indented code.
		reader.Advance(end + util.TrimLeftSpaceLength(line[end:]))
	}
	return parser.Close
}

func (commentBlockParser) Close(
	node ast.Node, _ text.Reader, pc parser.Context,
) {
	addComment(pc, node.(*commentBlock).Comment)
}

// openMarks counts the marks in the lines of a paragraph, each line once.
type openMarks struct {
	paragraph ast.Node
	lines     int
	marks     int
}

var openMarksKey = parser.NewContextKey()

// closesComment reports whether a mark at the start of a line closes a comment
// that the paragraph before it has opened.
func closesComment(reader text.Reader, pc parser.Context) bool {
	return oddMarks(reader, pc, openMarksKey, commentMark)
}

// oddMarks reports whether the paragraph before a line has a mark that is not
// closed. Each mark has a key of its own.
func oddMarks(reader text.Reader, pc parser.Context, key parser.ContextKey, mark []byte) bool {
	paragraph, ok := pc.LastOpenedBlock().Node.(*ast.Paragraph)
	if !ok {
		return false
	}
	m := pc.ComputeIfAbsent(key, func() any {
		return new(openMarks)
	}).(*openMarks)
	if m.paragraph != paragraph {
		*m = openMarks{paragraph: paragraph}
	}
	lines := paragraph.Lines()
	for ; m.lines < lines.Len(); m.lines++ {
		seg := lines.At(m.lines)
		m.marks += bytes.Count(seg.Value(reader.Source()), mark)
	}
	return m.marks%2 == 1
}
