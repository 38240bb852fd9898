package check

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"slices"
	"testing"

	"runnel/runner/timeline"
)

// newChecker is a checker for programs that import no more than the package.
func newChecker(t *testing.T, paths ...string) *Checker {
	t.Helper()
	files := map[string]string{}
	for _, path := range paths {
		out, err := exec.Command(
			"go", "list", "-export", "-f", "{{.Export}}", path).Output()
		if err != nil {
			t.Fatal(err)
		}
		files[path] = string(bytes.TrimSpace(out))
	}
	return &Checker{
		Open: func(path string) (io.ReadCloser, error) {
			return os.Open(files[path])
		},
		Has: func(path string) bool { return files[path] != "" },
	}
}

func TestChecker_packages(t *testing.T) {
	t.Parallel()
	c := newChecker(t, "bufio")
	v := c.Check("package main\nimport \"bufio\"\n" +
		"func main() { bufio.NewReader(nil) }")
	if v.Kind != timeline.OK {
		t.Fatalf("got %+v", v)
	}
	// Only an io.Reader of the program's own needs package io's table.
	for _, path := range []string{"bufio", "io"} {
		if !slices.Contains(v.Packages, path) {
			t.Errorf("got packages %q, want %q among them",
				v.Packages, path)
		}
	}
}

func TestChecker_refuseFirst(t *testing.T) {
	t.Parallel()
	c := newChecker(t)
	v := c.Check("package main\nimport \"net\"\n" +
		"func main() { x := 1; net.Dial() }")
	if v.Kind != timeline.Refused || len(v.Diagnostics) != 1 {
		t.Errorf("got %+v, want a refusal and nothing else", v)
	}
}

func TestChecker_again(t *testing.T) {
	t.Parallel()
	c := newChecker(t, "fmt")
	for range 3 {
		v := c.Check("package main\nimport \"fmt\"\n" +
			"func main() { fmt.Println() }")
		if v.Kind != timeline.OK {
			t.Fatalf("got %+v", v)
		}
	}
}

// The newest Go is what programs are written in.
func TestChecker_newSyntax(t *testing.T) {
	t.Parallel()
	c := newChecker(t)
	v := c.Check(`package main

func main() {
	for i := range 3 {
		p := new(i)
		_ = min(*p, 2)
	}
	for range func(yield func() bool) { yield() } {
	}
}
`)
	if v.Kind != timeline.OK {
		t.Errorf("got %+v", v)
	}
}

// FuzzChecker wants a verdict on everything, in the order of its lines.
func FuzzChecker(f *testing.F) {
	for _, seed := range []string{
		"", "package main", "package main; func main() {}",
		"package main; import `a`; import 'b'; func main() { x }",
		"package main; func main() { for { break }; L: goto L }",
		"package main; type T[P any] struct{ T[P] }; func main() {}",
	} {
		f.Add(seed)
	}
	c := &Checker{
		Open: func(string) (io.ReadCloser, error) {
			return nil, os.ErrNotExist
		},
		Has: func(string) bool { return false },
	}
	f.Fuzz(func(t *testing.T, source string) {
		v := c.Check(source)
		if v.Kind != timeline.OK && len(v.Diagnostics) == 0 {
			t.Errorf("got %+v, which says nothing", v)
		}
		line := 0
		for _, d := range v.Diagnostics {
			if d.Line != 0 && d.Line < line {
				t.Errorf("got %+v, not in order", v.Diagnostics)
			}
			line = d.Line
		}
	})
}
