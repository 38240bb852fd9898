package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"runnel/runner"
)

// TestMain lets the scripts call the real command as "serve". Its worker
// processes are this very program again.
func TestMain(m *testing.M) {
	runner.ServeIfWorker()
	testscript.Main(m, map[string]func(){"serve": main})
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
