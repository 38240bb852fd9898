package runner

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/build"
	"go/doc"
	"go/format"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// An example is one of the standard library's own, as a whole program.
type example struct {
	pkg, name string
	source    string
	output    string
	unordered bool
}

func (e example) id() string { return e.pkg + "." + e.name }

// A gathering is what the library has of examples that say what they print.
type gathering struct {
	list     []example
	skipped  map[string][]string // names by reason
	packages []string            // that a program can import
}

// gather reads the examples of all packages that a program can import.
func gather(t testing.TB) gathering {
	t.Helper()
	text, err := os.ReadFile("../cmd/guest/symbols/packages.txt")
	if err != nil {
		t.Fatal(err)
	}
	list := strings.Fields(string(text))
	g := gathering{skipped: map[string][]string{}, packages: list}
	for _, pkg := range list {
		dir := filepath.Join(build.Default.GOROOT, "src",
			filepath.FromSlash(pkg))
		files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if err := g.read(pkg, file); err != nil {
				t.Fatal(err)
			}
		}
	}
	if len(g.list) < 500 {
		t.Fatalf("got %d examples, want some 600", len(g.list))
	}
	return g
}

// read adds the examples of a file, if it belongs to a build at all.
func (g *gathering) read(pkg, file string) error {
	if ok, err := build.Default.MatchFile(filepath.Split(file)); !ok {
		return err
	}
	src, err := os.ReadFile(file)
	if err != nil || !bytes.Contains(src, []byte("\nfunc Example")) {
		return err
	}
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, file, src, parser.ParseComments)
	if err != nil {
		return err
	}
	for _, x := range doc.Examples(f) {
		if x.Output == "" && !x.EmptyOutput {
			continue // go test does not run it, either
		}
		e := example{
			pkg: pkg, name: x.Name, output: x.Output, unordered: x.Unordered,
		}
		if e.name == "" {
			e.name = "package"
		}
		if why := g.add(e, fset, f, x); why != "" {
			g.skipped[why] = append(g.skipped[why], e.id())
		}
	}
	return nil
}

// add adds an example, or says why it cannot be a program of its own that
// needs no files and no network.
func (g *gathering) add(
	e example, fset *token.FileSet, f *ast.File, x *doc.Example,
) (why string) {
	program := x.Play
	if program == nil {
		program = wholeFile(f, "Example"+x.Name)
	}
	switch {
	case !strings.HasSuffix(f.Name.Name, "_test"):
		return "stands inside its package"
	case strings.Contains(e.output, path.Base(e.pkg)+"_test."),
		strings.Contains(e.output, "_test.go:"):
		return "prints the name of its package or file"
	case slices.Contains(inPacific, e.id()):
		return "needs the time zone of Go's own tests"
	case x.Play == nil && needsMore(f, program):
		return "needs another file of its package"
	}
	if why := g.reaches(program); why != "" {
		return why
	}
	var b bytes.Buffer
	if err := format.Node(&b, fset, program); err != nil {
		return err.Error()
	}
	e.source = b.String()
	g.list = append(g.list, e)
	return ""
}

// inPacific are examples that print local time: Go's tests of package time
// run in that of California.
var inPacific = []string{"time.Date", "time.Parse", "time.Time_Format"}

// wholeFile makes a program of a file, with one of its examples as main. It
// is for those that need more of the file than go/doc gives them.
func wholeFile(f *ast.File, name string) *ast.File {
	program := &ast.File{Package: f.Package, Name: ast.NewIdent("main")}
	for _, decl := range f.Decls {
		switch d := decl.(type) {
		case *ast.GenDecl:
			copied := *d // its imports may be dropped
			decl = &copied
		case *ast.FuncDecl:
			if d.Recv == nil && d.Name.Name == name {
				renamed := *d
				renamed.Name, renamed.Doc = ast.NewIdent("main"), nil
				decl = &renamed
			} else if d.Recv == nil && isTest(d.Name.Name) {
				continue
			}
		}
		program.Decls = append(program.Decls, decl)
	}
	dropImports(program)
	return program
}

func isTest(name string) bool {
	for _, kind := range []string{"Example", "Test", "Benchmark", "Fuzz"} {
		if strings.HasPrefix(name, kind) {
			return true
		}
	}
	return false
}

// dropImports removes the imports that a program does not use.
func dropImports(program *ast.File) {
	used := map[string]bool{}
	ast.Inspect(program, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := sel.X.(*ast.Ident); ok {
				used[x.Name] = true
			}
		}
		return true
	})
	for _, decl := range program.Decls {
		d, ok := decl.(*ast.GenDecl)
		if !ok || d.Tok != token.IMPORT {
			continue
		}
		d.Specs = slices.DeleteFunc(slices.Clone(d.Specs),
			func(spec ast.Spec) bool {
				name, _ := importName(spec.(*ast.ImportSpec))
				return !used[name]
			})
	}
}

// importName is the name by which a file knows an import, and its path.
func importName(spec *ast.ImportSpec) (name, importPath string) {
	importPath, _ = strconv.Unquote(spec.Path.Value)
	if spec.Name != nil {
		return spec.Name.Name, importPath
	}
	name = path.Base(importPath)
	if name == "v2" {
		name = path.Base(path.Dir(importPath))
	}
	return name, importPath
}

// needsMore reports whether a program made of a file uses a name that the
// file does not have.
func needsMore(f, program *ast.File) bool {
	known := map[string]bool{}
	for _, spec := range f.Imports {
		name, _ := importName(spec)
		known[name] = true
	}
	for _, decl := range program.Decls {
		for _, id := range f.Unresolved {
			if decl.Pos() <= id.Pos() && id.Pos() < decl.End() &&
				!known[id.Name] && types.Universe.Lookup(id.Name) == nil {
				return true
			}
		}
	}
	return false
}

// onFiles are functions that an example cannot call where there are no
// files; the working folder counts as one.
var onFiles = map[string]string{
	"os": "Open OpenFile Create CreateTemp MkdirTemp Mkdir MkdirAll " +
		"ReadFile WriteFile ReadDir Stat Lstat DirFS Getwd Remove " +
		"RemoveAll TempDir UserCacheDir UserConfigDir Hostname Link " +
		"Readlink Chmod Chtimes Truncate OpenRoot OpenInRoot",
	"path/filepath": "Walk WalkDir Glob Abs EvalSymlinks",
}

// reaches says what a program reaches for that the sandbox does not have.
func (g *gathering) reaches(program *ast.File) string {
	names := map[string]string{}
	for _, decl := range program.Decls {
		d, ok := decl.(*ast.GenDecl)
		if !ok || d.Tok != token.IMPORT {
			continue
		}
		for _, spec := range d.Specs {
			name, importPath := importName(spec.(*ast.ImportSpec))
			if !slices.Contains(g.packages, importPath) {
				return fmt.Sprintf("imports %s", importPath)
			}
			names[name] = importPath
		}
	}
	why := ""
	ast.Inspect(program, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := sel.X.(*ast.Ident); ok && slices.Contains(
			strings.Fields(onFiles[names[x.Name]]), sel.Sel.Name) {
			why = "works on files"
		}
		return true
	})
	return why
}
