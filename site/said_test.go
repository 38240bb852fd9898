package site

import (
	"reflect"
	"testing"

	"runnel/render"
	"runnel/search"
)

// What a note says is the same packed as it was read.
func TestSaid(t *testing.T) {
	v := loadVault(t, map[string]string{
		"a.md": "---\naliases: [first]\n---\nBefore any heading, see [[b]] here. `code` too.\n\n# One\n\n## Two\n\n" +
			"```go\nfunc f() {}\n```\n\n[[b]]\n\n- a <a href=\"b.md\">link of HTML</a> and [[b|é]] twice.\n\n> # Quoted\n> text\n",
		"b.md":     "",
		"empty.md": "---\ntags: x\n---\n",
	})
	for _, n := range v.Notes {
		texts, said := render.Texts(n), n.Extra.(*said)
		if said.rows(passageTable) != len(texts) {
			t.Fatalf("%s: got %d passages, want %d", n.Path, said.rows(passageTable), len(texts))
		}
		links := 0
		for i, p := range texts {
			text, kind, _ := said.passage(i)
			if text != p.Text || (kind == headingKind) != p.IsHeading || (kind == codeKind) != p.IsCode {
				t.Errorf("%s: passage %d is %q of kind %d", n.Path, i, text, kind)
			}
			var skips [][2]int
			for _, span := range p.Spans {
				skips = append(skips, [2]int{span.Start, span.End})
				if span.Link == nil {
					continue
				}
				links++
				before, marked, after := p.Sentence(span.Start, span.End)
				got, in, ok := said.sentence(span.Link)
				if got.Before != before || got.Marked != marked || got.After != after || in != i || ok != (before+after != "") {
					t.Errorf("%s: got %q in %d, want %q %q %q in %d", n.Path, got, in, before, marked, after, i)
				}
			}
			if got := said.skips(nil, i); !reflect.DeepEqual(got, skips) {
				t.Errorf("%s: passage %d: got %v, want %v", n.Path, i, got, skips)
			}
		}
		if n.Path == "a.md" && links != 4 {
			t.Errorf("got %d links in passages, want 4", links)
		}
		doc := docOf(n, texts)
		if got, want := said.entry(n), search.Read(doc); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got the entry %+v, want %+v", n.Path, got, want)
		}
		if got := said.sections(); len(got) != len(doc.Sections) || len(got) > 0 && !reflect.DeepEqual(got, doc.Sections) {
			t.Errorf("%s: got the sections %+v, want %+v", n.Path, got, doc.Sections)
		}
	}
}
