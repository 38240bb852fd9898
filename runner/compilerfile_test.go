package runner

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"runnel/runner/columns"
)

// The list names all that a program can need; each file unpacks to what its
// name says; and the archives are those that programs are built with here, in the form that
// package columns tests.
func TestRunner_Compiler(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the Go compiler")
	}
	r := newRunner(t)
	files, err := r.Compiler(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	m, err := readManifest(filepath.Dir(files[0].Path))
	if err != nil {
		t.Fatal(err)
	}
	paths := map[string]string{}
	for _, f := range files[1:] {
		paths[f.Name] = f.Path
		if info, err := os.Stat(f.Path); err != nil || info.Size() != f.Size {
			t.Errorf("%s: got %v, %v, want %d bytes", f.Name, info, err, f.Size)
		}
	}
	for _, path := range append(slices.Clone(m.Importable), m.Own...) {
		if _, ok := m.Packages[path]; !ok {
			t.Errorf("package %q is not there", path)
		}
	}
	tools, err := r.builds.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for path, p := range m.Packages {
		for _, imported := range p.Imports {
			if _, ok := m.Packages[imported]; !ok && imported != "unsafe" {
				t.Errorf("package %q stands on %q, which is not there", path, imported)
			}
		}
		want, err := os.ReadFile(filepath.Join(tools.dir, archiveName(path)))
		if err != nil {
			t.Fatal(err)
		}
		checkPacked(t, p, paths, columns.Encode(path, want))
	}
	for _, tool := range wasmTools {
		got := checkPacked(t, m.Tools[tool], paths, nil)
		if !bytes.HasPrefix(got, []byte("\x00asm")) {
			t.Errorf("%s is no WebAssembly", tool)
		}
	}
	again, err := r.Compiler(t.Context(), func(GuestFile) bool { return true })
	if err != nil || len(again) != len(files) || again[0] != files[0] {
		t.Errorf("another call gives %d files, %v, want the same %d", len(again), err, len(files))
	}
}

// checkPacked wants both forms of a file to hold the same, what its name says,
// and what is wanted, if anything is.
func checkPacked(
	t *testing.T, f packedFile, paths map[string]string, want []byte,
) []byte {
	t.Helper()
	for _, ending := range []string{".gz", ".br"} {
		packed, err := os.ReadFile(paths[f.Name+ending])
		if err != nil {
			t.Fatal(err)
		}
		var reader io.Reader = brotli.NewReader(bytes.NewReader(packed))
		if ending == ".gz" {
			if reader, err = gzip.NewReader(bytes.NewReader(packed)); err != nil {
				t.Fatal(err)
			}
		}
		got, err := io.ReadAll(reader)
		if err != nil {
			t.Fatal(err)
		}
		if want == nil {
			want = got
		}
		if !bytes.Equal(got, want) || int64(len(got)) != f.Size ||
			int64(len(packed)) != f.Packed[ending] {
			t.Errorf("%s%s holds something else", f.Name, ending)
		}
	}
	sum := sha256.Sum256(want)
	if !strings.Contains(f.Name, fmt.Sprintf("-%x.", sum[:6])) {
		t.Errorf("the name %s has another hash", f.Name)
	}
	return want
}
