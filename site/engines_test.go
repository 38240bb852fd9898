package site

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"runnel/runner"
	"runnel/runner/timeline"
	"runnel/vault"
)

// TestBuild_both shows what Go prints, not the interpreter.
func TestBuild_both(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	writeFiles(t, dir, map[string]string{"n/a.md": "---\npublish: true\n---\n" +
		"```go\npackage main\n\nimport \"fmt\"\n\n" +
		"type point struct{ x, y int }\n\n" +
		"func main() { fmt.Printf(\"%T %+v\\n\", point{}, point{1, 2}) }\n```\n"})
	b := Build{Notes: filepath.Join(dir, "n"), Out: filepath.Join(dir, "out"),
		Runner: testRunner(t), Engine: runner.Both, Lab: LabYaegi}
	report, err := b.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(dir, "out", "a", "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(page), `<span class="text">main.point {x:1 y:2}</span>`) {
		t.Errorf("the page lacks what Go prints:\n%s", page)
	}
	for _, want := range []string{
		">Cannot be changed here: the interpreter cannot run this program",
		`js-edit" hidden>`, `js-run" hidden>`,
	} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if report.Notice != "" {
		t.Errorf("got notice %q", report.Notice)
	}
}

// A difference between the engines is a problem of the note.
func TestPrograms_difference(t *testing.T) {
	t.Parallel()
	s := &vault.Snippet{Note: &vault.Note{Path: "a.md"}, Line: 7}
	p := programs{results: map[*vault.Snippet]runner.Result{s: {
		Recording:   timeline.Recording{End: timeline.End{Kind: timeline.OK}},
		Interpreted: runner.Differs, Difference: "it prints 1",
	}}}
	got := p.problems()
	if len(got) != 1 || got[0].Line != 7 ||
		!strings.Contains(got[0].Message, "it prints 1") {
		t.Errorf("got %v", got)
	}
}
