package obsidian

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"go.abhg.dev/goldmark/hashtag"
	"go.abhg.dev/goldmark/wikilink"
)

// dump draws a tree with one node a line.
func dump(source []byte) string {
	doc := Parser().Parse(text.NewReader(source))
	var b strings.Builder
	dumpNode(&b, doc, source, 0)
	return b.String()
}

func dumpNode(b *strings.Builder, n ast.Node, source []byte, depth int) {
	fmt.Fprintf(b, "%s%s", strings.Repeat("  ", depth), n.Kind())
	for _, fact := range facts(n, source) {
		if fact != "" {
			b.WriteString(" " + fact)
		}
	}
	if id := BlockID(n); id != "" {
		b.WriteString(" ^" + id)
	}
	b.WriteByte('\n')
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		dumpNode(b, c, source, depth+1)
	}
}

func facts(n ast.Node, source []byte) []string {
	switch n := n.(type) {
	case *ast.Text:
		return []string{fmt.Sprintf("%q", n.Segment.Value(source)),
			when(n.SoftLineBreak(), "soft"), when(n.HardLineBreak(), "hard"),
			when(n.IsRaw(), "raw")}
	case *ast.String:
		return []string{fmt.Sprintf("%q", n.Value)}
	case *ast.Heading:
		return []string{fmt.Sprint(n.Level)}
	case *ast.AutoLink:
		return []string{string(n.URL(source))}
	case *ast.Link:
		return []string{fmt.Sprintf("to %q", n.Destination)}
	case *ast.Image:
		return []string{fmt.Sprintf("of %q", n.Destination)}
	case *ast.FencedCodeBlock:
		return []string{fmt.Sprintf("%q", n.Lines().Value(source))}
	case *Math:
		return []string{fmt.Sprintf("%q", n.TeX), when(n.Display, "display")}
	case *MathBlock:
		return []string{fmt.Sprintf("%q", n.Lines().Value(source)), when(!n.Closed, "unclosed")}
	case *wikilink.Node:
		return []string{fmt.Sprintf("to %q", n.Target),
			fmt.Sprintf("at %q", n.Fragment), when(n.Embed, "embed")}
	case *hashtag.Node:
		return []string{fmt.Sprintf("%q", n.Tag)}
	case *Task:
		return []string{fmt.Sprintf("%q", n.State)}
	case *Callout:
		return []string{fmt.Sprintf("%q", n.CalloutType),
			when(n.Metadata != "", fmt.Sprintf("metadata %q", n.Metadata)),
			[...]string{"", "open", "closed"}[n.Fold]}
	case *extast.FootnoteLink:
		return []string{fmt.Sprint(n.Index)}
	}
	return nil
}

func when(is bool, text string) string {
	if is {
		return text
	}
	return ""
}
