package search

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// docs makes documents of words at random.
func docs(n int) []*Doc {
	r := rand.New(rand.NewPCG(3, 3))
	text := func(words int) string {
		var b strings.Builder
		for range words {
			fmt.Fprintf(&b, "%s%s ", []string{"ba", "con", "de", "re", "über", "zo"}[r.IntN(6)],
				[]string{"", "ke", "lo", "ming", "nado", "ti", "vert"}[r.IntN(7)]+[]string{"", "", "s", "x", "mo"}[r.IntN(5)])
		}
		return b.String()
	}
	all := make([]*Doc, n)
	for i := range all {
		d := &Doc{Title: fmt.Sprint("Note ", i, " ", text(2)), Tags: []string{"a/b", text(1)[:2]}}
		for s := range 1 + r.IntN(5) {
			d.Sections = append(d.Sections, Section{ID: fmt.Sprint("s", s), Heading: text(2), Texts: []Text{
				{Text: text(r.IntN(200))}, {Text: text(r.IntN(90)), Code: true}}})
		}
		all[i] = d
	}
	return all
}

func notesOf(docs []*Doc) []Note {
	var notes []Note
	for _, d := range docs {
		notes = append(notes, Note{Entry: Read(d), Sections: func() []Section { return d.Sections }, Address: strings.ReplaceAll(strings.Join(strings.Fields(d.Title)[:2], "-"), "%", "") + "/"})
	}
	return notes
}

