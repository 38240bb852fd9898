package trim

import (
	"go/parser"
	"go/token"
	"os/exec"
	"strings"
	"testing"
)

func TestOnly(t *testing.T) {
	t.Parallel()
	const source = `package main

import (
	"a/amd64"
	"a/wasm"
	"os"
)

var inits = map[string]func(){
	"amd64": amd64.Init,
	"wasm":  wasm.Init,
}

func other(arch string) {
	switch arch {
	case "amd64":
	}
}

func choose(arch string) {
	switch arch {
	case "amd64", "386":
		os.Exit(1)
	case "wasm", "arm":
		os.Exit(2)
	default:
		os.Exit(3)
	}
}
`
	for name, want := range map[string]string{
		"inits":  `"a/amd64"| amd64.Init`,
		"choose": `case "amd64", "386":|os.Exit(1)`,
	} {
		got, ok := only([]byte(source), name)
		if !ok {
			t.Fatalf("%s: not found", name)
		}
		for _, gone := range strings.Split(want, "|") {
			if strings.Contains(string(got), gone) {
				t.Errorf("%s: %q is still there:\n%s", name, gone, got)
			}
		}
		for _, kept := range []string{
			`"a/wasm"`, "wasm.Init", `case "wasm", "arm":`, "os.Exit(2)",
			"default:", "func other(arch string) {\n\tswitch arch {\n\tcase \"amd64\":",
		} {
			if !strings.Contains(string(got), kept) {
				t.Errorf("%s: %q is gone:\n%s", name, kept, got)
			}
		}
		if strings.Count(string(got), "\n") != strings.Count(source, "\n") {
			t.Errorf("%s: lines have moved", name)
		}
	}
	if _, ok := only([]byte(source), "nothing"); ok {
		t.Error("something was found in what is not there")
	}
}

// The tree at hand has all the places; no other architecture is left in them.
func TestFiles(t *testing.T) {
	t.Parallel()
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	files, err := Files(strings.TrimSpace(string(root)))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != len(places) {
		t.Errorf("got %d files, want %d", len(files), len(places))
	}
	for name, text := range files {
		_, err := parser.ParseFile(token.NewFileSet(), name, text, 0)
		if err != nil {
			t.Error(err)
		}
		if strings.Contains(string(text), "loong64.Init") ||
			strings.Contains(string(text), "rewriteValueLOONG64") {
			t.Errorf("%s still knows loong64", name)
		}
	}
}
