package site

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// arrows are the imports that the house allows: a package, and what of ours
// and of these heavy modules it may stand on. A new arrow is a decision: make
// it in RATIONALE.md first.
var arrows = map[string][]string{
	"cmd/build":                  {"cmd/command", "site", "runner"},
	"cmd/serve":                  {"cmd/command", "preview", "site", "runner"},
	"cmd/command":                {"runner"},
	"preview":                    {"site", "theme", "vault"},
	"cmd/guest":                  {"cmd/guest/check", "cmd/guest/symbols", "cmd/guest/vet", "runner/timeline", "runner/rewrite", "runner/rewrite/observe", "runner/record", "render/outcome", "render/gocode", "program", "yaegi"},
	"cmd/guest/check":            {"program", "runner/timeline"},
	"cmd/guest/vet":              {"cmd/guest/check", "runner/timeline"},
	"cmd/guest/symbols/generate": {"yaegi"},
	"cmd/guest/symbols":          {"yaegi"},
	"graph":                      {"gonum"},
	"mention":                    {},
	"pack":                       {},
	"site":                       {"graph", "mention", "pack", "program", "render", "render/outcome", "runner", "runner/timeline", "search", "theme", "vault"},
	"render/gocode":              {},
	"render":                     {"render/gocode", "vault", "vault/obsidian", "goldmark"},
	"render/outcome":             {"runner/timeline"},
	"runner":                     {"runner/columns", "runner/record", "reference", "runner/trim", "runner/rewrite", "runner/rewrite/observe", "runner/timeline", "wazero"},
	"runner/record":              {"runner/rewrite/observe", "runner/timeline"},
	"runner/rewrite":             {"runner/rewrite/observe"},
	"runner/rewrite/library":     {},
	"runner/rewrite/observe":     {},
	"runner/begin":               {},
	"runner/examples":            {}, // for tests alone
	"runner/harness":             {"runner/rewrite/observe"},
	"runner/columns":             {},
	"runner/trim":                {},
	"program":                    {},
	"reference":                  {},
	"runner/timeline":            {},
	"search":                     {},
	"theme":                      {},
	"vault":                      {"pack", "vault/obsidian", "goldmark"},
	"vault/obsidian":             {"goldmark"},
}

// heavy are modules that only some packages may know.
var heavy = map[string]string{
	"github.com/yuin/goldmark":           "goldmark",
	"go.abhg.dev/goldmark":               "goldmark",
	"github.com/tetratelabs/wazero":      "wazero",
	"github.com/traefik/yaegi":           "yaegi",
	"github.com/gohugoio/hugo-goldmark-": "goldmark",
	"gonum.org/v1/gonum":                 "gonum",
}

func TestImports(t *testing.T) {
	root := os.DirFS("..")
	seen := make(map[string]bool)
	err := fs.WalkDir(root, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && file != "." || d.Name() == "testdata") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		pkg := path.Dir(file)
		allowed, known := arrows[pkg]
		if !known {
			t.Errorf("%s: the package %q has no place in the house", file, pkg)
			return nil
		}
		seen[pkg] = true
		data, err := fs.ReadFile(root, file)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, data, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range f.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if to := arrowTo(name); to != "" && !slices.Contains(allowed, to) {
				t.Errorf("%s: %s must not import %s", file, pkg, to)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for pkg := range arrows {
		if !seen[pkg] {
			t.Errorf("there is no package %q", pkg)
		}
	}
}

// arrowTo names what an import leads to, "" where anyone may have it.
func arrowTo(name string) string {
	if pkg, ok := strings.CutPrefix(name, "runnel/"); ok {
		return pkg
	}
	for prefix, to := range heavy {
		if strings.HasPrefix(name, prefix) {
			return to
		}
	}
	return ""
}
