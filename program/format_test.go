package program

import (
	"errors"
	"fmt"
	"go/scanner"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	goimports "golang.org/x/tools/imports"
	"golang.org/x/tools/txtar"
)

// suite is the fidelity suite of package runner, each program as it is and
// as somebody may write it who leaves its look to gofmt.
func suite(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("../runner/testdata/fidelity/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d archives of programs, %v", len(files), err)
	}
	programs := map[string]string{}
	for _, name := range files {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, f := range a.Files {
			key := fmt.Sprintf("%s_%d.go", strings.TrimSuffix(filepath.Base(name), ".txtar"), i)
			programs[key] = string(f.Data)
			programs["rough_"+key] = roughened(string(f.Data))
		}
	}
	return programs
}

// roughened takes indentation from code and puts spaces elsewhere.
func roughened(code string) string {
	var out []string
	for line := range strings.SplitSeq(code, "\n") {
		line = strings.TrimLeft(line, "\t")
		out = append(out, strings.Replace(line, ", ", ",", 1))
	}
	return strings.ReplaceAll(strings.Join(out, "\n"), " := ", "  :=")
}

// What Format makes of a program is what gofmt makes of it, byte for byte.
func TestFormat_asGofmt(t *testing.T) {
	t.Parallel()
	gofmt, err := exec.LookPath("gofmt")
	if err != nil {
		t.Skip("no gofmt on this machine")
	}
	dir, programs := t.TempDir(), suite(t)
	for name, code := range programs {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(code), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := exec.Command(gofmt, "-w", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for name, code := range programs {
		want, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		got, err := Format(code)
		if err != nil || got != string(want) {
			t.Errorf("%s: %v, got\n%s\nwant\n%s", name, err, got, want)
		}
	}
	t.Logf("%d programs", len(programs))
}

// Tidy gives programs back the imports that are taken from them, as goimports
// does. Where two packages have one name, both guess.
func TestTidy_asGoimports(t *testing.T) {
	t.Parallel()
	n, programs := 0, suite(t)
	for i, name := range slices.Sorted(maps.Keys(programs)) {
		code := programs[name]
		if i%5 > 0 || strings.HasPrefix(name, "rough_") || strings.Contains(code, "rand") || strings.Contains(code, "template") {
			continue
		}
		bare := withoutImports(code) + "\nvar _ = slices.Sorted[int]\n"
		want, err := goimports.Process(name, []byte(bare), nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Tidy(bare)
		if err != nil || got != string(want) {
			t.Errorf("%s: %v, got\n%s\nwant\n%s", name, err, got, want)
		}
		n++
	}
	if n == 0 {
		t.Error("no programs")
	}
	t.Logf("%d programs", n)
}

// withoutImports leaves out all imports but one that is not used.
func withoutImports(code string) string {
	var out []string
	in := false
	for line := range strings.SplitSeq(code, "\n") {
		switch {
		case strings.HasPrefix(line, "import ("):
			in = true
		case in:
			in = line != ")"
		case !strings.HasPrefix(line, "import "):
			out = append(out, line)
		}
	}
	return strings.Replace(strings.Join(out, "\n"), "package main\n", "package main\n\nimport \"html\"\n", 1)
}

func TestTidy(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ code, want string }{
		"nothing to do": {
			"package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println() }\n",
			"package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println() }\n",
		},
		"one more": {
			"package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(strings.ToUpper(\"a\")) }",
			"package main\n\nimport (\n\t\"fmt\"\n\t\"strings\"\n)\n\nfunc main() { fmt.Println(strings.ToUpper(\"a\")) }\n",
		},
		"a version's": {
			"package main\n\nimport \"math/rand/v2\"\n\nfunc main() { println(rand.N(3)) }\n",
			"package main\n\nimport \"math/rand/v2\"\n\nfunc main() { println(rand.N(3)) }\n",
		},
		"for its effect": {
			"package main\n\nimport _ \"time/tzdata\"\n\nfunc main() {}\n",
			"package main\n\nimport _ \"time/tzdata\"\n\nfunc main() {}\n",
		},
		"by another name": {
			"package main\n\nimport s \"strings\"\nimport t \"time\"\n\nfunc main() { _ = s.ToUpper }\n",
			"package main\n\nimport s \"strings\"\n\nfunc main() { _ = s.ToUpper }\n",
		},
		"somebody's": {
			"package main\n\nimport \"example.com/x\"\n\nfunc main() {}\n",
			"package main\n\nimport \"example.com/x\"\n\nfunc main() {}\n",
		},
		"a variable": {
			"package main\n\nimport \"strings\"\n\nfunc main() { var strings struct{ N int }; strings.N = 1 }\n",
			"package main\n\nfunc main() { var strings struct{ N int }; strings.N = 1 }\n",
		},
		"statements": {"x  := 1\nfmt.Println( x )", "x := 1\nfmt.Println(x)"},
		"declarations and statements": {
			"type t  int\n\nfunc (x t) f()  {}\n\n// here\nx  :=  t(1)\n\n\n\nx.f( )\n",
			"type t int\n\nfunc (x t) f() {}\n\n// here\nx := t(1)\n\nx.f()\n",
		},
		"files": {
			"package main\nfunc main()  { f() }\n-- f.go --\npackage main\nfunc f()  {}\n-- x.txt --\na  b\n",
			"package main\n\nfunc main() { f() }\n-- f.go --\npackage main\n\nfunc f() {}\n-- x.txt --\na  b\n",
		},
		"nothing": {"", ""},
	} {
		if got, err := Tidy(test.code); err != nil || got != test.want {
			t.Errorf("%s: %v, got\n%s\nwant\n%s", name, err, got, test.want)
		}
	}
}

// What does not parse says so at its line.
func TestFormat_errors(t *testing.T) {
	t.Parallel()
	for code, line := range map[string]int{
		"package main\n\nfunc main() {\n\tx := \n}\n":                                5,
		"package main\n\nfunc main() {\n":                                            3,
		"x := 1\ny := = 2\n":                                                         2,
		"func f() {}\n\nx := 1\n\ny := = 2\n":                                        5,
		"package main\nfunc main() {}\n-- f.go --\npackage main\n\nfunc f( {\n}\n":   6,
		"package main\n\nimport \"fmt\"\n\nfunc main() {\n\tfmt.Println(\"a)\n}\n\n": 6,
	} {
		_, err := Format(code)
		var list scanner.ErrorList
		if !errors.As(err, &list) || len(list) == 0 || list[0].Pos.Line != line {
			t.Errorf("%q: got %v, want an error at line %d", code, err, line)
		}
	}
}
