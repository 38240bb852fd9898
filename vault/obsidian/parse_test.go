package obsidian

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the wanted trees in testdata")

// TestParser reads archives of two files: a note and the tree it should give.
func TestParser(t *testing.T) {
	t.Parallel()
	for _, path := range caseFiles(t) {
		name := strings.TrimSuffix(filepath.Base(path), ".txt")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if len(archive.Files) == 0 || archive.Files[0].Name != "note.md" {
				t.Fatal("the archive does not begin with note.md")
			}
			got := dump(archive.Files[0].Data)
			if *update {
				archive.Files = append(archive.Files[:1],
					txtar.File{Name: "tree", Data: []byte(got)})
				if err := os.WriteFile(
					path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if len(archive.Files) != 2 || got != string(archive.Files[1].Data) {
				t.Errorf("got\n%s\nwant\n%s", got, archive.Files[1:])
			}
		})
	}
}

func caseFiles(t testing.TB) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", "*.txt"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases in testdata (%v)", err)
	}
	return paths
}
