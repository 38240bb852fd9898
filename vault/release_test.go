package vault

import (
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"weak"

	"github.com/yuin/goldmark/ast"
)

// TestNote_Release checks that nothing holds on to a tree that has been let
// go, and that what lists are made of is as before.
func TestNote_Release(t *testing.T) {
	t.Parallel()
	v, err := Load(t.Context(), synthetic(20), Options{All: true})
	if err != nil {
		t.Fatal(err)
	}
	before := listVault(v)
	var trees []weak.Pointer[ast.Document]
	for _, n := range v.Notes {
		trees = append(trees, weak.Make(n.Doc))
		node := n.Links[0].Node
		n.Release()
		n.Release()
		if n.Link(node) != nil || n.TitleNode != nil {
			t.Errorf("%q still has its tree", n.Path)
		}
	}
	runtime.GC()
	for i, tree := range trees {
		if tree.Value() != nil {
			t.Errorf("the tree of %q is still held", v.Notes[i].Path)
		}
	}
	after := strings.NewReplacer(", shown in the text", "",
		" Paragraph\n", "\n")
	if got, want := listVault(v), after.Replace(before); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestCompact loads a note whose parser leaves several texts side by side.
func TestCompact(t *testing.T) {
	t.Parallel()
	n := loadNote(t, "a [b * c ] d _ e\nf [[x]] g\\\nh\n\n```go\ncode\n```\n")
	var texts []string
	_ = ast.Walk(n.Doc, func(
		node ast.Node, entering bool,
	) (ast.WalkStatus, error) {
		if text, ok := node.(*ast.Text); ok && entering {
			texts = append(texts, string(text.Segment.Value(n.Source)))
			if text.SoftLineBreak() {
				texts = append(texts, "soft")
			}
			if text.HardLineBreak() {
				texts = append(texts, "hard")
			}
		}
		if node.Kind() == ast.KindFencedCodeBlock && node.Lines().Len() != 1 {
			t.Error("the code has lost its lines")
		}
		return ast.WalkContinue, nil
	})
	want := []string{"a [b * c ] d _ e", "soft", "f ", "x", " g", "hard", "h"}
	if !slices.Equal(texts, want) {
		t.Errorf("got %q, want %q", texts, want)
	}
}

func TestNote_Position(t *testing.T) {
	t.Parallel()
	n := loadNote(t, "a\xFFb\n\xFF\xFFc")
	for _, c := range []struct{ offset, line, column int }{
		{-1, 1, 1}, {0, 1, 1}, {4, 1, 3}, {6, 2, 1}, {12, 2, 3}, {99, 2, 4},
	} {
		if line, column := n.Position(c.offset); line != c.line ||
			column != c.column {
			t.Errorf("offset %d is %d:%d, want %d:%d",
				c.offset, line, column, c.line, c.column)
		}
	}
}

func loadNote(t *testing.T, text string) *Note {
	t.Helper()
	v, err := Load(t.Context(), fstest.MapFS{
		"N.md": {Data: []byte(text)}, "x.md": {}}, Options{All: true})
	if err != nil {
		t.Fatal(err)
	}
	return v.Notes[0]
}
