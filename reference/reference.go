// Package reference gathers what packages of Go's standard library export,
// with its documentation, from the sources of a Go installation.
//
// [Paths] lists the packages there are, [Gather] reads one: a [Package] of
// entries, each a declaration with what its comment says. Beside what a reader wants to see, an [Entry] tells what a page needs to know that
// `r.ReadString` is a method of a bufio.Reader: the types of fields and
// results, as far as they are named.
//
// It reads what Go compiles for Linux on amd64, as pkg.go.dev does, so that
// all machines gather the same. It refuses packages that no program can
// import, and knows nothing but files.
package reference

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/doc"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// Builtin is the path of what Go declares itself.
const Builtin = "builtin"

// A Package is one of the standard library.
type Package struct {
	Path     string
	Name     string
	Synopsis string // the first sentence of its comment
	Doc      string // the comment, as HTML
	Entries  []Entry
}

// An Entry is a declaration of a package.
type Entry struct {
	Kind  string   // "func", "method", "type", "const" or "var"
	Names []string // several of constants and variables that stand together
	// Of is the type that it belongs to: of a method its receiver, of others
	// the type that they are a value of, or make.
	Of   string `json:",omitempty"`
	Decl string // without its comment
	Doc  string `json:",omitempty"` // as HTML
	// Gives are the types of a function's results, or that of variables and
	// constants: a path, a dot and a name, of what a pointer points to; ""
	// for all others.
	Gives []string `json:",omitempty"`
	// Fields are the exported fields of a struct, and the methods of an
	// interface, each with what it gives.
	Fields map[string]string `json:",omitempty"`
	// Embeds are types whose fields and methods are those of this one, too;
	// of an alias the type that it stands for.
	Embeds []string `json:",omitempty"`
}

// Paths lists the packages that a program could import, sorted, and Builtin.
func Paths(goroot string) ([]string, error) {
	var paths []string
	src := os.DirFS(filepath.Join(goroot, "src"))
	err := fs.WalkDir(src, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() || name == "." {
			return err
		}
		switch base := path.Base(name); {
		case slices.Contains([]string{"cmd", "vendor", "syscall", "unsafe"}, name):
			return fs.SkipDir
		case base == "internal", base == "testdata", base[0] == '.', base[0] == '_':
			return fs.SkipDir
		}
		if listed, err := pkgContext().ImportDir(filepath.Join(goroot, "src", name), 0); err == nil && listed.Name != "main" {
			paths = append(paths, name)
		}
		return nil
	})
	return paths, err
}

// pkgContext is what packages are read for.
func pkgContext() *build.Context {
	context := build.Default
	context.GOOS, context.GOARCH, context.CgoEnabled = "linux", "amd64", false
	return &context
}

// Gather reads a package.
func Gather(goroot, path string) (*Package, error) {
	g := &gatherer{path: path, fset: token.NewFileSet()}
	files, err := g.parse(filepath.Join(goroot, "src", filepath.FromSlash(path)))
	if err != nil {
		return nil, fmt.Errorf("read the package %q: %w", path, err)
	}
	g.imports = importsOf(files)
	mode := doc.Mode(0)
	if path == Builtin {
		mode = doc.AllDecls
	}
	if g.doc, err = doc.NewFromFiles(g.fset, files, path, mode); err != nil {
		return nil, fmt.Errorf("read the documentation of %q: %w", path, err)
	}
	g.printer = g.doc.Printer()
	g.printer.HeadingLevel = 3
	g.printer.HeadingID = func(*comment.Heading) string { return "" }
	g.printer.DocLinkURL = g.link
	p := &Package{
		Path: path, Name: g.doc.Name, Synopsis: synopsis(g.doc), Doc: g.html(g.doc.Doc),
	}
	g.gather()
	p.Entries = g.entries
	return p, nil
}

// gatherer is a package that is being read.
type gatherer struct {
	path    string
	fset    *token.FileSet
	imports map[string]string // paths by names
	doc     *doc.Package
	printer *comment.Printer
	entries []Entry
}

// parse parses the files of a package's folder.
func (g *gatherer) parse(dir string) ([]*ast.File, error) {
	listed, err := pkgContext().ImportDir(dir, 0)
	if err != nil {
		return nil, err
	}
	var files []*ast.File
	for _, name := range listed.GoFiles {
		file, err := parser.ParseFile(g.fset, filepath.Join(dir, name), nil, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return files, nil
}

// synopsis is the first sentence of a package's comment without the words that
// all of them begin with.
func synopsis(p *doc.Package) string {
	text := p.Synopsis(p.Doc)
	text = strings.TrimPrefix(text, "Package "+p.Name+" ")
	for _, verb := range []string{"implements ", "provides ", "defines "} {
		text = strings.TrimPrefix(text, verb)
	}
	return strings.TrimSuffix(text, ".")
}

// gather makes the entries, in the order of pkg.go.dev.
func (g *gatherer) gather() {
	g.values("const", "", g.doc.Consts)
	g.values("var", "", g.doc.Vars)
	g.funcs("func", "", g.doc.Funcs)
	for _, t := range g.doc.Types {
		g.named(t)
		g.values("const", t.Name, t.Consts)
		g.values("var", t.Name, t.Vars)
		g.funcs("func", t.Name, t.Funcs)
		g.funcs("method", t.Name, t.Methods)
	}
}

func (g *gatherer) values(kind, of string, list []*doc.Value) {
	for _, v := range list {
		e := Entry{Kind: kind, Of: of, Names: g.exported(v.Names), Decl: g.declaration(v.Decl), Doc: g.html(v.Doc)}
		if len(e.Names) == 0 {
			continue
		}
		if gives := g.valueType(v.Decl); gives != "" {
			e.Gives = []string{gives}
		} else if of != "" {
			e.Gives = []string{g.path + "." + of}
		}
		g.entries = append(g.entries, e)
	}
}

// exported leaves out what cannot be named.
func (g *gatherer) exported(names []string) (list []string) {
	for _, name := range names {
		if g.visible(name) {
			list = append(list, name)
		}
	}
	return list
}

func (g *gatherer) visible(name string) bool {
	return ast.IsExported(name) || g.path == Builtin
}

func (g *gatherer) funcs(kind, of string, list []*doc.Func) {
	for _, f := range list {
		if !g.visible(f.Name) {
			continue
		}
		g.entries = append(g.entries, Entry{Kind: kind, Of: of, Names: []string{f.Name},
			Decl: g.declaration(f.Decl), Doc: g.html(f.Doc), Gives: g.results(f.Decl)})
	}
}

func (g *gatherer) named(t *doc.Type) {
	e := Entry{Kind: "type", Names: []string{t.Name}, Decl: g.declaration(t.Decl), Doc: g.html(t.Doc)}
	for _, spec := range t.Decl.Specs {
		if spec := spec.(*ast.TypeSpec); spec.Name.Name == t.Name {
			e.Fields, e.Embeds = g.fields(spec)
		}
	}
	g.entries = append(g.entries, e)
}
