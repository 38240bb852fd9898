package site

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"runnel/runner"
)

// What the interpreter declines can be changed in a preview as in the built
// site: Go's compiler is there, and all files are those of a build.
func TestLive_lab(t *testing.T) {
	if testing.Short() {
		t.Skip("needs Go's compiler for readers")
	}
	t.Parallel()
	// %T of a type of the program's own is more than the interpreter knows.
	program := "```go\npackage main\n\nimport \"fmt\"\n\ntype own struct{ X int }\n\nfunc main() { fmt.Printf(\"%T\\n\", own{1}) }\n```\n"
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, "index.md"), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("No program yet.\n")
	b := Build{Notes: dir, Out: out, All: true, Engine: runner.Both, Runner: testRunner(t)}
	l := openTestLive(t, b, false)
	defer l.Close()
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { l.Run(ctx) })
	defer running.Wait()
	defer stop()
	update := func() {
		t.Helper()
		if _, err := l.Update(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
	}
	write(program)
	update()
	page := func() string {
		t.Helper()
		p, err := l.Page(t.Context(), "")
		if err != nil {
			t.Fatal(err)
		}
		return string(p.HTML)
	}
	for end := time.Now().Add(10 * time.Minute); !bytes.Contains([]byte(page()), []byte(" data-compiler=")); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("the compiler does not come:\n%s", page())
		}
	}
	want := built(t, mustBuild(t, b).out)
	got, err := l.Files(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range want {
		if !bytes.Equal(got[name], data) {
			t.Errorf("%s: got %d bytes, want %d", name, len(got[name]), len(data))
		}
		if f, err := l.Open(t.Context(), URL(name)); err != nil {
			t.Errorf("open %s: %v", name, err)
		} else if f.File != nil {
			_ = f.File.Close()
		}
	}
	for name := range got {
		if want[name] == nil {
			t.Errorf("makes %q, which the build does not", name)
		}
	}
	// The home note may want none of it.
	write("---\nlab: none\n---\n" + program)
	update()
	if text := page(); bytes.Contains([]byte(text), []byte("data-compiler=")) || bytes.Contains([]byte(text), []byte("data-guest=")) {
		t.Error("without a lab the page has what runs programs")
	}
}
