package vet

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/build"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"runnel/cmd/guest/check"
	"runnel/runner/timeline"
)

// openExports opens export data that the go command has made.
func openExports(t *testing.T) func(string) (io.ReadCloser, error) {
	t.Helper()
	out, err := exec.Command("go", "list", "-export", "-deps", "-json=ImportPath,Export", "fmt", "log", "sync", "sync/atomic",
		"errors", "os", "strings", "time", "testing", "context", "bytes", "bufio", "sort", "slices", "maps", "math", "strconv",
		"math/rand", "math/rand/v2", "io", "iter", "encoding/json", "text/template", "regexp", "reflect", "unicode", "cmp",
		"container/heap", "container/list", "runtime", "log/slog", "text/tabwriter", "encoding/xml", "flag", "unicode/utf8",
		"encoding/base64", "encoding/binary", "encoding/csv", "encoding/hex", "crypto/sha256", "hash/fnv", "html", "path",
		"math/big", "math/bits", "math/cmplx", "os/signal", "runtime/debug", "unique", "weak", "container/ring").Output()
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct{ ImportPath, Export string }
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		files[p.ImportPath] = p.Export
	}
	return func(path string) (io.ReadCloser, error) { return os.Open(files[path]) }
}

// samples are the programs of testdata, and each 12th of the fidelity suite.
func samples(t *testing.T) (own, suite []string) {
	t.Helper()
	own = programsOf(t, "testdata/*.txtar")
	for i, source := range programsOf(t, "../../../runner/testdata/fidelity/*.txtar") {
		if i%12 == 0 {
			suite = append(suite, source)
		}
	}
	return own, suite
}

func programsOf(t *testing.T, glob string) (all []string) {
	t.Helper()
	files, err := filepath.Glob(glob)
	if err != nil || len(files) == 0 {
		t.Fatalf("%d archives of programs, %v", len(files), err)
	}
	for _, name := range files {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range a.Files {
			all = append(all, string(f.Data))
		}
	}
	return all
}

// Check says what go vet says of the same programs, at the same places.
func TestCheck_asGoVet(t *testing.T) {
	t.Parallel()
	own, suite := samples(t)
	want := goVet(t, slices.Concat(own, suite))
	checker := check.Checker{Open: openExports(t), Has: func(string) bool { return true }}
	warned := 0
	for i, source := range slices.Concat(own, suite) {
		v := checker.Check(source)
		if v.Kind != timeline.OK {
			if i < len(own) {
				t.Errorf("does not compile: %v\n%s", v, source)
			}
			continue
		}
		got := Check(v.Program)
		if !slices.Equal(got, want[i]) {
			t.Errorf("got  %v\nwant %v\n%s", got, want[i], source)
		}
		if len(got) > 0 {
			warned++
		}
	}
	if warned < 12 {
		t.Errorf("%d programs are warned of, want a dozen", warned)
	}
	t.Logf("%d programs, %d of them warned of", len(own)+len(suite), warned)
}

// dropped is what the analyzers no longer say that go vet, which has earlier
// ones, still does.
const dropped = "arg list ends with redundant newline"

var warning = regexp.MustCompile(`(?m)^(?:vet: )?\S*?p(\d+)[/\\]main\.go:(\d+):(\d+): (.*)$`)

// goVet is what the go command's vet says of programs by its checks of formats
// and of locks.
func goVet(t *testing.T, programs []string) [][]timeline.Diagnostic {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module vetted\n\ngo 1.26\n")
	for i, source := range programs {
		write(fmt.Sprintf("p%d/main.go", i), source)
	}
	cmd := exec.Command("go", "vet", "-printf", "-copylocks", "./...")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOWORK=off", "GOFLAGS=", "GOTOOLCHAIN=local", "GOROOT="+build.Default.GOROOT)
	out, _ := cmd.CombinedOutput() // it fails when it warns
	all := make([][]timeline.Diagnostic, len(programs))
	seen := false
	for _, m := range warning.FindAllStringSubmatch(string(out), -1) {
		if strings.HasSuffix(m[4], dropped) {
			seen = true
			continue
		}
		n := func(i int) int { k, _ := strconv.Atoi(m[i]); return k }
		all[n(1)] = append(all[n(1)], timeline.Diagnostic{Line: n(2), Column: n(3), Message: strings.ReplaceAll(m[4], "vetted/p"+m[1]+".", "main.")})
	}
	if !seen {
		t.Errorf("go vet no longer says %q: compare that, too", dropped)
	}
	for _, list := range all {
		slices.SortFunc(list, func(a, b timeline.Diagnostic) int { return (a.Line-b.Line)*1000 + a.Column - b.Column })
	}
	if !bytes.Contains(out, []byte("main.go")) {
		t.Fatalf("go vet says\n%s", out)
	}
	return all
}
