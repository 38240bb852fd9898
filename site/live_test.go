package site

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"runnel/runner"
	"runnel/theme"
	"runnel/vault"
)

var lives = flag.Int("lives", 1000, "how many sequences of changes to follow")

// A workedVault is a folder of notes that somebody works in.
type workedVault struct {
	dir   string
	r     *rand.Rand
	clock time.Time
	there map[string]bool
	// programs says that nudge may write some.
	programs bool
}

func newWorkedVault(t testing.TB, seed uint64) *workedVault {
	w := &workedVault{dir: t.TempDir(), r: rand.New(rand.NewPCG(seed, 7)), clock: time.Unix(1e9, 0), there: make(map[string]bool)}
	for range 4 + w.r.IntN(6) {
		w.write(t, w.path())
	}
	return w
}

func (w *workedVault) pick(list ...string) string { return list[w.r.IntN(len(list))] }

// name is one of few, so that names clash.
func (w *workedVault) name() string {
	return w.pick("One", "two", "Two", "Three x", "index", "Home", "e\u0301", "\u00e9", "tags", "all-notes")
}

func (w *workedVault) path() string {
	return w.pick("", "A/", "A/B/", "a/", "C d/") + w.name() + ".md"
}

func (w *workedVault) text() string {
	var b strings.Builder
	if w.r.IntN(3) > 0 {
		fmt.Fprintf(&b, "---\n%s\n", w.pick("publish: true", "publish: false", "draft: true", "publish: [", "x: y"))
		for range w.r.IntN(4) {
			b.WriteString(w.pick("aliases: ["+w.name()+", "+w.name()+"]", "title: "+w.name(), "permalink: "+w.name(), "tags: [a/b, "+w.pick("go", "Go", "x")+"]",
				"cover: pic.png", "up: \"[["+w.name()+"]]\"", "lang: "+w.pick("de", "ar"), "description: some words", "base-url: https://example.com/x",
				"created: 2020-01-02", "cssclasses: wide") + "\n")
		}
		b.WriteString("---\n")
	}
	for range w.r.IntN(9) {
		b.WriteString(w.piece() + "\n\n")
	}
	return b.String()
}

func (w *workedVault) piece() string {
	name := w.name()
	return w.pick("# "+name, "## Part", "## Other *part*", "words ^id", "%% hidden [["+name+"]] %%", "- item [[#Part]]\n- #tag/"+w.pick("a", "b"),
		"[["+name+"]] and [["+name+"#Part|x]] end", "![["+name+"]]", "![["+name+"#Part]]", "![["+name+"#^id]]", "[[nothing]]",
		"["+name+"](../A/"+name+".md#part)", "![[pic.png]]", "![[pic.png|20]]", "<a href=\""+name+".md\">x</a>",
		"<div>\n\n[["+name+"]]\n\n</div>", "> [!tip]- Fold [["+name+"]]", "word[^1]\n\n[^1]: foot [["+name+"]]",
		"```go\nfunc f() {}\n```", "```mermaid\ngraph\n```", "$x^2$ and [[file.pdf]]", "Some words about "+name+" and Three x.")
}

func (w *workedVault) file(name string) string { return filepath.Join(w.dir, filepath.FromSlash(name)) }

