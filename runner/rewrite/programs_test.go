package rewrite

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/txtar"
)

// programs are those of all archives that hold whole programs.
func programs(t testing.TB) map[string]string {
	t.Helper()
	files, err := filepath.Glob("../testdata/fidelity/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, "testdata/tricky.txtar", "testdata/lowered.txtar",
		"../testdata/programs.txtar")
	all := map[string]string{}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		stem := strings.TrimSuffix(filepath.Base(file), ".txtar")
		for _, f := range archive.Files {
			name, ok := strings.CutSuffix(f.Name, ".go")
			if ok && strings.Contains(string(f.Data), "func main()") {
				name = strings.ReplaceAll(name, "/", "_")
				all[stem+"_"+name] = string(f.Data)
			}
		}
	}
	if len(all) == 0 {
		t.Fatal("no programs")
	}
	return all
}

// library imports packages from export data; one for all tests, since it
// asks the go command for each package.
var library struct {
	sync.Mutex
	fset     *token.FileSet
	importer types.Importer
}

// checked is a program with its types.
type checked struct {
	fset *token.FileSet
	file *ast.File
	pkg  *types.Package
	info *types.Info
}

// check type-checks a program.
func check(src string) (checked, error) {
	library.Lock()
	defer library.Unlock()
	if library.fset == nil {
		library.fset = token.NewFileSet()
		library.importer = importer.ForCompiler(library.fset, "source", nil)
	}
	c := checked{fset: library.fset, info: &types.Info{
		Types:      map[ast.Expr]types.TypeAndValue{},
		Defs:       map[*ast.Ident]types.Object{},
		Uses:       map[*ast.Ident]types.Object{},
		Implicits:  map[ast.Node]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
		Scopes:     map[ast.Node]*types.Scope{},
		Instances:  map[*ast.Ident]types.Instance{},
	}}
	var err error
	c.file, err = parser.ParseFile(c.fset, "main.go", src,
		parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return c, err
	}
	config := types.Config{Importer: library.importer, GoVersion: "go1.26"}
	c.pkg, err = config.Check("main", c.fset, []*ast.File{c.file}, c.info)
	return c, err
}

// rewritten rewrites a program that is valid.
func rewritten(t testing.TB, src string, o Options) Result {
	t.Helper()
	c, err := check(src)
	if err != nil {
		t.Fatal(err)
	}
	library.Lock()
	defer library.Unlock()
	o.Importer = library.importer
	result, err := Program(c.fset, c.file, c.pkg, c.info, src, o)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// write writes files below a folder.
func write(t testing.TB, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}
