package obsidian

import (
	"bytes"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"go.abhg.dev/goldmark/wikilink"
)

// FuzzParse checks that every node lies in the source, that links are where
// they say, and that no text of a comment is left in the tree.
func FuzzParse(f *testing.F) {
	for _, path := range caseFiles(f) {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(archive.Files[0].Data)
	}
	p := Parser()
	f.Fuzz(func(t *testing.T, source []byte) {
		pc := parser.NewContext()
		doc := p.Parse(text.NewReader(source), parser.WithContext(pc))
		hidden := make([]bool, len(source)+1)
		for _, c := range Comments(pc) {
			if c.Start < 0 || c.Stop > len(source) || c.Start > c.Stop {
				t.Fatalf("comment %+v in %d bytes", c, len(source))
			}
			for i := c.Start; i < c.Stop; i++ {
				hidden[i] = true
			}
		}
		checkNode(t, doc, source, hidden)
		Text(doc, source)
	})
}

func checkNode(t *testing.T, n ast.Node, source []byte, hidden []bool) {
	t.Helper()
	// Of a block behind a tab goldmark counts the tab's columns as bytes.
	if n.Type() == ast.TypeInline && n.Pos() > len(source) {
		t.Fatalf("%s at %d of %d", n.Kind(), n.Pos(), len(source))
	}
	switch n := n.(type) {
	case *ast.Text:
		checkSegment(t, n, n.Segment, source)
		checkShown(t, n.Segment, source, hidden)
	case *Math:
		if bytes.Contains(n.TeX, commentMark) {
			t.Fatalf("%q shows a comment", n.TeX)
		}
	case *wikilink.Node:
		mark := []byte("[[")
		if n.Embed {
			mark = []byte("![[")
		}
		if n.Pos() < 0 || !bytes.HasPrefix(source[n.Pos():], mark) {
			t.Fatalf("no link to %q at %d", n.Target, n.Pos())
		}
	case *comment, *commentBlock:
		t.Fatal("a comment is left")
	}
	if n.Type() == ast.TypeBlock {
		lines := n.Lines()
		for i := range lines.Len() {
			checkSegment(t, n, lines.At(i), source)
			if n.IsRaw() {
				checkShown(t, lines.At(i), source, hidden)
			}
		}
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Parent() != n {
			t.Fatalf("%s is no child of its parent %s", c.Kind(), n.Kind())
		}
		checkNode(t, c, source, hidden)
	}
}

func checkShown(
	t *testing.T, seg text.Segment, source []byte, hidden []bool,
) {
	t.Helper()
	for i := seg.Start; i < seg.Stop; i++ {
		if hidden[i] {
			t.Fatalf("%q shows a comment", source[seg.Start:seg.Stop])
		}
	}
}

func checkSegment(
	t *testing.T, n ast.Node, seg text.Segment, source []byte,
) {
	t.Helper()
	if seg.Start < 0 || seg.Start > seg.Stop || seg.Stop > len(source) {
		t.Fatalf("%s has %+v of %d bytes", n.Kind(), seg, len(source))
	}
}
