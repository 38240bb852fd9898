package rewrite

import (
	"bytes"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
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

// build compiles programs, each in a folder of its own below a module, and
// returns the folder of the executables.
func build(t testing.TB, sources map[string]string) string {
	t.Helper()
	dir, bin := t.TempDir(), t.TempDir()
	write(t, dir, "go.mod", "module "+Module+"\n\ngo 1.26\n")
	files, err := Files()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		write(t, dir, name, text)
	}
	for name, text := range sources {
		write(t, dir, "p/"+name+"/main.go", text)
	}
	cmd := exec.Command("go", "build", "-o", bin+string(filepath.Separator),
		"./p/...")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-ldflags=-w")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return bin
}

// outcome runs an executable: its output and its exit status.
func outcome(t testing.TB, file string, env ...string) string {
	t.Helper()
	cmd := exec.Command(file)
	cmd.Env = append(env, "GOTRACEBACK=none", "GOMAXPROCS=1")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		out.WriteString(err.Error())
	}
	return signal.ReplaceAllString(out.String(), "")
}

// signal has the address of the machine's code.
var signal = regexp.MustCompile(`(?m)^\[signal .*\n`)

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
		for variant, o := range map[string]Options{
			"_events":  {Ticks: true, Events: true, Updates: true},
			"_lowered": {Ticks: true, Events: true, Lower: true},
		} {
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
	bin := build(t, sources)
	for name := range all {
		t.Run(name, func(t *testing.T) {
			run := func(variant string) string {
				return outcome(t, filepath.Join(bin, name+variant))
			}
			want := run("_original")
			if run("_original") != want {
				t.Skip("prints something else each time")
			}
			for _, variant := range []string{"_events", "_lowered"} {
				if sources[name+variant] == "" {
					continue
				}
				got := run(variant)
				// A busy machine is late.
				for again := 0; got != want && again < 5; again++ {
					want, got = run("_original"), run(variant)
				}
				if got != want {
					t.Errorf("%s: got\n%s\nwant\n%s", variant, got, want)
				}
			}
		})
	}
}
