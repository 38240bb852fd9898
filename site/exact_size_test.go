package site

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What readers fetch of the Go compiler is as large as the report says, and
// stays within what a page may ask for.
func TestExact_size(t *testing.T) {
	out, report := buildExact(t)
	folder := filepath.Join(out, "assets", "go")
	whole := 0
	if err := filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, ".br") {
			info, err := d.Info()
			if err != nil {
				return err
			}
			whole += int(info.Size())
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if whole != report.Compiler || whole < 1e6 || whole > 16e6 {
		t.Errorf("the compiler takes %d bytes with brotli, and the report says %d; want the same, and at most 16 MB", whole, report.Compiler)
	}
	var printed strings.Builder
	report.Print(&printed)
	if !strings.Contains(printed.String(), "Go's compiler") {
		t.Errorf("the report says nothing of it:\n%s", printed.String())
	}

	type file struct {
		Packed  map[string]int
		Imports []string
	}
	var manifest struct {
		Own      []string
		Tools    map[string]file
		Packages map[string]file
	}
	lists, err := filepath.Glob(filepath.Join(folder, "go-*.json"))
	if err != nil || len(lists) != 1 {
		t.Fatal("no list of files, or several", lists, err)
	}
	text, err := os.ReadFile(lists[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &manifest); err != nil {
		t.Fatal(err)
	}
	some := 0
	for _, tool := range manifest.Tools {
		some += tool.Packed[".br"]
	}
	needs := slices.Concat([]string{"fmt", "sync", "time", "runtime"}, manifest.Own)
	for i := 0; i < len(needs); i++ {
		p := manifest.Packages[needs[i]]
		some += p.Packed[".br"]
		for _, path := range p.Imports {
			if !slices.Contains(needs, path) {
				needs = append(needs, path)
			}
		}
	}
	t.Logf("%d bytes in all; a program of fmt, sync and time fetches %d, of %d packages", whole, some, len(needs))
	if some < 1e6 || some > 12e6 {
		t.Errorf("a program of fmt, sync and time fetches %d bytes, more than 12 MB", some)
	}
}
