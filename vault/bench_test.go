package vault

import (
	"fmt"
	"path"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// synthetic makes a vault of n notes with links to one another.
func synthetic(n int) fstest.MapFS {
	files := fstest.MapFS{"img/a.png": {}}
	name := func(i int) string { return fmt.Sprintf("Note %d", i%n) }
	for i := range n {
		var b strings.Builder
		fmt.Fprintf(&b, "---\ntitle: %s\ntags: [a, b/c%d]\naliases: [Alias %d]\n"+
			"created: 2024-01-02\n---\n# %s\n\n", name(i), i%30, i, name(i))
		for section := range 4 {
			fmt.Fprintf(&b, "## Section %d\n\nSome *words* about [[%s]] and "+
				"[[%s#Section 2|more]], ==marked== and `code`. #tag/%d\n"+
				"A second line with [Markdown](%s.md) in it. ^id-%d\n\n",
				section, name(i*7+section), name(i*13+1), section,
				strings.ReplaceAll(name(i*3), " ", "%20"), section)
			b.WriteString("> [!tip] Title\n> Body with ![[a.png|100]]\n\n" +
				"- [ ] one\n- [x] two [[#Section 1]]\n\n")
		}
		b.WriteString("```go\nfunc main() {\n\tprintln(1)\n}\n```\n\n" +
			"| a | b |\n|---|---|\n| 1 | [[Note 1\\|x]] |\n")
		files[fmt.Sprintf("folder %d/%s.md", i%20, name(i))] =
			&fstest.MapFile{Data: []byte(b.String())}
	}
	return files
}

func BenchmarkLoad(b *testing.B) {
	files := synthetic(1000)
	size := 0
	for _, f := range files {
		size += len(f.Data)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		v, err := Load(b.Context(), files, Options{All: true})
		if err != nil || len(v.Notes) != 1000 || len(v.Problems) != 0 {
			b.Fatal(err, v)
		}
	}
}

// BenchmarkResolve looks up 1,000 links among 10,000 notes.
func BenchmarkResolve(b *testing.B) {
	ix := newIndex(0)
	for i := range 10_000 {
		ix.addNote(&Note{Path: fmt.Sprintf("folder %d/Note %d.md", i%20, i)})
	}
	ix.finish()
	var addresses []address
	for i := range 1000 {
		addresses = append(addresses, []address{
			{text: fmt.Sprintf("Note %d", i*7), wiki: true},
			{text: fmt.Sprintf("folder %d/note %d", i%20, i), wiki: true},
			{text: fmt.Sprintf("Note%%20%d.md#a", i)},
			{text: fmt.Sprintf("Missing %d", i), wiki: true},
		}[i%4])
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, a := range addresses {
			ix.lookup(path.Dir("folder 1/Note 1.md"), a)
		}
	}
}

// TestLoad_big loads what may grow without bound: one large note, many files
// of one name, many links to nothing.
func TestLoad_big(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	t.Parallel()
	note := strings.Repeat("# Heading\n\nA line of text with [[a]] and "+
		"[[b#Heading]] and #tags in it. ^id\n\n", 10<<20/85)
	crowd := fstest.MapFS{}
	for i := range 5000 {
		crowd[fmt.Sprintf("%d/index.md", i)] = &fstest.MapFile{
			Data: []byte("[[index]] [[gone]] [[12/index]] [[#none]]\n")}
	}
	for name, files := range map[string]fstest.MapFS{
		"one large note":         {"a.md": {Data: []byte(note)}, "b.md": {}},
		"many files of one name": crowd,
		"much of no text":        {"a.md": {Data: make([]byte, 4<<20)}},
		"many properties": {"a.md": {Data: []byte("---\n" +
			strings.Repeat("a: b: c\n", 50_000) + "---\n")}},
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			if _, err := Load(t.Context(), files, Options{All: true}); err != nil {
				t.Fatal(err)
			}
			if took := time.Since(start); took > time.Minute {
				t.Errorf("took %v", took)
			} else {
				t.Log(took)
			}
		})
	}
}
