package site

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"runnel/runner"
)

// syntheticVault makes a vault of n notes in ten folders, each with headings,
// links, a callout, a table and a fragment of Go that does not run.
func syntheticVault(n int) map[string]string {
	files := make(map[string]string, n)
	for i := range n {
		var b strings.Builder
		fmt.Fprintf(&b, "---\ntags: [go, topic/t%d]\naliases: Alias %d\n---\n# Note %d\n\n", i%7, i, i)
		for s := range 5 {
			fmt.Fprintf(&b, "## Section %d\n\nText with ==light==, `code` and *stress* that links to [[Note %d]],\n"+
				"[[Note %d#Section %d|a section]] and [another](../F%d/Note%%20%d.md).\n\n"+
				"> [!tip] Remember\n> - one\n> - two #tag%d\n\n", s, (i+7)%n, (i*3+s)%n, s, (i*5)%n%10, (i*5)%n, s)
		}
		b.WriteString("```go\nfunc f(ch chan int) {\n\tfor v := range ch {\n\t\tfmt.Println(v) // print\n\t}\n}\n```\n\n")
		b.WriteString("| a | b |\n|---|--:|\n| 1 | 2 |\n\nLast words.[^1]\n\n[^1]: A footnote.\n")
		files[fmt.Sprintf("F%d/Note %d.md", i%10, i)] = b.String()
	}
	return files
}

// BenchmarkBuild builds a vault of 1,000 notes: from nothing, and again with
// nothing changed.
func BenchmarkBuild(b *testing.B) {
	notes := filepath.Join(b.TempDir(), "notes")
	writeFiles(b, notes, syntheticVault(1000))
	build := func(out string) {
		r := &runner.Runner{CacheDir: b.TempDir()}
		defer r.Close()
		if _, err := (&Build{Notes: notes, Out: out, All: true, Runner: r}).Run(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("clean", func(b *testing.B) {
		b.ReportAllocs()
		for i := range b.N {
			build(filepath.Join(b.TempDir(), fmt.Sprint(i)))
		}
	})
	b.Run("unchanged", func(b *testing.B) {
		out := filepath.Join(b.TempDir(), "out")
		build(out)
		b.ReportAllocs()
		for b.Loop() {
			build(out)
		}
	})
}
