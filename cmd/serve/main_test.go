package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"runnel/runner"
)

// TestMain lets the scripts call the real command as "serve". Its worker
// processes are this very program again.
func TestMain(m *testing.M) {
	runner.ServeIfWorker()
	testscript.Main(m, map[string]func(){"serve": main})
}

// It ends without a word whenever it is told to: while it reads notes, while it
// runs programs, while pages are asked for; and leaves nothing beside the notes.
func TestRun_endsAtAnyMoment(t *testing.T) {
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "notes")
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	for i := range 300 {
		// Each is another program, and none has run before.
		text := fmt.Sprintf("Words [[note %d]].\n\n```go\npackage main\n\nfunc main() { print(%d) } // %d\n```\n", i+1, i, time.Now().UnixNano())
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("note %d.md", i)), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 12 {
		ctx, stop := context.WithCancel(t.Context())
		var out, talk bytes.Buffer
		time.AfterFunc(time.Duration(1<<i-1)*time.Millisecond/2, stop) // up to a second
		err := run(ctx, []string{"-notes", dir, "-all", "-addr", "127.0.0.1:0", "-engine", "yaegi",
			"-cache", filepath.Join(cache, "runnel")}, &out, &talk)
		stop()
		if err != nil || talk.Len() > 0 {
			t.Errorf("ended after %d half milliseconds: %v\n%s", 1<<i-1, err, talk.String())
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 300 {
		t.Errorf("%d files beside the notes, %v", len(entries)-300, err)
	}
}

// TestScript runs the scripts in testdata.
func TestScript(t *testing.T) {
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(e *testscript.Env) error {
			e.Setenv("CACHE", filepath.Join(cache, "runnel"))
			for _, name := range []string{"HOME", "PATH", "GOCACHE", "GOMODCACHE", "GOFLAGS"} {
				if v, ok := os.LookupEnv(name); ok {
					e.Setenv(name, v)
				}
			}
			return nil
		},
	})
}
