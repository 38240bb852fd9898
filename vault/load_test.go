package vault

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the listings in testdata")

// TestLoad reads archives of vaults. Their last file, "listing", is what Load
// finds in the others; a file "all" stands for Options.All, and files in
// "+extra" are those of a folder of Options.Attachments.
func TestLoad(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases in testdata (%v)", err)
	}
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".txtar")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			testArchive(t, path, archive)
		})
	}
}

func testArchive(t *testing.T, path string, archive *txtar.Archive) {
	t.Helper()
	files, want := archive.Files, ""
	if last := len(files) - 1; files[last].Name == "listing" {
		files, want = files[:last], string(files[last].Data)
	}
	v := loadFiles(t, files)
	got := listVault(v)
	if *update {
		archive.Files = append(files,
			txtar.File{Name: "listing", Data: []byte(got)})
		if err := os.WriteFile(
			path, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for _, f := range files {
		if secret := "SECRET"; strings.Contains(got, secret) {
			t.Fatalf("%s: %q came out", f.Name, secret)
		}
	}
}

func loadFiles(t *testing.T, files []txtar.File) *Vault {
	t.Helper()
	var opts Options
	notes, extra := fstest.MapFS{}, fstest.MapFS{}
	for _, f := range files {
		if name, ok := strings.CutPrefix(f.Name, "+extra/"); ok {
			extra[name] = &fstest.MapFile{Data: f.Data}
		} else if f.Name == "all" {
			opts.All = true
		} else {
			notes[f.Name] = &fstest.MapFile{Data: f.Data}
		}
	}
	if len(extra) > 0 {
		opts.Attachments = []Folder{{Name: "extra", FS: extra}}
	}
	v, err := Load(t.Context(), notes, opts)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
