package site

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"runnel/vault"
)

// notesIn is a folder of so many notes, among them "m".
func notesIn(dir string, n int) []*vault.Note {
	notes := []*vault.Note{{Path: dir + "/m.md", Title: "m"}}
	for i := range n {
		name := fmt.Sprintf("n%04d", i)
		notes = append(notes, &vault.Note{Path: dir + "/" + name + ".md", Title: name})
	}
	return notes
}

func TestPlan_tree(t *testing.T) {
	t.Parallel()
	v := &vault.Vault{Notes: append(notesIn("a/b", 100), notesIn("c", 3)...)}
	p := newPlan(v)
	here := v.Notes[0]
	tree := p.tree(p.notes[here], "a/b", here)
	if len(tree) != 2 || !tree[0].Open || tree[1].Open || tree[1].Text != "c" {
		t.Fatalf("got %+v, want the folder a open and c closed", tree)
	}
	inner := tree[0].Branches[0]
	if inner.Text != "b" || !inner.Open {
		t.Fatalf("got %+v, want the folder b open", inner)
	}
	last := inner.Branches[len(inner.Branches)-1]
	if last.More != 101-treeNotes || last.Href != "../" {
		t.Errorf("got %+v, want the rest counted and a link to the folder", last)
	}
	seen := 0
	for _, b := range inner.Branches {
		if b.Here {
			seen++
		}
	}
	if seen != 1 {
		t.Errorf("the page itself is there %d times, want once", seen)
	}
}

func TestWindow(t *testing.T) {
	t.Parallel()
	for n := range 30 {
		for at := range max(n, 1) {
			first, last := window(n, at, 8)
			if first < 0 || last > n || last-first != min(n, 8) || n > 0 && (at < first || at >= last) {
				t.Errorf("window(%d, %d, 8) = %d, %d", n, at, first, last)
			}
		}
	}
}

// A page weighs the same in a small vault and in a large one.
func TestBuild_weight(t *testing.T) {
	t.Parallel()
	weight := func(n int) int {
		dir := t.TempDir()
		files := map[string]string{"notes/index.md": "home", "notes/f/m.md": "text [[n0000]]"}
		for i := range n {
			files[fmt.Sprintf("notes/f/n%04d.md", i)] = "text"
			files[fmt.Sprintf("notes/g%04d/a.md", i)] = "text"
		}
		writeFiles(t, dir, files)
		b := Build{Notes: filepath.Join(dir, "notes"), Out: filepath.Join(dir, "out"), All: true}
		if _, err := b.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		page, err := os.ReadFile(filepath.Join(b.Out, "f", "m", "index.html"))
		if err != nil {
			t.Fatal(err)
		}
		var packed bytes.Buffer
		w := gzip.NewWriter(&packed)
		if _, err := w.Write(page); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return packed.Len()
	}
	small, large := weight(treeNotes+2), weight(400)
	if large > small+100 {
		t.Errorf("a page has %d bytes in a small vault and %d in a large one", small, large)
	}
}
