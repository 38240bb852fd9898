package program

import (
	"flag"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the wanted files and library.txt")

// preferred are those packages of one name that come before others: the old
// math/rand is what notes mean, unless they use what it does not have.
var preferred = []string{
	"math/rand", "math/rand/v2", "crypto/rand", "text/template",
	"html/template", "text/scanner", "go/scanner", "runtime/pprof",
	"net/http/pprof",
}

// deprecated are names that a package has but should not be chosen for.
var deprecated = map[string][]string{"math/rand": {"Read", "Seed"}}

// TestLibrary compares library.txt with the toolchain at hand.
func TestLibrary(t *testing.T) {
	out, err := exec.Command("go", "list", "std").Output()
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string][]string{}
	for _, p := range strings.Fields(string(out)) {
		parts := strings.Split(p, "/")
		if !slices.Contains(parts, "internal") && parts[0] != "vendor" {
			byName[packageName(p)] = append(byName[packageName(p)], p)
		}
	}
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		paths := byName[name]
		slices.SortFunc(paths, func(a, b string) int {
			return slices.Index(preferred, a) - slices.Index(preferred, b)
		})
		for _, p := range paths {
			b.WriteString(p)
			if len(paths) > 1 {
				if !slices.Contains(preferred, p) {
					t.Errorf("%q shares its name: say which is preferred", p)
				}
				b.WriteString(" " + strings.Join(exports(t, p), " "))
			}
			b.WriteByte('\n')
		}
	}
	if *update {
		if err := os.WriteFile("library.txt", []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	} else if b.String() != library {
		t.Errorf("library.txt is not that of %s: go test ./program -run Library -update",
			runtime.Version())
	}
}

// exports lists what a package of the standard library exports.
func exports(t *testing.T, p string) []string {
	t.Helper()
	pkg, err := build.Default.Import(p, ".", 0)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, name := range pkg.GoFiles {
		file, err := parser.ParseFile(token.NewFileSet(),
			filepath.Join(pkg.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				found[d.Name.Name] = found[d.Name.Name] || d.Recv == nil
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					switch spec := spec.(type) {
					case *ast.TypeSpec:
						found[spec.Name.Name] = true
					case *ast.ValueSpec:
						for _, name := range spec.Names {
							found[name.Name] = true
						}
					}
				}
			}
		}
	}
	maps.DeleteFunc(found, func(name string, is bool) bool {
		return !is || !ast.IsExported(name) || slices.Contains(deprecated[p], name)
	})
	return slices.Sorted(maps.Keys(found))
}
