package rewrite

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// A linker makes one executable of many programs, since linking one takes
// longer than compiling ten. Each program is a package named prog in it, a
// name as long as main. Those that do something before main are apart.
type linker struct {
	dir, bin string
	together map[string]bool
}

// newLinker links programs.
func newLinker(t testing.TB, sources map[string]string) *linker {
	t.Helper()
	l := &linker{t.TempDir(), t.TempDir(), map[string]bool{}}
	write(t, l.dir, "go.mod", "module "+Module+"\n\ngo 1.26\n")
	files, err := Files()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		write(t, l.dir, name, text)
	}
	for name, text := range sources {
		if !startsEarly(t, text) {
			l.together[name] = true
			write(t, l.dir, "p/"+name+"/runnel.go",
				"package prog\n\nfunc RunnelMain() { main() }\n")
			text = mainClause.ReplaceAllString(text, "package prog")
		}
		write(t, l.dir, "p/"+name+"/main.go", text)
	}
	write(t, l.dir, "p/all/main.go", l.dispatcher())
	cmd := exec.Command("go", "build", "-trimpath", "-gcflags=-dwarf=false",
		"-ldflags=-w", "-o", l.bin+string(filepath.Separator), "./p/...")
	cmd.Dir = l.dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "CGO_ENABLED=0", "GOFLAGS=")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return l
}

var mainClause = regexp.MustCompile(`(?m)^package main\b`)

// startsEarly says that a program may do something before main begins.
func startsEarly(t testing.TB, src string) (early bool) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "main.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, decl := range f.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			early = early || decl.Recv == nil && decl.Name.Name == "init"
		case *ast.GenDecl:
			if decl.Tok == token.VAR {
				early = early || calls(decl)
			}
		}
	}
	return early
}

// calls says that a declaration calls a function other than those that only
// make a value.
func calls(decl ast.Node) (found bool) {
	ast.Inspect(decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW
		case *ast.CallExpr:
			var name string
			switch f := n.Fun.(type) {
			case *ast.Ident:
				name = f.Name
			case *ast.SelectorExpr:
				name = fmt.Sprint(f.X, ".", f.Sel)
			}
			found = found || !slices.Contains(harmless, name)
		}
		return true
	})
	return found
}

var harmless = []string{
	"make", "new", "errors.New", "fmt.Errorf", "regexp.MustCompile",
}

// dispatcher is the main package of the programs that are together.
func (l *linker) dispatcher() string {
	var b strings.Builder
	b.WriteString("package main\n\nimport (\n\t\"os\"\n")
	names := slices.Sorted(maps.Keys(l.together))
	for i, name := range names {
		fmt.Fprintf(&b, "\tp%d %q\n", i, Module+"/p/"+name)
	}
	b.WriteString(")\n\nfunc main() {\n\tname := os.Args[1]\n" +
		"\tos.Args = os.Args[:1]\n\tswitch name {\n")
	for i, name := range names {
		fmt.Fprintf(&b, "\tcase %q:\n\t\tp%d.RunnelMain()\n", name, i)
	}
	b.WriteString("\tdefault:\n\t\tpanic(name)\n\t}\n}\n")
	return b.String()
}

// run runs a program: its output and its exit status.
func (l *linker) run(name string) string {
	cmd := exec.Command(filepath.Join(l.bin, name))
	if l.together[name] {
		cmd = exec.Command(filepath.Join(l.bin, "all"), name)
	}
	cmd.Env = []string{"GOTRACEBACK=none", "GOMAXPROCS=1"}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		out.WriteString(err.Error())
	}
	text := signal.ReplaceAllString(out.String(), "")
	return strings.ReplaceAll(text, "prog.", "main.")
}

// signal has the address of the machine's code.
var signal = regexp.MustCompile(`(?m)^\[signal .*\n`)

// variants are ways in which a program is rewritten.
var variants = map[string]Options{
	"_events":  {Ticks: true, Events: true, Updates: true},
	"_lowered": {Ticks: true, Events: true, Lower: true},
}

// TestProgram_native compiles programs as they are and rewritten: they print
// the same.
func TestProgram_native(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles programs")
	}
	t.Parallel()
	all := programs(t)
	sources := map[string]string{}
	for name, src := range all {
		sources[name+"_original"] = src
		for variant, o := range variants {
			result := rewritten(t, src, o)
			if len(result.Unfit) > 0 {
				continue // nobody runs it
			}
			out := result.Source
			sources[name+variant] = out
			// Copies of generic code come after the last line.
			if got, want := strings.Count(out, "\n"),
				strings.Count(src, "\n"); got != want && !o.Lower || got < want {
				t.Errorf("%s%s: got %d lines, want %d",
					name, variant, got, want)
			}
		}
	}
	l := newLinker(t, sources)
	// Most of them sleep.
	room := make(chan struct{}, 8)
	var wg sync.WaitGroup
	defer wg.Wait()
	for name, src := range all {
		wg.Go(func() {
			room <- struct{}{}
			defer func() { <-room }()
			for variant := range variants {
				if sources[name+variant] != "" {
					l.compare(t, name, variant, src)
				}
			}
		})
	}
}

// unsteady is how many outputs the original has where the machine is too busy
// for what it prints of times.
const unsteady = 4

// compare wants a variant of a program to print what the original prints. A
// busy machine is late, so that some attempts are made.
func (l *linker) compare(t *testing.T, name, variant, src string) {
	first, _, _ := strings.Cut(src, "\n")
	var got, want string
	originals := map[string]bool{}
	for range 20 {
		got = promised(l.run(name+variant), first)
		want = promised(l.run(name+"_original"), first)
		if got == want {
			return
		}
		if originals[want] = true; len(originals) == unsteady {
			t.Logf("%s prints something else each time", name)
			return
		}
	}
	t.Errorf("%s%s: got\n%s\nwant\n%s", name, variant, got, want)
}

// stamp is a time of the wall clock.
var stamp = regexp.MustCompile(`\d{4}[-/]\d\d[-/]\d\d[ T][\d:.]+`)

// promised leaves out of an output what the rules in a program's first line
// say is not promised.
func promised(out, first string) string {
	if strings.Contains(first, "stamps") {
		out = stamp.ReplaceAllString(out, "STAMP")
	}
	if strings.Contains(first, "any order") {
		out = strings.Join(slices.Sorted(strings.Lines(out)), "")
	}
	return out
}
