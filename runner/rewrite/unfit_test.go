package rewrite

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestProgram_unfit wants the reasons that stand in comments, and no others.
func TestProgram_unfit(t *testing.T) {
	t.Parallel()
	archive, err := txtar.ParseFile("testdata/unfit.txtar")
	if err != nil {
		t.Fatal(err)
	}
	if len(archive.Files) == 0 {
		t.Fatal("no programs")
	}
	for _, file := range archive.Files {
		t.Run(strings.TrimSuffix(file.Name, ".go"), func(t *testing.T) {
			t.Parallel()
			src := string(file.Data)
			got := map[int][]string{}
			for _, r := range rewritten(t, src, Options{Lower: true}).Unfit {
				if r.Column < 1 {
					t.Errorf("got %+v, no place", r)
				}
				if !slices.Contains(got[r.Line], r.What) {
					got[r.Line] = append(got[r.Line], r.What)
				}
			}
			for i, line := range strings.Split(src, "\n") {
				_, text, _ := strings.Cut(line, "// unfit: ")
				want := strings.Split(text, "; ")
				if text == "" {
					want = nil
				}
				slices.Sort(want)
				slices.Sort(got[i+1])
				if !slices.Equal(got[i+1], want) {
					t.Errorf("line %d: got %q, want %q", i+1, got[i+1], want)
				}
			}
		})
	}
}

// TestProgram_columns wants places of the original, whatever lowering has put
// before them.
func TestProgram_columns(t *testing.T) {
	t.Parallel()
	src := "package main\n\nimport \"fmt\"\n\ntype T struct{}\n\n" +
		"func main() {\n\tx := min(len(\"abc\"), 2) + 1<<3; " +
		"fmt.Printf(\"%T %d\", T{}, x)\n}\n"
	got := rewritten(t, src, Options{Lower: true}).Unfit
	want := Reason{8, 54, "the name of an own type"}
	if !slices.Equal(got, []Reason{want}) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
