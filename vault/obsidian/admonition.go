package obsidian

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// admonitionParser parses the fences of the Admonition plugin, which many
// vaults held before Obsidian had callouts, into callouts:
//
//	```ad-tip
//	title: A *title*
//	collapse: open
//	The text, which is Markdown.
//	```
type admonitionParser struct{}

// admonitionHead matches the first line after its indentation.
var admonitionHead = regexp.MustCompile("^(`{3,}|~{3,})[ \t]*ad-([A-Za-z][A-Za-z0-9_-]*)[ \t]*\r?\n?$")

// admonitionOption matches the lines at the top that are not text.
var admonitionOption = regexp.MustCompile(`^(title|collapse|icon|color)[ \t]*:[ \t]*(.*?)[ \t\r]*\n?$`)

func (admonitionParser) Trigger() []byte             { return []byte{'`', '~'} }
func (admonitionParser) CanInterruptParagraph() bool { return true }
func (admonitionParser) CanAcceptIndentedLine() bool { return false }

// admonition is what is known of a callout while it is open.
type admonition struct {
	fence   []byte
	options bool // the lines at the top are not over
}

// admonitionKey is no name of HTML, so that no renderer prints it.
var admonitionKey = []byte("fence")

func (admonitionParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	pos := pc.BlockOffset()
	if pos < 0 {
		return nil, parser.NoChildren
	}
	m := admonitionHead.FindSubmatch(line[pos:])
	if m == nil {
		return nil, parser.NoChildren
	}
	callout := &Callout{CalloutType: strings.ToLower(string(m[2]))}
	callout.SetAttribute(admonitionKey, &admonition{fence: m[1], options: true})
	reader.AdvanceToEOL()
	return callout, parser.HasChildren
}

func (admonitionParser) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	value, _ := node.Attribute(admonitionKey)
	state := value.(*admonition)
	line, seg := reader.PeekLine()
	trimmed := bytes.TrimSpace(line)
	if len(trimmed) >= len(state.fence) && trimmed[0] == state.fence[0] && run(trimmed) == len(trimmed) {
		reader.AdvanceToEOL()
		return parser.Close
	}
	if state.options {
		if m := admonitionOption.FindSubmatchIndex(line); m != nil {
			setOption(node.(*Callout), string(line[m[2]:m[3]]), line[m[4]:m[5]],
				text.NewSegment(seg.Start-seg.Padding+m[4], seg.Start-seg.Padding+m[5]))
			reader.AdvanceToEOL()
			return parser.Continue | parser.NoChildren
		}
		state.options = util.IsBlank(line)
	}
	return parser.Continue | parser.HasChildren
}

// setOption heeds a line at the top of an admonition.
func setOption(callout *Callout, name string, value []byte, at text.Segment) {
	switch {
	case name == "title" && len(value) > 0:
		title := new(CalloutTitle)
		title.SetPos(at.Start)
		title.Lines().Append(at)
		callout.InsertBefore(callout, callout.FirstChild(), title)
	case name == "collapse" && string(value) == "open":
		callout.Fold = FoldOpen
	case name == "collapse" && string(value) == "closed":
		callout.Fold = FoldClosed
	}
}

func (admonitionParser) Close(ast.Node, text.Reader, parser.Context) {}
