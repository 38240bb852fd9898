package obsidian

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// TestMatchDelimiters compares our matching with goldmark's, which is the
// specification's without its table, on random texts.
func TestMatchDelimiters(t *testing.T) {
	parse := func(source string, inline ...util.PrioritizedValue) string {
		p := parser.NewParser(
			parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 0)),
			parser.WithInlineParsers(inline...))
		return outline(p.Parse(text.NewReader([]byte(source))), []byte(source))
	}
	pieces := []string{"*", "*", "**", "***", "_", "_", "__", "a", "b", " ", ".", "[", "]", "](c)", "![", "é", "\n", "\\"}
	r := rand.New(rand.NewPCG(1, 2))
	emphasis := 0
	for range 30_000 {
		var b strings.Builder
		for range 2 + r.IntN(16) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		source := b.String()
		got := parse(source, util.Prioritized(delimiterMatcher{emphasisParser{}}, 500),
			util.Prioritized(newLinkParser(), 200))
		want := parse(source, util.Prioritized(parser.NewEmphasisParser(), 500),
			util.Prioritized(parser.NewLinkParser(), 200))
		if got != want {
			t.Errorf("%q: got\n%s\nwant\n%s", source, got, want)
		}
		if strings.Contains(got, "Emphasis") {
			emphasis++
		}
	}
	if emphasis < 5_000 {
		t.Errorf("only %d texts hold emphasis", emphasis)
	}
}

// outline writes the kinds of nodes and the texts below a node; texts side by
// side are one.
func outline(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Text:
			if entering {
				b.Write(n.Segment.Value(source))
			}
		case *ast.Emphasis:
			fmt.Fprintf(&b, "<%v%s %d>", entering, n.Kind(), n.Level)
		default:
			fmt.Fprintf(&b, "<%v%s>", entering, n.Kind())
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}
