package site

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A mapFile is the data of the graph as the script reads it.
type mapFile struct {
	Titles, Dirs, Folders    []string
	Names                    []any
	Dir, Folder, X, Y, Links []int
}

// address is that of a note's page, from the site's root.
func (m *mapFile) address(i int) string {
	name, ok := m.Names[i].(string)
	if !ok {
		name = strings.ReplaceAll(m.Titles[i], " ", "-")
	}
	if at := m.Dirs[m.Dir[i]] + name; at != "" {
		return at + "/"
	}
	return ""
}

// pairs are the links, as addresses in both orders.
func (m *mapFile) pairs() (all []string) {
	rest := m.Links
	for i := range m.Titles {
		to, n := i, rest[0]
		for _, step := range rest[1 : 1+n] {
			to += step
			all = append(all, m.address(i)+" "+m.address(to), m.address(to)+" "+m.address(i))
		}
		rest = rest[1+n:]
	}
	slices.Sort(all)
	return all
}

func readMap(t *testing.T, file string) *mapFile {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	m := new(mapFile)
	if err := json.Unmarshal(data, m); err != nil {
		t.Fatal(err)
	}
	return m
}

// The data names the published notes, where they stand and what links them,
// and nothing else; so does the page.
func TestMap(t *testing.T) {
	dir := t.TempDir()
	files := map[string]string{
		"notes/index.md":           "[[A note]] [[Secret]] [[Gone]]",
		"notes/A note.md":          "---\ntitle: What? \"Quoted\" <b>\naliases: x\n---\n[[Deep]] [[index]]",
		"notes/Top/Low/Deep.md":    "[[A note]] ![[Other#Part]]",
		"notes/Top/Other.md":       "---\npermalink: else/where\nup: \"[[index]]\"\n---\n[[Other]]",
		"notes/Top/日本.md":          "alone",
		"notes/Private/Secret.md":  "---\npublish: false\n---\n[[A note]] [[Deep]]",
		"notes/Private/C++ 50%.md": "[[Secret]]",
	}
	writeFiles(t, dir, files)
	b := Build{Notes: filepath.Join(dir, "notes"), Out: filepath.Join(dir, "out"), All: true, Runner: testRunner(t)}
	if _, err := b.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	m := readMap(t, filepath.Join(b.Out, "graph", "data.json"))
	var got []string
	for i, title := range m.Titles {
		if m.X[i] < 0 || m.X[i] > extent || m.Y[i] < 0 || m.Y[i] > extent {
			t.Errorf("%q stands at %d, %d", title, m.X[i], m.Y[i])
		}
		got = append(got, title+" at "+m.address(i)+" in "+m.Folders[m.Folder[i]])
	}
	slices.Sort(got)
	want := []string{"C++ 50% at Private/C++-50%25/ in Private", "Deep at Top/Low/Deep/ in Top", "Other at else/where/ in Top",
		"What? \"Quoted\" <b> at A-note/ in ", "index at  in ", "日本 at Top/%E6%97%A5%E6%9C%AC/ in Top"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	links := strings.Join(m.pairs(), "\n")
	if want := " A-note/\n else/where/\nA-note/ \nA-note/ Top/Low/Deep/\nTop/Low/Deep/ A-note/\nTop/Low/Deep/ else/where/\nelse/where/ \nelse/where/ Top/Low/Deep/"; links != want {
		t.Errorf("got\n%s\nwant\n%s", links, want)
	}
	for _, name := range []string{"graph/data.json", "graph/index.html"} {
		data, err := os.ReadFile(filepath.Join(b.Out, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{"Secret", "Gone"} {
			if strings.Contains(string(data), secret) {
				t.Errorf("%s holds %q", name, secret)
			}
		}
	}
}

// The lists are bounded, however large the vault.
func TestMap_lists(t *testing.T) {
	v := loadVault(t, syntheticVault(1500))
	plan := newPlan(v)
	p := &pages{plan: plan, nearby: newNearby(v, plan)}
	entries := 0
	for _, g := range p.mapLists(p.nearby.graph()) {
		entries += len(g.Items)
	}
	if want := maxMostLinked + 10*(1+maxMapNotes); entries != want {
		t.Errorf("got %d entries, want %d", entries, want)
	}
}

// Where notes are placed is worked out anew only if the links have changed.
func TestPlacing(t *testing.T) {
	var kept placing
	first := kept.of(newNearby(loadVault(t, map[string]string{"a.md": "[[b]]", "b.md": "x", "c.md": "y"}), new(plan)).graph())
	same := kept.of(newNearby(loadVault(t, map[string]string{"a.md": "to [[b]]", "b.md": "z", "c.md": "[[c]]"}), new(plan)).graph())
	if &first[0] != &same[0] {
		t.Error("the same graph is placed twice")
	}
	other := kept.of(newNearby(loadVault(t, map[string]string{"a.md": "[[b]]", "b.md": "x", "c.md": "[[a]]"}), new(plan)).graph())
	if &other[0] == &first[0] {
		t.Error("another graph has the places of the first")
	}
}

// BenchmarkMap makes the page of a vault of 10,000 notes.
func BenchmarkMap(b *testing.B) {
	v := loadVault(b, syntheticVault(10_000))
	for b.Loop() {
		p := &pages{plan: newPlan(v)}
		p.nearby = newNearby(v, p.plan)
		g := p.nearby.graph()
		p.mapData(g, p.plan.placing.of(g))
	}
}
