package site

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"runnel/runner"
)

// What go vet warns of stands below the program that runs nevertheless, and in
// the report, of a build that is confirmed as well; it is no problem.
func TestBuild_vet(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	writeFiles(t, dir, map[string]string{"n/a.md": "---\npublish: true\n---\n" +
		"```go name=own\nimport \"sync\"\n\ntype counter struct{ sync.Mutex }\n\nfunc show(c counter) {}\n```\n\n" +
		"```go run after=own\nshow(counter{})\nfmt.Printf(\"%d <items>\\n\", \"three\")\n```\n"})
	b := Build{Notes: filepath.Join(dir, "n"), Out: filepath.Join(dir, "out"), Cache: filepath.Join(dir, "cache"),
		Runner: testRunner(t), Engine: runner.Both, Lab: LabYaegi}
	for _, build := range []string{"first", "second"} {
		report, err := b.Run(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(report.Problems) > 0 {
			t.Errorf("%s build: got the problems %v", build, report.Problems)
		}
		var printed strings.Builder
		report.Print(&printed)
		for _, want := range []string{
			"a.md:9:13: vet: show passes lock by value: main.counter\n",
			"a.md:14:13: vet: fmt.Printf format %d has arg \"three\" of wrong type string\n",
			" 0 problems;",
		} {
			if !strings.Contains(printed.String(), want) {
				t.Errorf("%s build: the report lacks %q:\n%s", build, want, printed.String())
			}
		}
	}
	page, err := os.ReadFile(filepath.Join(dir, "out", "a", "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	want := "<ul class=\"vet\">\n<li>vet: <span class=\"place\">line 2:13 (note line 14)</span> " +
		"fmt.Printf format %d has arg &#34;three&#34; of wrong type string</li>\n</ul>\n"
	if !strings.Contains(string(page), want) {
		t.Errorf("the page lacks %s\n%s", want, page)
	}
}
