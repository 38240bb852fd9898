// Package check type-checks a program before it runs, in Go's own words.
//
// A [Checker] has the export data of the packages a program may import. Its
// Check parses one file of package main, or of tests, and returns a [Verdict]: the program
// is fine, or it is not valid Go, or it imports what the sandbox refuses.
// The interpreter accepts much that is not Go, so a program that fails here
// never reaches it.
package check

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"

	"runnel/program"
	"runnel/runner/timeline"
)

// maxDiagnostics is how many complaints the Go compiler makes at most.
const maxDiagnostics = 10

// A Checker checks programs. It may be used again, not by two goroutines at
// once.
type Checker struct {
	// Open opens the export data of a package, as the Go compiler wrote it.
	Open func(path string) (io.ReadCloser, error) // required
	// Has says whether a program may import the package.
	Has func(path string) bool // required
}

// Verdict is what a check found.
type Verdict struct {
	// Kind is timeline.OK, Compile or Refused.
	Kind timeline.Kind
	// Message says why the program is refused.
	Message     string
	Diagnostics []timeline.Diagnostic
	// Vet is what a look for probable mistakes found, where there was one.
	Vet []timeline.Diagnostic

	// Packages are what the program imports, and what that speaks of in its
	// interfaces, and so on: import paths, in no order.
	Packages []string

	// Program is the program with its types, for OK.
	Program Program
}

// Program is a checked program.
type Program struct {
	Fset *token.FileSet
	File *ast.File
	Pkg  *types.Package
	// Importer is what its imports come from.
	Importer types.Importer
	// Info has Types, Defs, Uses, Implicits, Selections, Instances and
	// Scopes.
	Info *types.Info
	// Suite is what of the program `go test` runs, nil where that has a main
	// to run.
	Suite *program.Suite
}

// Check checks one file: of package main, or of a package with tests.
func (c *Checker) Check(source string) Verdict {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "main.go", source,
		parser.SkipObjectResolution|parser.ParseComments)
	if err != nil {
		return Verdict{
			Kind:        timeline.Compile,
			Diagnostics: syntaxDiagnostics(source, err),
		}
	}
	if v, refused := c.refuse(fset, file); refused {
		return v
	}
	p := Program{Fset: fset, File: file, Info: newInfo()}
	list := c.typeCheck(&p)
	suite, tested := program.SuiteOf(fset, file)
	if tested {
		p.Suite = &suite
		for _, f := range suite.Faults {
			list = append(list, at(fset, f.Pos, f.Message))
		}
	} else {
		list = append(list, mainDiagnostics(fset, file)...)
	}
	if len(list) > 0 {
		return Verdict{Kind: timeline.Compile, Diagnostics: firstOf(list)}
	}
	return Verdict{
		Kind: timeline.OK, Packages: packagesOf(p.Pkg), Program: p,
	}
}

// newInfo makes room for all that Program promises.
func newInfo() *types.Info {
	return &types.Info{
		Types:      map[ast.Expr]types.TypeAndValue{},
		Defs:       map[*ast.Ident]types.Object{},
		Uses:       map[*ast.Ident]types.Object{},
		Implicits:  map[ast.Node]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
		Instances:  map[*ast.Ident]types.Instance{},
		Scopes:     map[ast.Node]*types.Scope{},
	}
}

// typeCheck fills in the types and returns what go/types has against the
// file.
func (c *Checker) typeCheck(p *Program) []timeline.Diagnostic {
	var list collector
	p.Importer = importer.ForCompiler(p.Fset, "gc", c.Open)
	config := types.Config{
		GoVersion: "go1.26",
		Importer:  p.Importer,
		Sizes:     types.SizesFor("gc", "amd64"),
		Error:     list.add,
	}
	// The error is the first one of the list.
	p.Pkg, _ = config.Check("main", p.Fset, []*ast.File{p.File}, p.Info)
	return list.diagnostics
}

// mainDiagnostics says what keeps a valid file from being a program.
func mainDiagnostics(
	fset *token.FileSet, file *ast.File,
) []timeline.Diagnostic {
	message := "function main is undeclared in the main package"
	if file.Name.Name != "main" {
		message = "package " + file.Name.Name + " is not a main package"
	} else {
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if ok && f.Recv == nil && f.Name.Name == "main" {
				return nil
			}
		}
	}
	return []timeline.Diagnostic{at(fset, file.Package, message)}
}

// at places a message.
func at(
	fset *token.FileSet, pos token.Pos, message string,
) timeline.Diagnostic {
	p := fset.PositionFor(pos, false)
	return timeline.Diagnostic{
		Line: p.Line, Column: p.Column, Message: message,
	}
}
