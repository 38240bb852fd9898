package program

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Suite is what `go test` runs of a program: its tests, benchmarks, fuzz
// targets and examples, each kind in the order of the program.
//
// As for the go command, tests are those of files named x_test.go, as the
// program's line directives say. Where no file is named so, a program without
// main is one of tests.
type Suite struct {
	Tests, Benchmarks, Fuzz []*ast.FuncDecl
	Examples                []Example
	Main                    *ast.FuncDecl // TestMain, if there is one
	// Named says that tests stand in files named x_test.go.
	Named  bool
	Faults []Fault
}

// An Example is one that says what it prints: others do not run.
type Example struct {
	*ast.FuncDecl
	Output    string
	Unordered bool
}

// A Fault is what the go command has against a test.
type Fault struct {
	Pos     token.Pos
	Message string
}

// testFile is the ending of files with tests.
const testFile = "_test.go"

// SuiteOf finds what `go test` runs of a program, which was parsed with its
// comments. It is not ok where that is nothing, or where the program has a
// main to run.
func SuiteOf(fset *token.FileSet, file *ast.File) (s Suite, ok bool) {
	named := func(f *ast.FuncDecl) bool {
		return strings.HasSuffix(fset.Position(f.Name.Pos()).Filename, testFile)
	}
	var functions []*ast.FuncDecl
	main := false
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil {
			functions = append(functions, f)
			s.Named = s.Named || named(f)
			main = main || f.Name.Name == "main"
		}
	}
	if main && !s.Named {
		return Suite{}, false
	}
	for _, f := range functions {
		if !s.Named || named(f) {
			s.add(file, f)
		}
	}
	return s, len(s.Tests)+len(s.Benchmarks)+len(s.Fuzz)+len(s.Examples)+
		len(s.Faults) > 0
}

// add adds a function, if it is for `go test`. See cmd/go/internal/load,
// test.go.
func (s *Suite) add(file *ast.File, f *ast.FuncDecl) {
	name := f.Name.Name
	check := func(list *[]*ast.FuncDecl, arg string) {
		if !takes(f, arg) || f.Type.TypeParams.NumFields() > 0 {
			s.Faults = append(s.Faults, Fault{f.Pos(), fmt.Sprintf(
				"wrong signature for %s, must be: func %s(%s *testing.%s)",
				name, name, strings.ToLower(arg), arg)})
		}
		*list = append(*list, f)
	}
	switch {
	case name == "TestMain" && !takes(f, "T"):
		var one []*ast.FuncDecl
		check(&one, "M")
		s.Main = one[0]
	case isFor(name, "Test"):
		check(&s.Tests, "T")
	case isFor(name, "Benchmark"):
		check(&s.Benchmarks, "B")
	case isFor(name, "Fuzz"):
		check(&s.Fuzz, "F")
	case isFor(name, "Example") && f.Body != nil &&
		f.Type.Params.NumFields() == 0 && f.Type.Results.NumFields() == 0:
		if output, unordered, ok := outputOf(file, f); ok {
			s.Examples = append(s.Examples, Example{f, output, unordered})
		}
	}
}

// isFor says that a name is made of a prefix and a word that does not begin
// with a small letter.
func isFor(name, prefix string) bool {
	rest, ok := strings.CutPrefix(name, prefix)
	if !ok || rest == "" {
		return ok
	}
	first, _ := utf8.DecodeRuneInString(rest)
	return !unicode.IsLower(first)
}

// takes says that a function takes nothing but a pointer to a type of package
// testing, as far as its text shows.
func takes(f *ast.FuncDecl, arg string) bool {
	params := f.Type.Params.List
	if f.Type.Results.NumFields() > 0 || len(params) != 1 ||
		len(params[0].Names) > 1 {
		return false
	}
	p, ok := params[0].Type.(*ast.StarExpr)
	if !ok {
		return false
	}
	switch t := p.X.(type) {
	case *ast.Ident:
		return t.Name == arg
	case *ast.SelectorExpr:
		return t.Sel.Name == arg
	}
	return false
}

