package site

import (
	"bytes"
	"flag"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"runnel/runner"
	"runnel/vault"
)

var records = flag.Int("records", 100, "how many sequences of builds to follow")

// recordBuild is a build that keeps a record.
func recordBuild(t *testing.T, w *workedVault) Build {
	if runtime.GOOS != "linux" {
		t.Skip("no records here")
	}
	dir := t.TempDir()
	return Build{Notes: w.dir, Out: filepath.Join(dir, "out"), Cache: filepath.Join(dir, "cache"), All: true, Lab: LabNone, Engine: runner.Yaegi, Runner: testRunner(t)}
}

func mustBuild(t *testing.T, b Build) *Report {
	t.Helper()
	report, err := b.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// built reads the files of an output folder.
func built(t *testing.T, out string) map[string][]byte {
	t.Helper()
	files := make(map[string][]byte)
	err := fs.WalkDir(os.DirFS(out), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(name, ownFolder) {
			return err
		}
		files[name], err = os.ReadFile(filepath.Join(out, name))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// wantClean compares an output folder with what a build from nothing makes.
func wantClean(t *testing.T, b Build, report *Report) {
	t.Helper()
	want, problems := cleanFiles(t, b, false)
	wantFiles(t, b, report, want, problems)
}

func wantFiles(t *testing.T, b Build, report *Report, want map[string][]byte, problems []vault.Problem) {
	t.Helper()
	got := built(t, b.Out)
	for name, data := range want {
		if !bytes.Equal(got[name], data) {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got[name], data)
		}
	}
	for name := range got {
		if want[name] == nil && !strings.HasPrefix(name, "assets/reference/") {
			t.Errorf("%s is there, which a clean build does not make", name)
		}
	}
	if !slices.Equal(report.Problems, problems) {
		t.Errorf("problems: got %v, want %v", report.Problems, problems)
	}
}

// wantApart wants each file to be of one part: else one part would keep what
// another does not make any more.
func wantApart(t *testing.T, b Build) {
	t.Helper()
	file, err := b.recordFile()
	if err != nil {
		t.Fatal(err)
	}
	r, err := readRecord(file)
	if err != nil {
		t.Fatal(err)
	}
	owner := make(map[string]string)
	for _, p := range r.Parts {
		for _, name := range p.Files {
			if other, ok := owner[name]; ok && other != p.Name {
				t.Errorf("%s is of the parts %q and %q", name, other, p.Name)
			}
			owner[name] = p.Name
		}
	}
}

// Whatever happens to a vault, to the site and to what is kept of them, the
// output of a build is that of one from nothing. Where nothing happens, nothing
// is built, and where little happens, little.
func TestRecord_asClean(t *testing.T) {
	t.Parallel()
	n := *records
	if testing.Short() {
		n = min(n, 10)
	}
	kept := 0
	for seed := range uint64(n) {
		w := newWorkedVault(t, seed+1e6)
		w.put(t, "sure.md", "There is always one.")
		b := recordBuild(t, w)
		b.All, w.programs = w.r.IntN(3) > 0, seed%16 == 0
		if w.r.IntN(2) == 0 {
			b.later = time.Minute
		}
		for step := range 5 {
			meddled := w.meddle(t, &b)
			for range w.r.IntN(3) {
				if w.r.IntN(2) == 0 {
					w.change(t)
				} else {
					w.nudge(t)
				}
			}
			w.put(t, "sure.md", w.sure())
			want, problems := cleanFiles(t, b, false)
			report := mustBuild(t, b)
			kept += report.kept
			wantFiles(t, b, report, want, problems)
			wantApart(t, b)
			report = mustBuild(t, b)
			if !report.confirmed {
				t.Error("builds again, though nothing has changed")
			}
			if !slices.Equal(report.Problems, problems) {
				t.Errorf("problems: got %v, want %v", report.Problems, problems)
			}
			if t.Failed() {
				t.Fatalf("seed %d, step %d: %s", seed, step, meddled)
			}
		}
	}
	if kept < n {
		t.Errorf("only %d parts were kept", kept)
	}
}

// sure is a note of which something changes each time.
func (w *workedVault) sure() string {
	text := "---\npublish: true\n" + w.pick("", "", "title: Sure thing\n", "aliases: Sure thing\n", "tags: a/b\n") + "---\nThere is always one.\n\n"
	for _, piece := range []string{"# Sure", "## Part", "words ^id", "[[two]]", "![[pic.png]]", "Three x", "## Part", "#go"} {
		if w.r.IntN(3) == 0 {
			text += piece + "\n\n"
		}
	}
	return text
}

// nudge changes what others may show of a note, and little else.
func (w *workedVault) nudge(t *testing.T) {
	t.Helper()
	all := slices.Sorted(maps.Keys(w.there))
	some := all[w.r.IntN(len(all))]
	if !isNote(some) {
		return
	}
	old, err := os.ReadFile(w.file(some))
	if err != nil {
		t.Fatal(err)
	}
	text := string(old)
	kinds := 4
	if w.programs {
		kinds++
	}
	switch w.r.IntN(kinds) {
	case 4:
		text += "\n\n```go\npackage main\n\nfunc main() {" + w.pick(" println(1) ", " panic(2) ", " x := 3 ") + "}\n```\n"
	case 0:
		text = strings.ReplaceAll(text, w.pick("## Part", "# ", "^id", "[[", "tags:", "title:", "aliases:"), w.pick("## Part", "# ", "^id", "", "x"))
	case 1:
		text += "\n\n" + w.pick("## Part", "words ^id", "[["+w.name()+"#Part]]", "![["+w.name()+"#^id]]", "![[pic.png]]",
			"[[sure#Part]] and [[sure#^id|x]].", "[[sure#Part]]", "![[sure#Part]]", "![[sure]]", "Are you sure?", "[[Sure thing]]") + "\n"
	case 2:
		text = strings.ReplaceAll(text, w.pick("words", "end", "Three x"), w.name())
	default:
		text = strings.Replace(text, "---\n", "---\n"+w.pick("title: "+w.name(), "tags: a", "aliases: "+w.name(), "created: 2021-01-02")+"\n", 1)
	}
	w.put(t, some, text)
}

// meddle does something, now and then, to the site or to what is kept of it,
// and says what.
func (w *workedVault) meddle(t *testing.T, b *Build) string {
	t.Helper()
	file, err := b.recordFile()
	if err != nil {
		t.Fatal(err)
	}
	kept, _ := filepath.Glob(filepath.Dir(file) + "/*")
	made, _ := fs.Glob(os.DirFS(b.Out), "*/*")
	made = slices.DeleteFunc(made, func(name string) bool { return name == madeFile })
	if len(kept) == 0 || len(made) == 0 {
		return "nothing"
	}
	some, page := kept[w.r.IntN(len(kept))], filepath.Join(b.Out, made[w.r.IntN(len(made))])
	switch w.r.IntN(12) {
	case 0:
		_ = os.Remove(some)
		return "removed " + some
	case 1:
		data, _ := os.ReadFile(some)
		at := w.r.IntN(len(data) + 1)
		_ = os.WriteFile(some, data[:at], 0o666)
		return "cut " + some
	case 2:
		data, _ := os.ReadFile(some)
		if len(data) > 0 {
			data[w.r.IntN(len(data))] ^= 1 << w.r.IntN(8)
		}
		_ = os.WriteFile(some, data, 0o666)
		return "damaged " + some
	case 3:
		if info, err := os.Stat(page); err == nil && info.Mode().IsRegular() {
			_ = os.WriteFile(page, []byte("another"), 0o666)
		}
		return "wrote " + page
	case 4:
		_ = os.Remove(page)
		return "removed " + page
	case 5:
		other := *b
		other.Cache, other.All, other.BaseURL = "", !b.All, "https://other.example/"
		mustBuild(t, other)
		return "another build"
	case 6:
		other := *b // which is killed before it can tell
		other.Cache = ""
		w.nudge(t)
		mustBuild(t, other)
		return "a build without a record"
	case 7: // a build that is killed while it puts its files in place
		_ = os.WriteFile(filepath.Join(b.Out, markFile), []byte("writing"), 0o666)
		_ = os.WriteFile(page, []byte("another"), 0o666)
		return "a build that was killed"
	case 8:
		b.BaseURL = w.pick("", "https://example.com/")
		return "base-url " + b.BaseURL
	}
	return "nothing"
}

// What is in a folder of attachments counts as what is in the vault.
func TestRecord_attachments(t *testing.T) {
	t.Parallel()
	w := &workedVault{dir: t.TempDir(), clock: time.Unix(1e9, 0), there: make(map[string]bool)}
	more := &workedVault{dir: t.TempDir(), clock: time.Unix(1e9, 0), there: make(map[string]bool)}
	w.put(t, "index.md", "![[pic.png]] [[file.pdf]]")
	w.put(t, "a.md", "Nothing of it.")
	more.put(t, "pic.png", "not an image")
	b := recordBuild(t, w)
	b.Attachments = []string{more.dir}
	for what, change := range map[string]func(){
		"nothing":               func() {},
		"a picture changes":     func() { more.put(t, "pic.png", tinyImage) },
		"a file comes":          func() { more.put(t, "file.pdf", "file") },
		"a nearer one comes":    func() { w.put(t, "pic.png", "no image either") },
		"one that nobody shows": func() { more.put(t, "other.png", tinyImage) },
		"a folder as a note":    func() { more.put(t, "folder.md/x.png", tinyImage) },
	} {
		change()
		clean := b
		clean.Cache, clean.Out = "", filepath.Join(t.TempDir(), "out")
		want := mustBuild(t, clean)
		for range 2 {
			got := mustBuild(t, b)
			if !slices.Equal(got.Problems, want.Problems) {
				t.Errorf("%s: problems: got %v, want %v", what, got.Problems, want.Problems)
			}
			if !maps.EqualFunc(built(t, b.Out), built(t, clean.Out), bytes.Equal) {
				t.Errorf("%s: the files are not those of a clean build", what)
			}
		}
		if !mustBuild(t, b).confirmed {
			t.Errorf("%s: builds again, though nothing has changed", what)
		}
	}
}

// A record is not believed where it could be wrong.
func TestRecord_refuses(t *testing.T) {
	t.Parallel()
	record := func(t *testing.T, b Build) string {
		file, err := b.recordFile()
		if err != nil {
			t.Fatal(err)
		}
		return file
	}
	change := func(t *testing.T, file string, f func([]byte) []byte) {
		data, err := os.ReadFile(file)
		if err == nil {
			err = os.WriteFile(file, f(data), 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	page := func(b Build) string { return filepath.Join(b.Out, "a", "index.html") }
	for what, meddle := range map[string]func(*testing.T, *Build){
		"cut short": func(t *testing.T, b *Build) {
			change(t, record(t, *b), func(d []byte) []byte { return d[:len(d)/2] })
		},
		"empty": func(t *testing.T, b *Build) { change(t, record(t, *b), func([]byte) []byte { return nil }) },
		"a bit": func(t *testing.T, b *Build) {
			change(t, record(t, *b), func(d []byte) []byte { d[len(d)/2] ^= 1; return d })
		},
		"gone":    func(t *testing.T, b *Build) { _ = os.Remove(record(t, *b)) },
		"options": func(t *testing.T, b *Build) { b.BaseURL = "https://example.com/" },
		"another version": func(t *testing.T, b *Build) {
			r, err := readRecord(record(t, *b))
			if err != nil {
				t.Fatal(err)
			}
			r.Key, r.file = "of another tool", record(t, *b)
			if err := r.write(); err != nil {
				t.Fatal(err)
			}
		},
		"a page edited": func(t *testing.T, b *Build) { change(t, page(*b), func(d []byte) []byte { return append(d, 'x') }) },
		"a page edited, its time set back": func(t *testing.T, b *Build) {
			info, err := os.Stat(page(*b))
			if err != nil {
				t.Fatal(err)
			}
			change(t, page(*b), func(d []byte) []byte { d[len(d)/2] ^= 1; return d })
			if err := os.Chtimes(page(*b), info.ModTime(), info.ModTime()); err != nil {
				t.Fatal(err)
			}
		},
		"a page gone":     func(t *testing.T, b *Build) { _ = os.Remove(page(*b)) },
		"a page a folder": func(t *testing.T, b *Build) { _ = os.Remove(page(*b)); _ = os.Mkdir(page(*b), 0o777) },
		"the mark gone":   func(t *testing.T, b *Build) { _ = os.Remove(filepath.Join(b.Out, markFile)) },
		"a note edited, its time set back": func(t *testing.T, b *Build) {
			file := filepath.Join(b.Notes, "a.md")
			info, err := os.Stat(file)
			if err != nil {
				t.Fatal(err)
			}
			change(t, file, func(d []byte) []byte { return bytes.Replace(d, []byte("first"), []byte("other"), 1) })
			if err := os.Chtimes(file, info.ModTime(), info.ModTime()); err != nil {
				t.Fatal(err)
			}
		},
		"another build": func(t *testing.T, b *Build) {
			other := *b
			other.Cache, other.All, other.BaseURL = "", true, "https://other.example/"
			mustBuild(t, other)
		},
	} {
		t.Run(what, func(t *testing.T) {
			w := &workedVault{dir: t.TempDir(), clock: time.Unix(1e9, 0), there: make(map[string]bool)}
			w.put(t, "index.md", "---\npublish: true\n---\n[[a]]")
			w.put(t, "a.md", "---\npublish: true\n---\nfirst words")
			b := recordBuild(t, w)
			mustBuild(t, b)
			if !mustBuild(t, b).confirmed {
				t.Fatal("builds again, though nothing has changed")
			}
			meddle(t, &b)
			report, err := b.Run(t.Context())
			if what == "a page a folder" { // which cannot be replaced by a file
				if err == nil && report.confirmed {
					t.Error("the record is believed")
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if report.confirmed {
				t.Error("the record is believed")
			}
			wantClean(t, b, report)
		})
	}
}

// A record that is damaged anywhere, or what is kept beside it, is as good as
// none.
func TestRecord_damaged(t *testing.T) {
	t.Parallel()
	w := newWorkedVault(t, 77)
	w.put(t, "sure.md", "There is always one.")
	b := recordBuild(t, w)
	file, err := b.recordFile()
	if err != nil {
		t.Fatal(err)
	}
	const places = 12
	for i := range 4 * places {
		mustBuild(t, b)
		all, _ := filepath.Glob(file + "*")
		if len(all) < 2 {
			t.Fatalf("got the files %q, want a record and what notes say", all)
		}
		some := all[i%2*(len(all)-1)] // the record, or the last of the others
		data, err := os.ReadFile(some)
		if err != nil {
			t.Fatal(err)
		}
		at := i / 4 * len(data) / places
		if i/2%2 == 0 {
			data = data[:at]
		} else {
			data[at] ^= 0x10
		}
		if err := os.WriteFile(some, data, 0o666); err != nil {
			t.Fatal(err)
		}
		w.nudge(t)
		wantClean(t, b, mustBuild(t, b))
		if t.Failed() {
			t.Fatalf("damaged %q at %d", some, at)
		}
	}
}

// Two builds at once, of other options, leave no record that is wrong.
func TestRecord_twoAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorkedVault(t, 5)
	w.put(t, "sure.md", "There is always one.")
	one := recordBuild(t, w)
	two := one
	two.BaseURL = "https://example.com/"
	for range 10 {
		var both sync.WaitGroup
		for _, b := range []*Build{&one, &two} {
			both.Go(func() {
				if _, err := b.Run(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		for _, b := range []Build{one, two} {
			wantClean(t, b, mustBuild(t, b))
		}
		w.put(t, "sure.md", "Words "+w.name())
	}
}
