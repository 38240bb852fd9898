package obsidian

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Kinds of the nodes of callouts.
var (
	KindCallout      = ast.NewNodeKind("Callout")
	KindCalloutTitle = ast.NewNodeKind("CalloutTitle")
)

// A Callout is a block quote that begins with `[!type]` (Obsidian help,
// Callouts). Its children are its title, where it has one, and its blocks.
type Callout struct {
	ast.BaseBlock
	// CalloutType is as written, in lower case: aliases such as "tldr" and
	// types that Obsidian does not know are kept.
	CalloutType string
	// Metadata is what stands after a `|` in the brackets.
	Metadata string
	Fold     Fold
}

// Fold says whether a reader can fold a callout.
type Fold uint8

// The foldings of a callout.
const (
	FoldNone   Fold = iota // it cannot be folded
	FoldOpen               // `[!type]+`: open until folded
	FoldClosed             // `[!type]-`: folded until opened
)

// Title returns the title as written, or nil where there is none and the
// type stands in for it.
func (c *Callout) Title() *CalloutTitle {
	title, _ := c.FirstChild().(*CalloutTitle)
	return title
}

// Kind implements ast.Node.
func (*Callout) Kind() ast.NodeKind { return KindCallout }

// Dump implements ast.Node.
func (c *Callout) Dump(source []byte, level int) {
	ast.DumpHelper(c, source, level, map[string]string{
		"CalloutType": c.CalloutType, "Metadata": c.Metadata,
		"Fold": [...]string{"none", "open", "closed"}[c.Fold],
	}, nil)
}

// A CalloutTitle is the first child of a Callout; its children are inline.
type CalloutTitle struct{ ast.BaseBlock }

// Kind implements ast.Node.
func (*CalloutTitle) Kind() ast.NodeKind { return KindCalloutTitle }

// Dump implements ast.Node.
func (t *CalloutTitle) Dump(source []byte, level int) {
	ast.DumpHelper(t, source, level, nil, nil)
}

// calloutParser parses block quotes, and makes callouts of those that begin
// like one.
type calloutParser struct{ parser.BlockParser }

func newCalloutParser() parser.BlockParser {
	return calloutParser{parser.NewBlockquoteParser()}
}

// calloutHead matches the first line after its `>`: type, metadata, fold.
var calloutHead = regexp.MustCompile(
	`^[ \t]{0,3}\[!([^\]|\r\n]+)(?:\|([^\]\r\n]*))?\]([+-]?)`)

func (p calloutParser) Open(
	parent ast.Node, reader text.Reader, pc parser.Context,
) (ast.Node, parser.State) {
	quote, state := p.BlockParser.Open(parent, reader, pc)
	if quote == nil {
		return nil, state
	}
	line, seg := reader.PeekLine()
	m := calloutHead.FindSubmatch(line)
	if m == nil {
		return quote, state
	}
	kind, metadata := withoutComments(m[1]), withoutComments(m[2])
	// One that is not closed in there is for the text to hide.
	if kind == "" || strings.Contains(kind+metadata, "%%") {
		return quote, state
	}
	callout := &Callout{CalloutType: strings.ToLower(kind), Metadata: metadata}
	switch string(m[3]) {
	case "+":
		callout.Fold = FoldOpen
	case "-":
		callout.Fold = FoldClosed
	}
	title := seg.WithStart(seg.Start - seg.Padding + len(m[0]))
	title.Padding = 0
	title = title.TrimLeftSpace(reader.Source())
	title = title.TrimRightSpace(reader.Source())
	if !title.IsEmpty() {
		t := new(CalloutTitle)
		t.SetPos(title.Start)
		t.Lines().Append(title)
		callout.AppendChild(callout, t)
	}
	reader.AdvanceToEOL()
	return callout, parser.HasChildren
}

func withoutComments(b []byte) string {
	return strings.TrimSpace(string(CommentInHTML.ReplaceAll(b, nil)))
}
