package runner

import (
	"bytes"
	"context"
	"crypto/sha256"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestReadInputs(t *testing.T) {
	t.Parallel()
	first, err := readInputs(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	second, err := readInputs(context.Background())
	if err != nil || first != second {
		t.Errorf("got %+v, then %+v, error %v", first, second, err)
	}
	if first.guest == first.host {
		t.Error("the guest and its host have the same hash")
	}
}

// TestHashPackage follows imports and ignores tests.
func TestHashPackage(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		file := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	sum := func() string {
		t.Helper()
		h := sha256.New()
		err := hashPackage(h, root, "a", map[string]bool{})
		if err != nil {
			t.Fatal(err)
		}
		return shortSum(h)
	}
	write("a/a.go", "package a\n\nimport \"runnel/b\"\n")
	write("b/b.go", "package b\n\nimport \"fmt\"\n")
	write("c/c.go", "package c\n")
	tests := []struct {
		file    string
		changes bool
	}{
		{"a/a_test.go", false},
		{"a/data.txt", true},
		{"b/b2.go", true},
		{"c/c2.go", false},
	}
	for _, test := range tests {
		before := sum()
		write(test.file, "package "+test.file[:1]+"\n")
		if got := sum() != before; got != test.changes {
			t.Errorf("%s: got change %v, want %v",
				test.file, got, test.changes)
		}
	}
}

// TestGuestModules wants the versions of all modules that the guest is made
// of in its key.
func TestGuestModules(t *testing.T) {
	t.Parallel()
	root, err := moduleRoot()
	if err != nil {
		t.Fatal(err)
	}
	out, err := goCommand(context.Background(), root, "list", "-deps", "-f",
		"{{with .Module}}{{.Path}}{{end}}", "./"+guestPackage)
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(out) {
		module := strings.TrimSpace(string(line))
		if module != modulePath && module != "" &&
			!slices.Contains(guestModules, module) {
			t.Errorf("the guest imports %q, which its key does not have",
				module)
		}
	}
}

// TestImports wants the runner to know neither the guest's interpreter nor
// the rest of the tool, save package reference, a leaf: it makes what that
// gathers of the local Go, and keeps it, as it does the compiler.
func TestImports(t *testing.T) {
	t.Parallel()
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for path := range strings.FieldsSeq(string(out)) {
		own := strings.HasPrefix(path, modulePath+"/") &&
			!strings.HasPrefix(path, "runnel/runner") &&
			path != modulePath+"/reference"
		if own || strings.Contains(path, "yaegi") ||
			strings.Contains(path, "goldmark") {
			t.Errorf("runner imports %q", path)
		}
	}
}
