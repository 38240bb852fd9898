package site

import (
	"strings"
	"testing"
	"testing/fstest"

	"runnel/vault"
)

// TestReleaser makes the pages of notes in some order and lists, after each,
// those whose trees are still there.
func TestReleaser(t *testing.T) {
	for what, c := range map[string]struct{ order, want string }{
		"embedding notes first": {"a b c d e f", "bcdef cdef def ef ef ef"},
		"embedded notes first":  {"d c b a f e", "abcdef abcdef abcdef ef ef ef"},
	} {
		v, err := vault.Load(t.Context(), fstest.MapFS{
			"a.md": {Data: []byte("![[b]] ![[b]] ![[d]] ![[a]]")},
			"b.md": {Data: []byte("![[c#Part]]\n\n![[gone]]")},
			"c.md": {Data: []byte("# Part\n[[a]]")},
			"d.md": {Data: []byte("text")},
			"e.md": {Data: []byte("![[f]]")}, // these two for ever
			"f.md": {Data: []byte("![[e]]")},
		}, vault.Options{All: true})
		if err != nil {
			t.Fatal(err)
		}
		notes := make(map[string]*vault.Note)
		for _, n := range v.Notes {
			notes[strings.TrimSuffix(n.Path, ".md")] = n
		}
		r := newReleaser(v)
		var got []string
		for name := range strings.FieldsSeq(c.order) {
			r.done(notes[name])
			held := ""
			for _, n := range v.Notes {
				if n.Doc != nil {
					held += strings.TrimSuffix(n.Path, ".md")
				}
			}
			got = append(got, held)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: got %q, want %q", what, got, c.want)
		}
	}
}
