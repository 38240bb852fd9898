package vault

import (
	"bytes"
	"io/fs"
	"maps"
	"math/rand/v2"
	"reflect"
	"testing"
	"testing/fstest"
	"time"
)

// A keeper that knows of another what has not changed since holds what is
// loaded anew.
func TestKeeper_Restore(t *testing.T) {
	t.Parallel()
	restored := 0
	for seed := range uint64(*keeps) {
		v := &changingVault{MapFS: fstest.MapFS{}, r: rand.New(rand.NewPCG(seed, 8)), clock: time.Unix(1e9, 0)}
		for range 6 {
			v.write(v.path())
		}
		opts := Options{All: v.r.IntN(4) > 0, Drafts: v.r.IntN(8) == 0, Trees: int64(v.r.IntN(3) * 100), Read: func(n *Note) any { return n.Path }}
		k := NewKeeper(v, opts)
		if _, err := k.Update(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		for step := range 6 {
			before := maps.Clone(v.MapFS)
			for range v.r.IntN(4) {
				v.change()
			}
			next := NewKeeper(v, opts)
			known := packed(t, k, func(name string) bool {
				return v.MapFS[name] != nil && string(v.MapFS[name].Data) == string(before[name].Data) && v.r.IntN(8) > 0
			})
			restored += len(known)
			if err := next.Restore(known); err != nil {
				t.Fatal(err)
			}
			checkPacked(t, next, known)
			if v.r.IntN(2) == 0 {
				next.Listed(walked(t, v))
			}
			k = next
			checkKeeper(t, k, v, nil, opts)
			for _, n := range k.Vault().Notes {
				if n.Extra != n.Path {
					t.Errorf("%s: the extra is %v", n.Path, n.Extra)
				}
				if err := k.Plant(n); err != nil {
					t.Fatal(err)
				}
				if line, column := n.Position(len(n.Source)); line == 0 || column == 0 {
					t.Errorf("%s: has no positions", n.Path)
				}
				n.Release()
			}
			if t.Failed() {
				t.Fatalf("seed %d, step %d", seed, step)
			}
		}
	}
	if restored == 0 {
		t.Error("nothing was restored")
	}
}

// walked lists what a folder holds.
func walked(t *testing.T, fsys fs.FS) (names []string) {
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || name == ".":
		case d.IsDir():
			names = append(names, name+"/")
		default:
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// checkPacked packs again what was restored.
func checkPacked(t *testing.T, k *Keeper, known []Packed) {
	for _, p := range known {
		k.kept[p.Name].packed = ""
		again, ok := k.Pack(nil, p.Name)
		if !ok || !bytes.Equal(again, []byte(p.Facts)) {
			t.Errorf("%s: is packed as\n%q\nand then as\n%q", p.Name, p.Facts, again)
		}
	}
}

// A field that is new to what is kept of a note has to be packed, if it is no
// part of the tree. Here all are counted.
func TestKeeper_Pack_fields(t *testing.T) {
	for kind, fields := range map[reflect.Type]int{
		reflect.TypeFor[draft](): 7, reflect.TypeFor[kept](): 4, reflect.TypeFor[Problem](): 4, reflect.TypeFor[Note](): 22,
		reflect.TypeFor[Properties](): 12, reflect.TypeFor[Property](): 3, reflect.TypeFor[Heading](): 8, reflect.TypeFor[Block](): 3,
		reflect.TypeFor[Link](): 10, reflect.TypeFor[Snippet](): 14, reflect.TypeFor[SnippetOptions](): 16, reflect.TypeFor[Source](): 3,
	} {
		if n := kind.NumField(); n != fields {
			t.Errorf("%v has %d fields, of which %d are known to Pack", kind, n, fields)
		}
	}
}

// packed is what a keeper knows of the files that are chosen.
func packed(t *testing.T, k *Keeper, chosen func(name string) bool) (known []Packed) {
	for name := range k.kept {
		if !chosen(name) {
			continue
		}
		facts, ok := k.Pack(nil, name)
		if !ok {
			t.Errorf("%s: cannot be packed", name)
		}
		p := Packed{Name: name, Facts: string(facts)}
		if n := k.Note(name); n != nil {
			p.Extra = n.Extra
		}
		known = append(known, p)
	}
	return known
}

// What is no whole pack is refused, wherever it ends.
func TestKeeper_Restore_cut(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{"a.md": {Data: []byte("---\ndate: 2020-01-02T03:04:05+02:00\nup: \"[[a]]\"\n---\n# A\n\n## B *c*\n\n[[a#B]] ^id\n\n" +
		"```go name=x args=\"1 2\"\n-- a.go --\nx\n```\n")}}
	k := NewKeeper(fsys, Options{All: true})
	if _, err := k.Update(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	whole, ok := k.Pack(nil, "a.md")
	if !ok {
		t.Fatal("cannot be packed")
	}
	for n := range whole {
		next := NewKeeper(fsys, Options{All: true})
		if err := next.Restore([]Packed{{Name: "a.md", Facts: string(whole[:n])}}); err == nil {
			t.Errorf("cut after %d bytes: no error", n)
		}
		if len(next.kept) != 0 {
			t.Errorf("cut after %d bytes: something is taken", n)
		}
	}
	// No damage does harm, though a checksum must see it.
	r := rand.New(rand.NewPCG(1, 1))
	for range 2000 {
		bad := append([]byte(nil), whole...)
		bad[r.IntN(len(bad))] ^= byte(1 + r.IntN(255))
		_ = NewKeeper(fsys, Options{All: true}).Restore([]Packed{{Name: "a.md", Facts: string(bad)}})
	}
}