func filesOf(t *testing.T, notes []Note) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := Write(notes, func(name string, data []byte) error {
		if _, twice := files[name]; twice {
			t.Errorf("%s is written twice", name)
		}
		files[name] = string(data)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// decode reads a list as it is described, digit by digit.
func decode(written string) map[int]int {
	parts := map[int]int{}
	level, next, number, shift := -1, 0, 0, 0
	for _, c := range written {
		if at := strings.IndexRune(levelMarks, c); at >= 0 {
			level, next = at, 0
			continue
		}
		digit := strings.IndexRune(digits, c)
		number += digit % 32 << shift
		shift += 5
		if digit < 32 {
			next += number
			parts[next] = level
			next++
			number, shift = 0, 0
		}
	}
	return parts
}

// filesIn lists the files of a shelf, and what each begins with.
func filesIn(t *testing.T, files map[string]string, s shelf) (firsts, names []string) {
	t.Helper()
	firsts = strings.Split(s.First, "\n")
	for name := range slices.Chunk([]byte(s.Files), nameSize) {
		names = append(names, string(name))
	}
	if !s.Deep {
		return firsts, names
	}
	var below, all []string
	for i, name := range names {
		var sub shelf
		if err := json.Unmarshal([]byte(files[name+".json"]), &sub); err != nil {
			t.Fatal(err)
		}
		first, some := filesIn(t, files, sub)
		if first[0] != firsts[i] {
			t.Errorf("what begins with %q begins with %q", firsts[i], first[0])
		}
		below, all = append(below, first...), append(all, some...)
	}
	return below, all
}

// Every word of every part is in the files, in the one where it is looked for,
// with its parts; so is every beginning that has a list of its own.
func TestWrite_lists(t *testing.T) {
	notes := notesOf(docs(1500))
	files := filesOf(t, notes)
	want := map[string]map[int]int{} // by word, levels by part
	part := 0
	for _, n := range notes {
		for _, p := range n.Parts {
			for i, w := range strings.Split(strings.TrimSuffix(p.Words, "\n"), "\n") {
				if want[w] == nil {
					want[w] = map[int]int{}
				}
				want[w][part] = int(p.Levels[i])
			}
			part++
		}
	}
	var ix index
	if err := json.Unmarshal([]byte(files[Index]), &ix); err != nil {
		t.Fatal(err)
	}
	if ix.Parts != part {
		t.Errorf("got %d parts, want %d", ix.Parts, part)
	}
	got := map[string]map[int]int{}
	firsts, names := filesIn(t, files, ix.Words)
	if !ix.Words.Deep {
		t.Error("the words are so few that they need no lists of files")
	}
	for i, first := range firsts {
		for line := range strings.Lines(files[names[i]+".txt"]) {
			word, written, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
			got[word] = decode(written)
			if word < first || i+1 < len(firsts) && word >= firsts[i+1] {
				t.Errorf("%q is in the file that begins with %q", word, first)
			}
		}
	}
	stars := 0
	for word, parts := range got {
		beginning, star := strings.CutSuffix(word, "*")
		if !star {
			if !maps.Equal(parts, want[word]) {
				t.Errorf("%q: got %v, want %v", word, parts, want[word])
			}
			continue
		}
		stars++
		all := map[int]bool{}
		for w, parts := range want {
			if strings.HasPrefix(w, beginning) {
				for p := range parts {
					all[p] = true
				}
			}
		}
		if len(all) != len(parts) {
			t.Errorf("%q has %d parts, want %d", word, len(parts), len(all))
		}
	}
	if len(got)-stars != len(want) || stars < 5 || len(firsts) < 10 {
		t.Errorf("got %d words, want %d; %d beginnings, %d files", len(got)-stars, len(want), stars, len(firsts))
	}
}

// The same notes make the same files, and a word more in one note, or a note
// more, few others.
func TestWrite_local(t *testing.T) {
	all := docs(1500)
	before := filesOf(t, notesOf(all))
	if again := filesOf(t, notesOf(docs(1500))); !maps.Equal(before, again) {
		t.Error("the same notes make other files")
	}
	fresh := func(after map[string]string) (n int) {
		for name := range after {
			if _, ok := before[name]; !ok {
				n++
			}
		}
		return n
	}
	edited := slices.Clone(all)
	d := *edited[700]
	d.Sections = slices.Clone(d.Sections)
	d.Sections[0].Texts = append([]Text{{Text: "quite another zebra"}}, d.Sections[0].Texts...)
	edited[700] = &d
	if n := fresh(filesOf(t, notesOf(edited))); n == 0 || n > 20 {
		t.Errorf("an edit makes %d of %d files new", n, len(before))
	}
	more := slices.Insert(slices.Clone(all), 700, &Doc{Title: "Zebra crossing", Sections: d.Sections})
	words := strings.Count(before[Index], "\n") // fewer than the files of words
	if n := fresh(filesOf(t, notesOf(more))); n == 0 || n > len(before)/3+words {
		t.Errorf("a note more makes %d of %d files new", n, len(before))
	}
}

// No text is lost or said twice, however long a note is, and parts are small.
func TestRead_parts(t *testing.T) {
	long := strings.Repeat("word and 並行処理 \"quoted\" \\ \u0007 ", 900)
	d := &Doc{Title: "Long", Sections: []Section{{Texts: []Text{{Text: "first"}, {Text: long}}},
		{ID: "x", Heading: "Heading", Texts: []Text{{Text: strings.Repeat("x", 50000), Code: true}, {Text: "last"}}}}}
	var got strings.Builder
	var texts []string
	eachText(d.Sections, func(text []byte) { texts = append(texts, string(text)) })
	entry := Read(d)
	if len(texts) != len(entry.Parts) {
		t.Fatalf("got %d texts of %d parts", len(texts), len(entry.Parts))
	}
	for i, p := range entry.Parts {
		if len(texts[i]) > partSize+500 {
			t.Errorf("part %d has %d bytes", i, len(texts[i]))
		}
		if strings.Count(p.Words, "\n") != len(p.Levels) {
			t.Errorf("part %d has %d words and %d levels", i, strings.Count(p.Words, "\n"), len(p.Levels))
		}
		var sections [][3]string
		if err := json.Unmarshal([]byte(texts[i]), &sections); err != nil {
			t.Fatalf("part %d: %v", i, err)
		}
		for _, s := range sections {
			if s[0] != "" && s[1] != "Heading" {
				t.Errorf("part %d: the section %q has the heading %q", i, s[0], s[1])
			}
			got.WriteString(strings.NewReplacer("\n", "", "\t", "").Replace(s[2]))
		}
	}
	if want := "first" + long + strings.Repeat("x", 50000) + "last"; got.String() != want {
		t.Errorf("got %d bytes of text, want %d", got.Len(), len(want))
	}
}

// What a word is worth goes by where it stands and how often.
func TestRead_levels(t *testing.T) {
	e := Read(&Doc{Title: "Alpha", Aliases: []string{"beta"}, Tags: []string{"gamma/delta"}, Sections: []Section{
		{Texts: []Text{{Text: "epsilon zeta zeta zeta zeta zeta"}, {Text: "eta", Code: true}}}, {ID: "t", Heading: "theta"}}})
	levels := map[string]byte{}
	for i, w := range strings.Fields(e.Parts[0].Words) {
		levels[w] = e.Parts[0].Levels[i]
	}
	order := []string{"alpha", "beta", "#gamma/delta", "theta", "zeta", "epsilon", "eta"}
	for i := range order[1:] {
		if levels[order[i]] <= levels[order[i+1]] {
			t.Errorf("%q has level %d, %q %d", order[i], levels[order[i]], order[i+1], levels[order[i+1]])
		}
	}
	for _, w := range []string{"#gamma", "gamma", "delta"} {
		if levels[w] == 0 {
			t.Errorf("%q is not found", w)
		}
	}
}

// No notes, and notes that say nothing, have an index too.
func TestWrite_little(t *testing.T) {
	for _, notes := range [][]Note{nil, notesOf([]*Doc{{Title: "a b"}}), {{Entry: Read(&Doc{}), Sections: func() []Section { return nil }, Address: ""}}} {
		var ix index
		if err := json.Unmarshal([]byte(filesOf(t, notes)[Index]), &ix); err != nil || ix.Parts != len(notes) {
			t.Errorf("got %d parts of %d notes: %v", ix.Parts, len(notes), err)
		}
	}
}

// An index that is made anew where notes have changed is one made from nothing.
func TestUpdate(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	all := docs(400)
	there := map[string]string{}
	memory := &Memory{}
	for step := range 12 {
		for range r.IntN(4) {
			switch i := r.IntN(len(all)); r.IntN(3) {
			case 0:
				all = slices.Delete(all, i, i+1)
			case 1:
				all = slices.Insert(all, i, docs(1 + r.IntN(9))[0])
			default:
				changed := *all[i]
				changed.Sections = append(slices.Clone(changed.Sections), Section{ID: "new", Heading: fmt.Sprint("New ", step)})
				all[i] = &changed
			}
		}
		if name := fmt.Sprint(r.IntN(1000)); len(there) > 0 && step%3 == 2 {
			for some := range there {
				if hashed(some+name)%20 == 0 {
					delete(there, some)
				}
			}
		}
		notes := notesOf(all)
		for i := range notes {
			notes[i].Key = fmt.Sprintf("%q %v", notes[i].Title, all[i].Sections)
		}
		kept, now := 0, map[string]string{}
		memory.Keep = func(name string) bool {
			data, ok := there[name]
			if ok {
				now[name] = data
				kept++
			}
			return ok
		}
		err := Update(notes, memory, func(name string, data []byte) error {
			if _, twice := now[name]; twice && now[name] != string(data) {
				t.Errorf("%s is kept and written", name)
			}
			now[name] = string(data)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if want := filesOf(t, notes); !maps.Equal(now, want) {
			t.Fatalf("step %d: %d files are not the %d of an index made from nothing", step, len(now), len(want))
		}
		if step > 0 && kept == 0 {
			t.Errorf("step %d: nothing is kept", step)
		}
		there = now
	}
}
