package site

import (
	"flag"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"runnel/runner"
)

var exactTests = flag.String("exact-tests", "failing,examples,files,parallel", "which programs of tests are compiled in a browser; all for all")

// A page runs tests as the build does: package runner compares that with what
// `go test -v` prints.
func TestExact_tests(t *testing.T) {
	l := openExact(t)
	r := testRunner(t)
	files, err := filepath.Glob("../runner/testdata/tests/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d programs of tests, %v", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		if *exactTests != "all" && !slices.Contains(strings.Split(*exactTests, ","), name) {
			continue
		}
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
		source := string(archive.Files[0].Data)
		if len(archive.Files) > 1 {
			archive.Comment = nil
			source = string(txtar.Format(archive))
		}
		l.like(r, name, runner.Program{Source: source})
	}
}
