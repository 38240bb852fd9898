package site

import (
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"runnel/vault"
)

// TestTrees makes the pages of notes in some order and lists, after each,
// those whose trees are there.
func TestTrees(t *testing.T) {
	for what, c := range map[string]struct {
		kept        int64 // of the trees of reading
		order, want string
	}{
		"embedding notes first":           {math.MaxInt64, "a b c d e f", "bcdef cdef def ef ef ef"},
		"embedded notes first":            {math.MaxInt64, "d c b a f e", "abcdef abcdef abcdef ef ef ef"},
		"embedding notes first, none yet": {1, "a b c d e f", "bcd cd d - ef ef"},
		"embedded notes first, none yet":  {1, "d c b a f e", "d cd bcd - ef ef"},
	} {
		k := vault.NewKeeper(fstest.MapFS{
			"a.md": {Data: []byte("![[b]] ![[b]] ![[d]] ![[a]]")},
			"b.md": {Data: []byte("![[c#Part]]\n\n![[gone]]")},
			"c.md": {Data: []byte("# Part\n[[a]]")},
			"d.md": {Data: []byte("text")},
			"e.md": {Data: []byte("![[f]]")}, // these two for ever
			"f.md": {Data: []byte("![[e]]")},
		}, vault.Options{All: true, Trees: c.kept})
		if _, err := k.Update(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		notes := make(map[string]*vault.Note)
		for _, n := range k.Vault().Notes {
			notes[strings.TrimSuffix(n.Path, ".md")] = n
		}
		trees := newTrees(k)
		var got []string
		for name := range strings.FieldsSeq(c.order) {
			if err := trees.plant(notes[name]); err != nil {
				t.Fatal(err)
			}
			for _, n := range notes[name].Embedded() {
				if n.Doc == nil {
					t.Errorf("%s: no tree of %s for the page of %s", what, n.Path, name)
				}
			}
			trees.done(notes[name])
			got = append(got, withTrees(k.Vault()))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: got %q, want %q", what, got, c.want)
		}
	}
}

// withTrees names the notes that have their trees; "-" says none.
func withTrees(v *vault.Vault) string {
	held := ""
	for _, n := range v.Notes {
		if n.Doc != nil {
			held += strings.TrimSuffix(n.Path, ".md")
		}
	}
	if held == "" {
		return "-"
	}
	return held
}
