package search

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"
	"testing"
)

// An index that is revised time and again is the one that is made anew.
func TestUpdate_revises(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	all := docs(900)
	files, memory := map[string]string{}, &Memory{}
	olds := map[string][]Part{}
	revised, stars := 0, 0
	for step := range 40 {
		for range r.IntN(4) {
			changeDoc(r, all, step)
		}
		notes := notesOf(all)
		for i := range notes {
			notes[i].Key = fmt.Sprint(notes[i].Address, *all[i])
		}
		memory.Keep = func(name string) bool { _, ok := files[name]; return ok }
		memory.Old = func(key string) []Part { return olds[key] }
		reads := 0
		memory.Read = func(name string) []byte {
			reads++
			return []byte(files[name])
		}
		if step == 0 {
			memory.Read = nil
		}
		next := map[string]string{}
		err := Update(notes, memory, func(name string, data []byte) error {
			next[name] = string(data)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if reads > 0 {
			revised++
		}
		want := filesOf(t, notes)
		maps.Copy(files, next)
		for name := range want {
			if files[name] != want[name] {
				t.Fatalf("step %d: %s: got\n%s\nwant\n%s", step, name, files[name], want[name])
			}
		}
		for name := range next {
			if _, ok := want[name]; !ok {
				t.Errorf("step %d: writes %s, which is of no index", step, name)
			}
		}
		files = want
		for name, data := range want {
			if strings.HasSuffix(name, ".txt") {
				stars += strings.Count(data, "* ")
			}
		}
		for _, n := range notes {
			olds[n.Key] = n.Parts
		}
	}
	if revised < 20 || stars == 0 {
		t.Errorf("%d of 40 were revised, with %d beginnings: that says little", revised, stars)
	}
}

// changeDoc changes what a document says, seldom how many parts it has.
func changeDoc(r *rand.Rand, all []*Doc, step int) {
	d := *all[r.IntN(len(all))]
	d.Sections = append([]Section(nil), d.Sections...)
	s := &d.Sections[r.IntN(len(d.Sections))]
	s.Texts = append([]Text(nil), s.Texts...)
	text := &s.Texts[r.IntN(len(s.Texts))]
	switch r.IntN(6) {
	case 0:
		text.Text = ""
	case 1:
		text.Text += fmt.Sprintf(" new%dword über%d 世界 %c", step, r.IntN(99), 'a'+r.IntN(26))
	case 2:
		text.Text += strings.Repeat(" ba", r.IntN(30))
	case 3:
		d.Tags = []string{fmt.Sprint("t", r.IntN(4))}
	case 4:
		text.Text += strings.Repeat(fmt.Sprintf(" rare%dx", r.IntN(1000)), 300)
	case 5:
		text.Text = strings.ReplaceAll(text.Text, "ba", "zo")
	}
	all[r.IntN(len(all))] = &d
}
