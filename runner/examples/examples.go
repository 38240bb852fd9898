// Package examples makes whole programs of the examples of Go's standard
// library, to hold engines against what the library says that they print.
//
// [Gather] reads a Go installation and gives a [Gathering]: each [Example] that
// can be a program of its own, and why the others cannot. It is for tests, and
// no package but them imports it.
package examples

import (
	"bytes"
	"go/ast"
	"go/build"
	"go/doc"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// An Example is one of the standard library's own, as a whole program.
type Example struct {
	Package   string // its import path
	Name      string // as in its function's name, or "package"
	Source    string
	Output    string // what it says that it prints
	Unordered bool   // whether the lines of Output have no order
}

// ID names an example among all of the library.
func (e Example) ID() string { return e.Package + "." + e.Name }

// A Gathering is what the library has of examples that say what they print.
type Gathering struct {
	List     []Example           // by package, file and place in it
	Skipped  map[string][]string // IDs of those left out, by reason
	packages []string            // that a program can import
}

// Gather reads the examples of packages of the local Go, which are all that a
// program can import.
func Gather(packages []string) (*Gathering, error) {
	g := &Gathering{Skipped: map[string][]string{}, packages: packages}
	for _, pkg := range packages {
		dir := filepath.Join(build.Default.GOROOT, "src",
			filepath.FromSlash(pkg))
		files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			if err := g.read(pkg, file); err != nil {
				return nil, err
			}
		}
	}
	return g, nil
}

// GatherListed gathers those of the packages that a file lists, one a line.
func GatherListed(file string) (*Gathering, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return Gather(strings.Fields(string(text)))
}

// read adds the examples of a file, if it belongs to a build at all.
func (g *Gathering) read(pkg, file string) error {
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
		e := Example{
			Package: pkg, Name: x.Name, Output: x.Output,
			Unordered: x.Unordered,
		}
		if e.Name == "" {
			e.Name = "package"
		}
		if why := g.add(e, fset, f, x); why != "" {
			g.Skipped[why] = append(g.Skipped[why], e.ID())
		}
	}
	return nil
}

// add adds an example, or says why it cannot be a program of its own that
// needs no files and no network.
func (g *Gathering) add(
	e Example, fset *token.FileSet, f *ast.File, x *doc.Example,
) (why string) {
	program := x.Play
	if program == nil {
		program = wholeFile(f, "Example"+x.Name)
	}
	switch {
	case !strings.HasSuffix(f.Name.Name, "_test"):
		return "stands inside its package"
	case strings.Contains(e.Output, path.Base(e.Package)+"_test."),
		strings.Contains(e.Output, "_test.go:"):
		return "prints the name of its package or file"
	case slices.Contains(inPacific, e.ID()):
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
	e.Source = b.String()
	g.List = append(g.List, e)
	return ""
}

// inPacific are examples that print local time: Go's tests of package time
// run in that of California.
var inPacific = []string{"time.Date", "time.Parse", "time.Time_Format"}
