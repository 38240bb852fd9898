package obsidian

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Kinds of the nodes of mathematics.
var (
	KindMath      = ast.NewNodeKind("Math")
	KindMathBlock = ast.NewNodeKind("MathBlock")
)

// Math is mathematics in a line of text, `$x$`, or `$$x$$` which is displayed
// on a line of its own (Obsidian help, Advanced formatting syntax, Math).
type Math struct {
	ast.BaseInline
	Display bool
	// TeX is what stands between the dollars, with line breaks.
	TeX []byte
}

// Kind implements ast.Node.
func (*Math) Kind() ast.NodeKind { return KindMath }

// Dump implements ast.Node.
func (m *Math) Dump(source []byte, level int) {
	ast.DumpHelper(m, source, level, map[string]string{"TeX": string(m.TeX)}, nil)
}

// A MathBlock is displayed mathematics on lines of its own; its lines are the
// TeX.
type MathBlock struct {
	ast.BaseBlock
	// Closed is unset where the second `$$` is missing.
	Closed bool
}

// Kind implements ast.Node.
func (*MathBlock) Kind() ast.NodeKind { return KindMathBlock }

// IsRaw implements ast.Node: nothing in it is markup.
func (*MathBlock) IsRaw() bool { return true }

// Dump implements ast.Node.
func (m *MathBlock) Dump(source []byte, level int) { ast.DumpHelper(m, source, level, nil, nil) }

// mathParser parses mathematics within a line of text or a paragraph. A
// dollar before a space, or one that would close after a space or before a
// digit, is money.
type mathParser struct{}

func (mathParser) Trigger() []byte { return []byte{'$'} }

func (mathParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	switch n := run(line); {
	case n > 2:
		return literal(block, n)
	case n == 2:
		return parseMath(block, "$$")
	case len(line) < 2 || util.IsSpace(line[1]):
		return nil
	}
	return parseMath(block, "$")
}

// maxMathLines bounds how far the second mark is looked for.
const maxMathLines = 100

// parseMath parses from a mark to the next, which has to be one that closes.
func parseMath(block text.Reader, mark string) ast.Node {
	savedLine, savedPos := block.Position()
	block.Advance(len(mark))
	lines := text.NewSegments()
	for range maxMathLines {
		line, seg := block.PeekLine()
		if line == nil {
			break
		}
		if i := nextDollar(line, mark); i >= 0 {
			lines.Append(seg.WithStop(seg.Start - seg.Padding + i))
			tex := lines.Value(block.Source())
			if !closesMath(tex, line[i+len(mark):], mark) {
				break
			}
			block.Advance(i + len(mark))
			return &Math{Display: mark == "$$", TeX: tex}
		}
		lines.Append(seg)
		block.AdvanceLine()
	}
	block.SetPosition(savedLine, savedPos)
	return nil
}

// nextDollar finds the next mark in a line, -1 if there is none.
func nextDollar(line []byte, mark string) int {
	for i := 0; i+len(mark) <= len(line); i++ {
		if line[i] == '\\' {
			i++
		} else if string(line[i:i+len(mark)]) == mark {
			return i
		}
	}
	return -1
}

// closesMath reports whether a mark between tex and rest closes.
func closesMath(tex, rest []byte, mark string) bool {
	if len(bytes.TrimSpace(tex)) == 0 {
		return false
	}
	if bytes.Contains(tex, commentMark) {
		return false // the comment has to stay hidden
	}
	if mark == "$$" {
		return true
	}
	return !util.IsSpace(tex[len(tex)-1]) && (len(rest) == 0 || !util.IsNumeric(rest[0]))
}

var (
	mathMark    = []byte("$$")
	openMathKey = parser.NewContextKey()
)

// mathBlockParser parses mathematics whose first line begins with `$$` and
// does not hold the second. It runs over blank lines, as a fence does.
type mathBlockParser struct{}

func (mathBlockParser) Trigger() []byte             { return []byte{'$'} }
func (mathBlockParser) CanInterruptParagraph() bool { return true }
func (mathBlockParser) CanAcceptIndentedLine() bool { return false }

func (mathBlockParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, seg := reader.PeekLine()
	pos := pc.BlockOffset()
	if pos < 0 || !bytes.HasPrefix(line[pos:], mathMark) {
		return nil, parser.NoChildren
	}
	rest := line[pos+2:]
	if bytes.Contains(rest, mathMark) || oddMarks(reader, pc, openMathKey, mathMark) {
		return nil, parser.NoChildren
	}
	m := new(MathBlock)
	if !util.IsBlank(rest) {
		first := text.NewSegment(seg.Start-seg.Padding+pos+2, seg.Stop)
		m.appendLine(first, reader.Source(), pc)
	}
	reader.AdvanceToEOL()
	return m, parser.NoChildren
}

func (mathBlockParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	m := node.(*MathBlock)
	line, seg := reader.PeekLine()
	i := bytes.Index(line, mathMark)
	if i < 0 {
		m.appendLine(seg, reader.Source(), pc)
		reader.AdvanceToEOL()
		return parser.Continue | parser.NoChildren
	}
	if i > 0 {
		last := seg.WithStop(seg.Start - seg.Padding + i)
		m.appendLine(last, reader.Source(), pc)
	}
	m.Closed = true
	reader.Advance(i + 2)
	if rest, _ := reader.PeekLine(); util.IsBlank(rest) {
		reader.AdvanceToEOL()
	}
	return parser.Close
}

// appendLine appends a line up to a `%%`. To TeX the rest of it is a comment;
// nobody else shall see it either.
func (m *MathBlock) appendLine(
	seg text.Segment, source []byte, pc parser.Context,
) {
	line := source[seg.Start:seg.Stop]
	if i := bytes.Index(line, commentMark); i >= 0 {
		end := seg.Start + len(bytes.TrimRight(line, "\r\n"))
		hideSegment(text.NewSegment(seg.Start+i, end), pc)
		m.Lines().Append(seg.WithStop(seg.Start + i))
		seg = text.NewSegment(end, seg.Stop)
	}
	m.Lines().Append(seg)
}

func (mathBlockParser) Close(ast.Node, text.Reader, parser.Context) {}
