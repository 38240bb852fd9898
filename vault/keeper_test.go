package vault

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

var keeps = flag.Int("keeps", 200, "how many random vaults to keep up to date")

// A changingVault is a vault that somebody works in.
type changingVault struct {
	fstest.MapFS
	r     *rand.Rand
	clock time.Time
}

var (
	someFolders = []string{"", "A/", "A/B/", "C/"}
	someNames   = []string{"One", "two", "Two", "Three", "Four", "é", "pic"}
)

func (v *changingVault) path() string {
	return someFolders[v.r.IntN(len(someFolders))] + someNames[v.r.IntN(len(someNames))] + ".md"
}

// text makes a note of all that links have to do with.
func (v *changingVault) text() string {
	pick := func(list ...string) string { return list[v.r.IntN(len(list))] }
	name := func() string { return someNames[v.r.IntN(len(someNames))] }
	var b strings.Builder
	if v.r.IntN(2) == 0 {
		fmt.Fprintf(&b, "---\n%s\naliases: %s\nup: \"[[%s]]\"\ncover: %s\n---\n",
			pick("publish: true", "publish: false", "publish: maybe", "x: ["), name(), name(), pick("pic.png", "gone.png"))
	}
	for range v.r.IntN(8) {
		b.WriteString(pick("# "+name(), "## Part", "text ^id", "%% hidden [[One]] %%", "- item [[#Part]]",
			"[["+name()+"]] and [["+name()+"#Part|x]]", "![["+name()+"]]", "![["+name()+"#^id]]", "[[nothing]]",
			"["+name()+"](../A/"+name()+".md#Part)", "![[pic.png]]", "<a href=\""+name()+".md\">x</a>",
			"```go name=a\nfunc f() {}\n```", "> ## Quoted\n> #tag", "&lt; [^1]\n\n[^1]: foot [[Two]]") + "\n\n")
	}
	return b.String()
}

func (v *changingVault) write(name string) {
	v.clock = v.clock.Add(time.Second)
	v.MapFS[name] = &fstest.MapFile{Data: []byte(v.text()), ModTime: v.clock}
}

// change does something to the vault and names what it touched.
func (v *changingVault) change() (names []string) {
	there := slices.Sorted(maps.Keys(v.MapFS))
	switch some := there[v.r.IntN(len(there))]; v.r.IntN(8) {
	case 0: // move
		to := v.path()
		if some == to || !isNote(some) {
			return []string{some}
		}
		v.MapFS[to] = v.MapFS[some]
		delete(v.MapFS, some)
		return []string{some, to}
	case 1:
		if len(there) > 1 {
			delete(v.MapFS, some)
		}
		return []string{some}
	case 2: // an attachment comes or goes
		name := someFolders[v.r.IntN(len(someFolders))] + "pic.png"
		if v.MapFS[name] == nil {
			v.MapFS[name] = &fstest.MapFile{}
		} else if len(there) > 1 {
			delete(v.MapFS, name)
		}
		return []string{name}
	case 3, 4, 5: // an edit of what is there
		if isNote(some) {
			v.write(some)
		}
		return []string{some}
	default:
		name := v.path()
		v.write(name)
		return []string{name}
	}
}

// A vault that is kept up to date is one that is loaded anew.
func TestKeeper_asLoaded(t *testing.T) {
	t.Parallel()
	for seed := range uint64(*keeps) {
		v := &changingVault{MapFS: fstest.MapFS{}, r: rand.New(rand.NewPCG(seed, 6)), clock: time.Unix(1e9, 0)}
		for range 6 {
			v.write(v.path())
		}
		opts := Options{All: v.r.IntN(4) > 0, Drafts: v.r.IntN(8) == 0, Trees: int64(v.r.IntN(3) * 100)}
		k := NewKeeper(v, opts)
		for step := range 12 {
			var names []string
			for range v.r.IntN(3) {
				names = append(names, v.change()...)
			}
			if v.r.IntN(3) == 0 {
				names = nil // it finds out by itself
			}
			checkKeeper(t, k, v, names, opts)
			if t.Failed() {
				t.Fatalf("seed %d, step %d", seed, step)
			}
		}
	}
}

