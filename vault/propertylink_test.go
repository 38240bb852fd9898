package vault

import (
	"testing"
	"testing/fstest"
)

func TestLoad_propertyLinks(t *testing.T) {
	v, err := Load(t.Context(), fstest.MapFS{
		"a.md": {Data: []byte("---\npublish: true\nup: \"[[Sub/b|the b]]\"\nsee:\n  - \"[[gone]]\"\n  - plain\n" +
			"hidden: \"[[secret]]\"\ncover: pictures/x.png\nimage: https://example.com/y.png\nbare: \"[[b\"\n---\n")},
		"Sub/b.md":       {Data: []byte("---\npublish: true\n---\n")},
		"secret.md":      {Data: []byte("")},
		"pictures/x.png": {Data: []byte("")},
	}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var b, a *Note = v.Notes[0], v.Notes[1]
	want := []struct {
		name, value string
		state       State
		note        *Note
		file        string
		linked      bool
	}{
		{"up", "the b", Found, b, "", true},
		{"see", "gone", Missing, nil, "", true},
		{"hidden", "secret", Private, nil, "", true},
		{"cover", "x.png", Found, nil, "pictures/x.png", true},
		{"image", "https://example.com/y.png", Missing, nil, "", false},
		{"bare", "[[b", Missing, nil, "", false},
	}
	if len(a.Properties.Other) != len(want) {
		t.Fatalf("got %d properties, want %d", len(a.Properties.Other), len(want))
	}
	for i, w := range want {
		p := a.Properties.Other[i]
		if p.Name != w.name || p.Values[0] != w.value || (p.Links != nil) != w.linked {
			t.Errorf("got %+v, want %+v", p, w)
			continue
		}
		if !w.linked {
			continue
		}
		got := p.Links[0].Target
		if got.State != w.state || got.Note != w.note || (got.File != nil) != (w.file != "") ||
			got.File != nil && got.File.Path != w.file {
			t.Errorf("%s: got %+v, want %+v", w.name, got, w)
		}
	}
	if len(b.Backlinks) != 1 || b.Backlinks[0].From != a {
		t.Errorf("b has the backlinks %v, want one from a", b.Backlinks)
	}
	if len(v.Problems) != 2 {
		t.Errorf("got the problems %v, want two", v.Problems)
	}
}