// outputOf is what an example says that it prints, as go/doc reads it.
func outputOf(file *ast.File, f *ast.FuncDecl) (
	output string, unordered, ok bool,
) {
	comment := lastIn(file, f.Body)
	if comment == nil {
		return "", false, false
	}
	text := comment.Text()
	match := outputPrefix.FindStringSubmatchIndex(text)
	if match == nil {
		return "", false, false
	}
	text = strings.TrimLeft(text[match[1]:], " ")
	return strings.TrimPrefix(text, "\n"), match[2] >= 0, true
}

// Runner is the text of a package main that has package harness run a suite.
// tested is the import path of the program. line gives the line of a
// function, for the events of its goroutine; it is nil where the program has
// none.
func (s *Suite) Runner(
	tested, harness string, line func(token.Pos) int,
) string {
	observed := func(f *ast.FuncDecl) string {
		if line == nil {
			return "prog." + f.Name.Name
		}
		return fmt.Sprintf("harness.Observed(%d, %q, prog.%[2]s)",
			line(f.Pos()), f.Name.Name)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `package main

import (
	"internal/testlog"
	"testing"

	harness %q
	prog %q
)

var _ testing.InternalTest

func main() {
	var s harness.Suite
	s.PanicOnExit0 = testlog.SetPanicOnExit0
	s.Watched = %t
`, harness, tested, line != nil)
	if s.Main != nil {
		fmt.Fprintf(&b, "\ts.Main = prog.%s\n", s.Main.Name.Name)
	}
	for kind, list := range [][]*ast.FuncDecl{s.Tests, s.Fuzz} {
		field, of := "Tests", "Test"
		if kind == 1 {
			field, of = "Fuzz", "FuzzTarget"
		}
		for _, f := range list {
			fmt.Fprintf(&b,
				"\ts.%s = append(s.%s, testing.Internal%s{%q, %s})\n",
				field, field, of, f.Name.Name, observed(f))
		}
	}
	for _, f := range s.Benchmarks {
		fmt.Fprintf(&b, "\ts.Benchmarks = append(s.Benchmarks, "+
			"testing.InternalBenchmark{%q, prog.%[1]s})\n", f.Name.Name)
	}
	for _, e := range s.Examples {
		fmt.Fprintf(&b, "\ts.Examples = append(s.Examples, "+
			"testing.InternalExample{%q, prog.%[1]s, %q, %t})\n",
			e.Name.Name, e.Output, e.Unordered)
	}
	b.WriteString("\ts.Run()\n}\n")
	return b.String()
}

// IsSuite reports whether code is a whole program of tests: one file with
// tests and no main, and with all that these need.
func IsSuite(code string) bool {
	if !strings.Contains(code, "package") {
		return false
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", code, parser.ParseComments)
	if err != nil {
		return false
	}
	if _, ok := SuiteOf(fset, file); !ok {
		return false
	}
	known := map[string]bool{}
	for _, spec := range file.Imports {
		imported, _ := strconv.Unquote(spec.Path.Value)
		switch {
		case spec.Name == nil:
			known[packageName(imported)] = true
		case spec.Name.Name == ".":
			return true // who knows
		default:
			known[spec.Name.Name] = true
		}
	}
	for _, name := range file.Unresolved {
		if !known[name.Name] && types.Universe.Lookup(name.Name) == nil {
			return false
		}
	}
	return true
}

// HasTests reports whether a file has tests.
func HasTests(code string) bool {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, testName, code,
		parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return false
	}
	_, ok := SuiteOf(fset, file)
	return ok
}

// hasTests reports whether code, whole or a fragment, declares functions for
// `go test`.
func hasTests(code string, pieces []piece) bool {
	for _, p := range pieces {
		if p.kind != function {
			continue
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, "",
			"package p;"+code[p.from:p.to], parser.ParseComments)
		if err != nil {
			continue
		}
		if s, ok := SuiteOf(fset, file); ok || s.Main != nil {
			return true
		}
	}
	return false
}

// directive says, for the compiler, at which line of which file what follows
// stands, as a test's report names it. Folders say by how many lines that is
// before the program's own: package timeline, which reads stacks, adds them.
func directive(file string, line, column, ahead int) string {
	return fmt.Sprintf("/*line %s:%d:%d*/",
		path.Join("/", strconv.Itoa(ahead), file), line, column)
}

// TestDirective begins the text of a program of tests that names no files.
func TestDirective() string { return directive(testName, 1, 1, 0) }

// The files that blocks are called after.
const (
	plainName = "prog.go"
	testName  = "prog_test.go"
)
