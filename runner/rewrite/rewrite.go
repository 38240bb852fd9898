// Package rewrite makes a program countable, observable and fit for the
// interpreter, without moving a line.
//
// [Program] takes one type-checked file of package main and inserts text:
// ticks, which count the program's steps and let others run; events, which
// tell what its goroutines do; and, for yaegi alone, other words for what it
// gets wrong. The calls go to package observe. The rewritten program does
// what the original does, step by step and in the same order.
//
// What of a lowered program yaegi would still refuse or get wrong, it names:
// see [Reason]. For that it looks at types, never at what runs.
//
// The package is compiled into the guest: it imports the standard library
// alone.
package rewrite

import (
	"embed"
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"
)

// Options choose what is inserted. The zero value inserts nothing.
type Options struct {
	// Ticks counts a step at each head of a loop, each goto and the start of
	// each function, so that a program without end has one.
	Ticks bool
	// Events tells the host of goroutines and of what they wait for.
	Events bool
	// Tests says that package harness stands beside the program, so that
	// events tell of tests, too.
	Tests bool
	// Updates lets others run between the reading and the writing of what
	// goroutines may share.
	Updates bool
	// Lower says otherwise what yaegi gets wrong.
	Lower bool
	// Importer is the one of the check, for programs that are lowered. Without
	// it they cannot use what they do not import.
	Importer types.Importer
}

// Result is a rewritten program.
type Result struct {
	// Source has the lines of the original.
	Source string
	// Files are what a compiled program needs beside Source: file names with
	// slashes, relative to the root of a module named [Module].
	Files map[string]string
	// Packages are what a lowered program imports: import paths, without
	// that of package observe.
	Packages []string
	// Unfit says what of a lowered program yaegi would still refuse or get
	// wrong, in the order of its lines.
	Unfit []Reason
}

// Module is the name of the module that a compiled program has to be in, and
// ObservePath the package that a rewritten program imports.
const (
	Module      = "runnel.internal"
	ObservePath = Module + "/observe"
	// TestedPath is the import path of a program of tests, which a runner of
	// its tests imports, as the go command has it for files without a module;
	// HarnessPath is what both use of ours.
	TestedPath  = "command-line-arguments"
	HarnessPath = Module + "/harness"
)

//go:embed observe/*.go
var observeFiles embed.FS

// Program rewrites a program. The file was parsed with its comments from
// src, and info has Types, Defs, Uses, Implicits, Selections, Instances and
// Scopes of a check without errors.
func Program(
	fset *token.FileSet, file *ast.File, pkg *types.Package,
	info *types.Info, src string, o Options,
) (Result, error) {
	p := program{fset: fset, file: file, pkg: pkg, info: info, src: src}
	p.first = &original{file: fset.File(file.FileStart), src: src}
	if p.first.file == nil || p.first.file.Size() != len(src) {
		return Result{}, errors.New("rewrite: source is not the file's")
	}
	if n := len(file.Decls); n > 0 {
		p.first.end = p.first.file.Offset(file.Decls[n-1].End())
	}
	p.first.named = p.rewriter(o).nameClosures(file)
	var result Result
	if o.Lower {
		p.importer = importerOf(pkg, o.Importer)
		if err := p.lower(); err != nil {
			return Result{}, fmt.Errorf("rewrite: %w", err)
		}
		result.Packages = p.packages()
		result.Unfit = p.unfit()
	}
	r := p.rewriter(o)
	r.observe = r.fresh("runnel")
	r.steps = r.fresh("steps")
	r.walk(p.file, r.visit)
	r.head(p.file)
	var err error
	if result.Source, _, err = r.apply(p.src); err != nil {
		return Result{}, fmt.Errorf("rewrite: %w", err)
	}
	result.Files, err = Files()
	return result, err
}

// packages are those that the program imports.
func (p *program) packages() []string {
	var paths []string
	for _, imported := range p.pkg.Imports() {
		paths = append(paths, imported.Path())
	}
	return paths
}

// rewriter makes one that changes the program.
func (p *program) rewriter(o Options) *rewriter {
	return &rewriter{
		program: p, file: p.fset.File(p.file.FileStart),
		options: o, names: namesOf(p.file), kept: map[string]bool{},
	}
}

// Files are the sources of package observe, as in [Result].
func Files() (map[string]string, error) {
	entries, err := observeFiles.ReadDir("observe")
	if err != nil {
		return nil, err
	}
	files := map[string]string{}
	for _, entry := range entries {
		name := "observe/" + entry.Name()
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := observeFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		files[name] = string(text)
	}
	return files, nil
}

