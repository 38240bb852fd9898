package site

import (
	"flag"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"runnel/runner"
	"runnel/vault"
)

var largeVault = flag.String("vault", "", "a large vault to measure with; a note of it is changed and changed back")

// openLarge opens the site of -vault, and gives a note in its middle.
func openLarge(b *testing.B) (*Live, *vault.Note) {
	b.Helper()
	if *largeVault == "" {
		b.Skip("no -vault")
	}
	r := &runner.Runner{CacheDir: b.TempDir()}
	l := openTestLive(b, Build{Notes: *largeVault, All: true, Runner: r}, false)
	return l, l.keeper.Vault().Notes[len(l.keeper.Vault().Notes)/2]
}

// BenchmarkLive_save brings a large site up to date with a save, and makes the
// page. It needs -vault.
func BenchmarkLive_save(b *testing.B) {
	l, n := openLarge(b)
	defer l.Close()
	u := l.edition.plan.notes[n]
	file := filepath.Join(*largeVault, filepath.FromSlash(n.Path))
	text, err := os.ReadFile(file)
	if err != nil {
		b.Fatal(err)
	}
	defer os.WriteFile(file, text, 0o666)
	for i := 0; b.Loop(); i++ {
		if err := os.WriteFile(file, append(text, "more"[:i%5]...), 0o666); err != nil {
			b.Fatal(err)
		}
		if _, err := l.Update(b.Context(), []string{n.Path}); err != nil {
			b.Fatal(err)
		}
		if _, err := l.Page(b.Context(), u); err != nil {
			b.Fatal(err)
		}
	}
}

// TestLive_flat makes the pages of 2,000 saves among many notes, and wants the
// memory that is in use to stay as it was. It needs -vault.
func TestLive_flat(t *testing.T) {
	if *largeVault == "" {
		t.Skip("no -vault")
	}
	l := openTestLive(t, Build{Notes: *largeVault, All: true, Runner: &runner.Runner{CacheDir: t.TempDir()}}, false)
	defer l.Close()
	notes := slices.Clone(l.keeper.Vault().Notes)
	use := func() uint64 {
		runtime.GC() // twice, for what pools hold
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc >> 10
	}
	var early uint64
	for i := range 2000 {
		n := notes[i%200*len(notes)/200] // each has been saved when we first look
		file := filepath.Join(*largeVault, filepath.FromSlash(n.Path))
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		extra := "\nwords\n"
		if i%50 == 0 {
			extra = "\n[[index]] #newtag\n"
		}
		for _, data := range [][]byte{append(slices.Clip(text), extra...), text} {
			if err := os.WriteFile(file, data, 0o666); err != nil {
				t.Fatal(err)
			}
			if _, err := l.Update(t.Context(), []string{n.Path}); err != nil {
				t.Fatal(err)
			}
			if _, err := l.Page(t.Context(), l.edition.plan.notes[n]); err != nil {
				t.Fatal(err)
			}
		}
		if i == 200 {
			early = use()
		}
	}
	late := use()
	t.Logf("%d notes: %d KB in use after 200 saves, %d KB after 2,000", len(notes), early, late)
	if late > early+early/20 {
		t.Error("the memory in use grows")
	}
}

// BenchmarkLive_rename brings a large site up to date with a note that has
// another name, and makes the page. It needs -vault.
func BenchmarkLive_rename(b *testing.B) {
	l, n := openLarge(b)
	defer l.Close()
	first, second := n.Path, path.Join(path.Dir(n.Path), "renamed for a while.md")
	var updating, making time.Duration
	move := func(from, to string) {
		if err := os.Rename(filepath.Join(*largeVault, filepath.FromSlash(from)), filepath.Join(*largeVault, filepath.FromSlash(to))); err != nil {
			b.Fatal(err)
		}
		begun := time.Now()
		if _, err := l.Update(b.Context(), []string{from, to}); err != nil {
			b.Fatal(err)
		}
		updating += time.Since(begun)
		begun = time.Now()
		for m, u := range l.edition.plan.notes {
			if m.Path != to {
				continue
			}
			if _, err := l.Page(b.Context(), u); err != nil {
				b.Fatal(err)
			}
		}
		making += time.Since(begun)
	}
	at, other := first, second
	for b.Loop() {
		move(at, other)
		at, other = other, at
	}
	b.StopTimer()
	b.ReportMetric(float64(updating.Milliseconds())/float64(b.N), "ms/update")
	b.ReportMetric(float64(making.Milliseconds())/float64(b.N), "ms/page")
	if at != first {
		move(at, first)
	}
}
