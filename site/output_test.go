package site

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// build writes files to dir as one build does.
func build(t *testing.T, dir string, files map[string]string) (written, removed int) {
	t.Helper()
	o, err := openOutput(dir)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range files {
		if err := o.Write(name, []byte(data)); err != nil {
			t.Fatal(err)
		}
	}
	written, removed, err = o.Commit()
	if err != nil {
		t.Fatal(err)
	}
	return written, removed
}

// tree reads all files of dir but those that are ours alone.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := make(map[string]string)
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		if !strings.HasPrefix(rel, ownFolder) {
			out[filepath.ToSlash(rel)] = string(data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func wantTree(t *testing.T, dir string, want map[string]string) {
	t.Helper()
	if got := tree(t, dir); !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestOutput(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	one := map[string]string{"index.html": "home", "a/index.html": "a", "b/c.svg": "c"}
	if w, r := build(t, dir, one); w != 3 || r != 0 {
		t.Errorf("first build: wrote %d, removed %d", w, r)
	}
	wantTree(t, dir, one)

	before, err := os.Stat(filepath.Join(dir, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	if w, r := build(t, dir, one); w != 0 || r != 0 {
		t.Errorf("unchanged build: wrote %d, removed %d", w, r)
	}
	after, err := os.Stat(filepath.Join(dir, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	if !os.SameFile(before, after) || !before.ModTime().Equal(after.ModTime()) {
		t.Error("an unchanged file was touched")
	}

	// A folder becomes a file, a file a folder; what is not ours stays.
	if err := os.WriteFile(filepath.Join(dir, "CNAME"), []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	two := map[string]string{"index.html": "new", "a": "file", "b/c.svg/index.html": "page"}
	if w, r := build(t, dir, two); w != 3 || r != 2 {
		t.Errorf("third build: wrote %d, removed %d", w, r)
	}
	want := maps.Clone(two)
	want["CNAME"] = "mine"
	wantTree(t, dir, want)
	entries, err := os.ReadDir(filepath.Join(dir, ownFolder))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains([]string{"made", "mark", "lock"}, e.Name()) {
			t.Errorf("%s holds %s", ownFolder, e.Name())
		}
	}
}

func TestOutput_refusesForeignFolder(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "thesis.tex"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	_, err := openOutput(dir)
	if err == nil || !strings.Contains(err.Error(), "thesis.tex") {
		t.Errorf("got error %v, want one that names the file", err)
	}
	wantTree(t, dir, map[string]string{"thesis.tex": ""})
}

func TestOutput_refusesToReplaceForeignFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	build(t, dir, map[string]string{"index.html": "old"})
	if err := os.WriteFile(filepath.Join(dir, "new.html"), []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	o, err := openOutput(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"index.html", "new.html"} {
		if err := o.Write(name, []byte("theirs")); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := o.Commit(); err == nil || !strings.Contains(err.Error(), "new.html") {
		t.Errorf("got error %v, want one that names the file", err)
	}
	wantTree(t, dir, map[string]string{"index.html": "old", "new.html": "mine"})
}

func TestOutput_abortLeavesOldSite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	build(t, dir, map[string]string{"index.html": "old"})
	o, err := openOutput(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Write("index.html", []byte("new")); err != nil {
		t.Fatal(err)
	}
	o.Abort()
	wantTree(t, dir, map[string]string{"index.html": "old"})
}

// Nothing is written or removed through a link that leads out of the folder.
func TestOutput_staysInside(t *testing.T) {
	outside := t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "precious"), []byte("x"), 0o666); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "public")
	build(t, dir, map[string]string{"a/precious": "ours"})
	if err := os.RemoveAll(filepath.Join(dir, "a")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(dir, "a")); err != nil {
		t.Fatal(err)
	}
	build(t, dir, map[string]string{"index.html": "x"})
	wantTree(t, outside, map[string]string{"precious": "x"})

	o, err := openOutput(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Abort()
	for _, name := range []string{"../x", "/x", "a/../../x", ""} {
		if err := o.Write(name, nil); err == nil {
			t.Errorf("wrote %q", name)
		}
	}
	if names := slices.Collect(maps.Keys(tree(t, outside))); len(names) != 1 {
		t.Errorf("outside holds %v", names)
	}
}

func TestOutput_finishesInterruptedBuild(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	build(t, dir, map[string]string{"old.html": "old", "both.html": "1"})
	// A build that stopped between placing its files and its last list: the
	// list names old and new files, of which some are there.
	made := "both.html\nnew.html\nold.html\n"
	if err := os.WriteFile(filepath.Join(dir, madeFile), []byte(made), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "new.html"), []byte("half"), 0o666); err != nil {
		t.Fatal(err)
	}
	build(t, dir, map[string]string{"both.html": "2", "new.html": "new"})
	wantTree(t, dir, map[string]string{"both.html": "2", "new.html": "new"})
}

// Builds that begin at the same moment stage in folders of their own.
func TestOutput_stagesApart(t *testing.T) {
	dir := t.TempDir()
	seen := make(map[string]bool)
	for range 200 {
		var both sync.WaitGroup
		outs := make([]*output, 2)
		for i := range outs {
			both.Go(func() { outs[i], _ = openOutput(dir) })
		}
		both.Wait()
		for _, o := range outs {
			if o == nil {
				t.Fatal("the folder does not open")
			}
			if seen[o.staging] {
				t.Errorf("two builds stage in %q", o.staging)
			}
			seen[o.staging] = true
			o.Abort()
		}
	}
}