func checkKeeper(t *testing.T, k *Keeper, v *changingVault, names []string, opts Options) {
	before := ""
	if k.Vault() != nil {
		before = listVault(k.Vault())
	}
	changes, err := k.Update(t.Context(), names)
	if err != nil {
		t.Fatal(err)
	}
	want, err := Load(t.Context(), v, opts)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range k.Vault().Notes {
		if err := k.Plant(n); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := listVault(k.Vault()), listVault(want); got != want {
		t.Fatalf("after %q: got\n%s\nwant\n%s", names, got, want)
	}
	for i, n := range k.Vault().Notes {
		comparePlanted(t, n, want.Notes[i])
		n.Release()
	}
	if after := notesOnly(listVault(k.Vault())); changes.None() && before != "" && notesOnly(before) != after {
		t.Errorf("says that nothing has changed between\n%s\nand\n%s", before, after)
	}
}

// notesOnly is a listing without what is wrong.
func notesOnly(listing string) string {
	if strings.HasPrefix(listing, "hidden:") {
		return ""
	}
	notes, _, _ := strings.Cut(listing, "\nhidden:")
	notes, _, _ = strings.Cut(notes, "\nproblem:")
	return strings.TrimSpace(notes)
}

// comparePlanted compares what a tree is looked up in.
func comparePlanted(t *testing.T, n, want *Note) {
	if string(n.Source) != string(want.Source) || (n.TitleNode == nil) != (want.TitleNode == nil) ||
		len(n.links) != len(want.links) || len(n.headings) != len(want.headings) || len(n.htmlLinks) != len(want.htmlLinks) {
		t.Errorf("%s: the tree is another than that of the note as loaded", n.Path)
	}
	for node, l := range n.links {
		if l.Node != node || l.From != n || !slices.Contains(n.Links, l) {
			t.Errorf("%s: the link %q is not the one of its node", n.Path, l.Written)
		}
	}
	for _, h := range n.Headings {
		if n.Heading(h.Node) != h {
			t.Errorf("%s: the heading %q is not the one of its node", n.Path, h.Text)
		}
	}
	for _, l := range n.Links {
		if to := l.Target; to.Heading != nil && !slices.Contains(to.Note.Headings, to.Heading) {
			t.Errorf("%s: the link %q leads to a heading of before", n.Path, l.Written)
		}
	}
}

// A note whose file has changed in the meantime is not shown as a mixture.
func TestKeeper_Plant_changed(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{"a.md": {Data: []byte("# One\n")}}
	k := NewKeeper(fsys, Options{All: true})
	if _, err := k.Update(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	fsys["a.md"] = &fstest.MapFile{Data: []byte("# One\n\n## Two\n")}
	if err := k.Plant(k.Vault().Notes[0]); err == nil {
		t.Error("no error")
	}
}

// Text that is held in memory needs no file.
func TestKeeper_Plant_held(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{
		"a.md": {Data: []byte("# One\n\n[[b]] %%hidden%% ![[b#Two]]\n")},
		"b.md": {Data: []byte("---\ntags: x\n---\n## Two\n")},
	}
	want, err := Load(t.Context(), fsys, Options{All: true})
	if err != nil {
		t.Fatal(err)
	}
	k := NewKeeper(fsys, Options{All: true, Trees: 1})
	if _, err := k.Update(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	for name := range fsys {
		delete(fsys, name)
	}
	for i, n := range k.Vault().Notes {
		if n.Doc != nil {
			t.Errorf("%s keeps its tree", n.Path)
		}
		if err := k.Plant(n); err != nil {
			t.Fatal(err)
		}
		comparePlanted(t, n, want.Notes[i])
	}
}