// rewriter is one program on its way.
type rewriter struct {
	*program
	edits
	file    *token.File
	options Options

	names   map[string]bool // all that stand in the program
	observe string          // the name of package observe
	harness string          // that of package harness, "" if it is not called
	steps   string          // the variable that counts down
	imports []string        // of packages whose types are written
	aliases map[string]string
	parents []ast.Node        // of the node that is visited, outermost first
	after   [][]func()        // what to do when each of them is done
	sites   int               // select statements so far
	helpers map[string]string // functions at the end, by their text
	tail    string            // those functions
	kept    map[string]bool   // functions in unused variables at the end

	again bool // the pass leaves something to do

	// What the core of the lowering knows.
	set        map[types.Object]places
	errors     []types.Type        // the program's own
	folded     map[ast.Node]bool   // declarations of constants that go
	foldedText map[ast.Expr]string // constants written out
}

// walk visits the whole file, without what is in a node that the function
// does not want to look into.
func (r *rewriter) walk(file *ast.File, visit func(ast.Node) bool) {
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil {
			r.leave()
			return true
		}
		if decl, ok := n.(*ast.GenDecl); ok && decl.Tok == token.IMPORT {
			return false
		}
		r.parents = append(r.parents, n)
		r.after = append(r.after, nil)
		if !visit(n) {
			r.leave()
			return false
		}
		return true
	})
}

// leave is done with the node that is visited.
func (r *rewriter) leave() {
	last := len(r.parents) - 1
	for _, f := range r.after[last] {
		f()
	}
	r.parents, r.after = r.parents[:last], r.after[:last]
}

// later does something when the node that is visited is done with all that
// is in it.
func (r *rewriter) later(f func()) {
	last := len(r.after) - 1
	r.after[last] = append(r.after[last], f)
}

// parent is the node around the visited one, without parentheses; nil if
// there is none.
func (r *rewriter) parent() ast.Node {
	for i := len(r.parents) - 2; i >= 0; i-- {
		if _, ok := r.parents[i].(*ast.ParenExpr); !ok {
			return r.parents[i]
		}
	}
	return nil
}

// visit inserts what a node needs. The order matters where two texts go to
// the same place.
func (r *rewriter) visit(n ast.Node) bool {
	if r.options.Events {
		r.watch(n)
	}
	if r.options.Updates {
		r.update(n)
	}
	if r.options.Ticks {
		r.tick(n)
	}
	if r.options.Lower {
		r.lowerLast(n)
	}
	return true
}

// watch inserts the events of a node.
func (r *rewriter) watch(n ast.Node) {
	switch n := n.(type) {
	case *ast.FuncDecl:
		r.mainFunction(n)
	case *ast.GoStmt:
		r.goStatement(n)
	case *ast.SendStmt:
		r.sendStatement(n)
	case *ast.UnaryExpr:
		if n.Op == token.ARROW {
			r.receive(n)
		}
	case *ast.RangeStmt:
		r.rangeOverChannel(n)
	case *ast.SelectStmt:
		r.selectStatement(n)
	case *ast.CallExpr:
		r.call(n)
	}
}

// head adds the imports and the counter. They go on the lines of the package
// clause and of the last import.
func (r *rewriter) head(file *ast.File) {
	imports, counter := "", ""
	if r.observe != "" &&
		(r.options.Events || r.options.Ticks || r.options.Updates || r.options.Lower) {
		imports = "; import " + r.observe + " " + strconv.Quote(ObservePath)
		counter = fmt.Sprintf("; var %s = %s.Start(%t)",
			r.steps, r.observe, r.options.Events)
	}
	for _, spec := range r.imports {
		imports += "; import " + spec
	}
	if n := len(file.Decls); n > 0 {
		r.close(file.Decls[n-1].End(), r.tail)
	}
	last := file.Name.End()
	for _, decl := range file.Decls {
		if d, ok := decl.(*ast.GenDecl); ok && d.Tok == token.IMPORT {
			last = d.End()
		}
	}
	if last == file.Name.End() {
		r.close(last, imports+counter)
		return
	}
	r.close(file.Name.End(), imports)
	r.close(last, counter)
}

// text is what the source has from one position to another.
func (r *rewriter) text(from, to token.Pos) string {
	return r.src[r.file.Offset(from):r.file.Offset(to)]
}
