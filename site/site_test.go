package site

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"runnel/runner"
	"runnel/vault"
)

var update = flag.Bool("update", false, "rewrite the wanted files of the archives")

func TestMain(m *testing.M) {
	runner.ServeIfWorker()
	status := m.Run()
	if guideFolder != "" {
		_ = os.RemoveAll(guideFolder)
	}
	os.Exit(status)
}

// testRunner shares the interpreter of all tests.
func testRunner(t *testing.T) *runner.Runner {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	r := &runner.Runner{CacheDir: filepath.Join(cache, "runnel")}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

// writeFiles writes a vault to disk.
func writeFiles(t testing.TB, dir string, files map[string]string) {
	t.Helper()
	for name, data := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
		// Pages show the dates of files.
		written := time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)
		if err := os.Chtimes(file, written, written); err != nil {
			t.Fatal(err)
		}
	}
}

// TestSite builds the vault of each archive: its files below notes/ (and
// attachments/). It wants each file below want/ in the output (of a page its
// <main> alone), each line of the file "absent" not there, and the problems
// of the file "problems". The comment of an archive may hold a line "flags:"
// with "all" and a base-url.
func TestSite(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives in testdata", err)
	}
	r := testRunner(t)
	for _, archive := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(archive), ".txtar"), func(t *testing.T) {
			t.Parallel()
			testArchive(t, r, archive)
		})
	}
}

func testArchive(t *testing.T, r *runner.Runner, archive string) {
	a, err := txtar.ParseFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	files := make(map[string]string)
	for _, f := range a.Files {
		files[f.Name] = string(f.Data)
	}
	writeFiles(t, dir, files)
	b := Build{Notes: filepath.Join(dir, "notes"), Out: filepath.Join(dir, "out"), Runner: r}
	if _, err := os.Stat(filepath.Join(dir, "attachments")); err == nil {
		b.Attachments = []string{filepath.Join(dir, "attachments")}
	}
	for _, word := range flags(a) {
		if word == "all" {
			b.All = true
		} else {
			b.BaseURL = word
		}
	}
	report, err := b.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if checkFiles(t, a, b.Out, report) && *update {
		if err := os.WriteFile(archive, txtar.Format(a), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func flags(a *txtar.Archive) []string {
	for line := range strings.Lines(string(a.Comment)) {
		if rest, ok := strings.CutPrefix(line, "flags:"); ok {
			return strings.Fields(rest)
		}
	}
	return nil
}

// checkFiles compares, or with -update puts what it got into the archive and
// reports whether it did.
func checkFiles(t *testing.T, a *txtar.Archive, out string, report *Report) (changed bool) {
	for i, f := range a.Files {
		var got []byte
		switch name, wanted := strings.CutPrefix(f.Name, "want/"); {
		case wanted:
			data, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(name)))
			if err != nil {
				t.Error(err)
				continue
			}
			got = mainOf(name, data)
		case f.Name == "problems":
			got = problemLines(report.Problems)
		case f.Name == "absent":
			for name := range strings.FieldsSeq(string(f.Data)) {
				if _, err := os.Stat(filepath.Join(out, name)); err == nil {
					t.Errorf("%s is in the output", name)
				}
			}
			continue
		default:
			continue
		}
		if bytes.Equal(got, f.Data) {
			continue
		}
		if *update {
			a.Files[i].Data, changed = got, true
			continue
		}
		t.Errorf("%s: got\n%s\nwant\n%s", f.Name, got, f.Data)
	}
	return changed
}

// mainOf is the <main> of a page, and the whole of any other file.
func mainOf(name string, data []byte) []byte {
	_, rest, ok := bytes.Cut(data, []byte(`<main id="_content" tabindex="-1">`+"\n"))
	if !ok || !strings.HasSuffix(name, ".html") {
		return data
	}
	main, _, _ := bytes.Cut(rest, []byte("</main>"))
	return main
}

func problemLines(all []vault.Problem) []byte {
	var b bytes.Buffer
	(&Report{Problems: all, notes: "notes"}).Print(&b)
	lines := bytes.SplitAfter(b.Bytes(), []byte("\n"))
	return bytes.Join(lines[:len(lines)-2], nil) // all but the summary
}
