package site

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"runnel/runner"
)

var largeVault = flag.String("vault", "", "a large vault to measure with; a note of it is changed and changed back")

// BenchmarkLive_save brings a large site up to date with a save, and makes the
// page. It needs -vault.
func BenchmarkLive_save(b *testing.B) {
	if *largeVault == "" {
		b.Skip("no -vault")
	}
	r := &runner.Runner{CacheDir: b.TempDir()}
	l := openTestLive(b, Build{Notes: *largeVault, All: true, Runner: r}, false)
	defer l.Close()
	n := l.keeper.Vault().Notes[len(l.keeper.Vault().Notes)/2]
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
