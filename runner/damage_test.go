package runner

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"runnel/runner/timeline"
)

// TestRun_damagedInterpreter cuts off the guest and its compiled code: both
// are made anew, by one of the workers, and the programs run.
func TestRun_damagedInterpreter(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the interpreter")
	}
	t.Parallel()
	r := newRunner(t)
	ctx := context.Background()
	if _, err := r.Run(ctx, body("", "")); err != nil {
		t.Fatal(err)
	}
	s, err := r.pool.prepare(ctx)
	if err != nil {
		t.Fatal(err)
	}
	cache := t.TempDir()
	for _, dir := range []string{filepath.Dir(s.Guest), s.Compiled} {
		to := filepath.Join(cache, filepath.Base(dir))
		if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
		for _, file := range files(t, to) {
			if filepath.Base(file) != sealName {
				if err := os.Truncate(file, 1<<20); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	var mutex sync.Mutex
	var said []string
	other := &Runner{
		CacheDir: cache, ResultDir: t.TempDir(), Workers: 2,
		Progress: func(message string) {
			mutex.Lock()
			defer mutex.Unlock()
			said = append(said, message)
		},
	}
	defer other.Close()
	var group sync.WaitGroup
	for _, word := range []string{"one", "two"} {
		group.Go(func() {
			result, err := other.Run(ctx, body("", `println("`+word+`")`))
			got := text(result.Recording, timeline.Stderr)
			if err != nil || got != word+"\n" {
				t.Errorf("got %q, %+v, error %v", got, result.End, err)
			}
		})
	}
	group.Wait()
	got := strings.Join(said, "\n")
	want := "building the interpreter (once, about a minute)\n" +
		"compiling the interpreter (once, some seconds)"
	if got != want {
		t.Errorf("said %q, want %q", got, want)
	}
}

func TestRun_noCache(t *testing.T) {
	t.Parallel()
	_, err := new(Runner).Run(context.Background(), Program{})
	if err == nil || !strings.Contains(err.Error(), "CacheDir") {
		t.Errorf("got error %v", err)
	}
}