func (w *workedVault) put(t testing.TB, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(w.file(name)), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(w.file(name), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	w.clock = w.clock.Add(time.Hour)
	if err := os.Chtimes(w.file(name), w.clock, w.clock); err != nil {
		t.Fatal(err)
	}
	w.there[name] = true
}

func (w *workedVault) write(t testing.TB, name string) { w.put(t, name, w.text()) }

// change does something to the vault and names what it touched.
func (w *workedVault) change(t testing.TB) []string {
	t.Helper()
	all := slices.Sorted(maps.Keys(w.there))
	some := all[w.r.IntN(len(all))]
	switch w.r.IntN(10) {
	case 0:
		return w.move(t, some, w.path())
	case 1: // a folder moves
		from, to := path.Dir(some), w.pick("A", "A/B", "E")
		if from == "." || w.isThere(to) || strings.HasPrefix(to, from) {
			return nil
		}
		for _, name := range all {
			if rest, ok := strings.CutPrefix(name, from+"/"); ok {
				w.move(t, name, to+"/"+rest)
			}
		}
		return []string{from, to}
	case 2:
		if len(all) > 1 {
			_ = os.Remove(w.file(some))
			delete(w.there, some)
		}
		return []string{some}
	case 3:
		name := w.pick("", "A/", "files/") + w.pick("pic.png", "file.pdf", "publish.css")
		if w.there[name] && w.r.IntN(2) == 0 && len(all) > 1 {
			_ = os.Remove(w.file(name))
			delete(w.there, name)
		} else {
			w.put(t, name, w.pick("not an image", tinyImage))
		}
		return []string{name}
	case 4, 5, 6: // words are added at the end
		if !strings.HasSuffix(some, ".md") {
			return nil
		}
		old, err := os.ReadFile(w.file(some))
		if err != nil {
			t.Fatal(err)
		}
		w.put(t, some, string(old)+"\n\n"+w.piece()+"\n")
		return []string{some}
	default:
		name := w.path()
		if w.r.IntN(2) == 0 && strings.HasSuffix(some, ".md") {
			name = some
		}
		w.write(t, name)
		return []string{name}
	}
}

// tinyImage begins as a picture of 3 by 2 does.
const tinyImage = "GIF89a\x03\x00\x02\x00\x00\x00\x00;"

func (w *workedVault) isThere(name string) bool {
	_, err := os.Stat(w.file(name))
	return err == nil
}

func (w *workedVault) move(t testing.TB, from, to string) []string {
	if path.Ext(from) != path.Ext(to) || w.isThere(to) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(w.file(to)), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(w.file(from), w.file(to)); err != nil {
		t.Fatal(err)
	}
	delete(w.there, from)
	w.there[to] = true
	return []string{from, to}
}

// cleanFiles builds a site from nothing, in memory.
func cleanFiles(t testing.TB, b Build, drafts bool) (map[string][]byte, []vault.Problem) {
	t.Helper()
	folder, err := openLiveFolder(b.Notes)
	if err != nil {
		t.Fatal(err)
	}
	defer folder.close()
	k := vault.NewKeeper(folder, vault.Options{All: b.All, Drafts: drafts, Read: readNote})
	if _, err := k.Update(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	v := k.Vault()
	progs, err := runPrograms(t.Context(), b.Runner, b.Engine, v, func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	progs.lab = b.Lab
	th, err := theme.New()
	if err != nil {
		t.Fatal(err)
	}
	out := newSharedShelf()
	e := b.edit(v, newPlan(v), th, out, &dates{files: folder}, readStyle(folder), progs.outcome)
	if len(progs.results) > 0 {
		docs, err := b.Runner.Reference(t.Context(), func(runner.GuestFile) bool { return true })
		if err != nil {
			t.Fatal(err)
		}
		e.site.Reference, progs.documented = referenceName(docs[0]), true
	}
	b.Progress = func(string, int, int) {}
	bad, err := b.write(t.Context(), e, newTrees(k))
	if err != nil {
		t.Fatal(err)
	}
	return out.shelf, sortProblems(slices.Concat(v.Problems, e.problems, bad, progs.problems()))
}

// A site that is kept up to date is, after each change, byte for byte the one
// that a build makes from nothing.
func TestLive_asBuilt(t *testing.T) {
	t.Parallel()
	r, n := testRunner(t), *lives
	if testing.Short() {
		n = min(n, 60)
	}
	for seed := range uint64(n) {
		w := newWorkedVault(t, seed)
		b := Build{Notes: w.dir, All: w.r.IntN(3) > 0, Runner: r}
		drafts := w.r.IntN(8) == 0
		l := openTestLive(t, b, drafts)
		for step := range 8 {
			var names []string
			for range 1 + w.r.IntN(3) {
				names = append(names, w.change(t)...)
			}
			if w.r.IntN(4) == 0 {
				names = nil
			}
			if _, err := l.Update(t.Context(), names); err != nil {
				t.Fatal(err)
			}
			compareLive(t, l, b, drafts)
			if t.Failed() {
				t.Fatalf("seed %d, step %d, after changes to %q", seed, step, names)
			}
		}
		if err := l.Close(); err != nil {
			t.Error(err)
		}
		_ = os.RemoveAll(w.dir)
	}
}

func openTestLive(t testing.TB, b Build, drafts bool) *Live {
	t.Helper()
	l, err := OpenLive(t.Context(), b, drafts)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func compareLive(t testing.TB, l *Live, b Build, drafts bool) {
	t.Helper()
	want, problems := cleanFiles(t, b, drafts)
	got, err := l.Files(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range got {
		if w, ok := want[name]; !ok {
			t.Errorf("makes %q, which the build does not", name)
		} else if !bytes.Equal(data, w) {
			t.Errorf("%s: got\n%s\nwant\n%s", name, data, w)
		}
	}
	for name := range want {
		if _, ok := got[name]; !ok {
			t.Errorf("does not make %q", name)
		}
	}
	// Attachments that cannot be read are a build's to report.
	if said := l.Problems(); !slices.Equal(said, problems) {
		t.Errorf("problems: got\n%v\nwant\n%v", said, problems)
	}
}
