package vault

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// openDir fills a folder and opens it as a build does, so that nothing
// outside can be read.
func openDir(t *testing.T, fill func(dir string)) fs.FS {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "vault")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	fill(dir)
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	return root.FS()
}

func write(t *testing.T, elem ...string) {
	t.Helper()
	name := filepath.Join(elem[:len(elem)-1]...)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(
		name, []byte(elem[len(elem)-1]), 0o644); err != nil {
		t.Fatal(err)
	}
}

func symlink(t *testing.T, to string, elem ...string) {
	t.Helper()
	if err := os.Symlink(to, filepath.Join(elem...)); err != nil {
		t.Skip("no symbolic links here:", err)
	}
}

func TestLoad_links_of_the_file_system(t *testing.T) {
	t.Parallel()
	fsys := openDir(t, func(dir string) {
		write(t, dir, "..", "outside.md", "SECRET")
		write(t, dir, "..", "folder", "deep.md", "SECRET")
		write(t, dir, "a", "A.md", "[[Same]] [[outside]] [[deep]]")
		symlink(t, "a/A.md", dir, "Same.md")
		symlink(t, "Loop.md", dir, "Loop.md")
		symlink(t, "..", dir, "a", "up")
		symlink(t, "a", dir, "b")
		symlink(t, "../outside.md", dir, "outside.md")
		symlink(t, "../folder", dir, "folder")
		symlink(t, "nowhere", dir, "x.png")
	})
	v, err := Load(t.Context(), fsys, Options{All: true})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, n := range v.Notes {
		got = append(got, n.Path)
	}
	if want := "Same.md a/A.md"; strings.Join(got, " ") != want {
		t.Errorf("notes %q, want %q", got, want)
	}
	told := map[string]bool{}
	for _, p := range v.Problems {
		told[p.Path] = true
		if strings.Contains(p.String(), "SECRET") {
			t.Errorf("%q is told", p)
		}
	}
	for _, name := range []string{
		"Loop.md", "a/up", "b", "outside.md", "folder", "x.png",
	} {
		if !told[name] {
			t.Errorf("nothing is told of %q", name)
		}
	}
}

func TestLoad_folder_like_note(t *testing.T) {
	t.Parallel()
	fsys := openDir(t, func(dir string) {
		write(t, dir, "x.md", "y.md", "text")
		write(t, dir, "Home.md", "[[x]] [[y]]")
	})
	v, err := Load(t.Context(), fsys, Options{All: true})
	if err != nil {
		t.Fatal(err)
	}
	const want = `Home.md "Home"
  1:1: link "x" to missing
  1:7: link "y" to x.md/y.md
x.md/y.md "y"
  from Home.md:1:7 to x.md/y.md
problem: Home.md:1:1: links to "x", which is not in the vault
problem: x.md: is a folder, though its name is a note's
`
	if got := listVault(v); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A lockedFS cannot open some of its files.
type lockedFS struct {
	fs.FS
	locked string
}

func (l lockedFS) Open(name string) (fs.File, error) {
	if name == l.locked {
		return nil, &fs.PathError{
			Op: "open", Path: "/secret/" + name, Err: fs.ErrPermission}
	}
	return l.FS.Open(name)
}

func TestLoad_unreadable(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{"a/A.md": {Data: []byte("[[B]]")}, "b/B.md": {}}
	for _, c := range []struct{ locked, told string }{
		{"b/B.md", `a/A.md:1:1: links to "B", which is not published; ` +
			`b/B.md: cannot be read: permission denied`},
		{"b", `a/A.md:1:1: links to "B", which is not in the vault; ` +
			`b: cannot be read: permission denied`},
	} {
		v, err := Load(t.Context(), lockedFS{files, c.locked},
			Options{All: true})
		if err != nil {
			t.Fatal(err)
		}
		var told []string
		for _, p := range v.Problems {
			told = append(told, p.String())
		}
		if got := strings.Join(told, "; "); got != c.told {
			t.Errorf("with %q locked got %q, want %q", c.locked, got, c.told)
		}
	}
}

func TestLoad_no_folder(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{"a": {}}
	_, err := Load(t.Context(), lockedFS{files, "."}, Options{})
	if !errors.Is(err, fs.ErrPermission) {
		t.Errorf("got %v, want %v", err, fs.ErrPermission)
	}
	if err != nil && strings.Contains(err.Error(), "/secret/") {
		t.Errorf("%q names the path twice", err)
	}
	v, err := Load(t.Context(), files, Options{
		Attachments: []Folder{{Name: "img", FS: lockedFS{files, "."}}}})
	if err != nil || len(v.Problems) != 1 || v.Problems[0].Path != "img" {
		t.Errorf("got %v and %v, want one problem", v, err)
	}
}

func TestLoad_stopped(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	files := fstest.MapFS{"A.md": {}}
	if _, err := Load(ctx, files, Options{}); err != context.Canceled {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}
