package program

import (
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

func TestIsSuite(t *testing.T) {
	t.Parallel()
	const head = "package p\n\nimport \"testing\"\n\n"
	for code, want := range map[string]bool{
		head + "func TestX(t *testing.T) { t.Log(len(\"x\")) }":         true,
		head + "func BenchmarkX(b *testing.B) {}":                       true,
		head + "func f() int { return 1 }\nfunc FuzzX(f *testing.F) {}": true,
		head + "func TestX(t *testing.T) { t.Log(missing()) }":          false,
		head + "func Testx(t *testing.T) {}":                            false,
		head + "func TestX(t *testing.T) {}\nfunc main() {}":            false,
		"func TestX(t *testing.T) {}":                                   false,
		"package p\n\nfunc Example() {\n\t// Output: x\n}":              true,
		"package p\n\nfunc Example() {}":                                false,
	} {
		if got := IsSuite(code); got != want {
			t.Errorf("got %t, want %t of\n%s", got, want, code)
		}
	}
}

// What a chain is tested for is its last block; statements and mains of the
// blocks before do not run, and use what they use.
func TestOf_tests(t *testing.T) {
	t.Parallel()
	p := Of("import \"fmt\"\nfunc Add(a, b int) int { return a + b }\nx := Add(1, 2)\nfmt.Println(\"no\")",
		"package main\n\nfunc TestAdd(t *testing.T) {\n\tt.Error(Add(1, 2))\n}\n")
	if !p.Tests {
		t.Fatalf("no tests in\n%s", p.Source)
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "main.go", p.Source, parser.ParseComments)
	if err != nil {
		t.Fatalf("%v in\n%s", err, p.Source)
	}
	s, ok := SuiteOf(fset, file)
	if !ok || !s.Named || len(s.Tests) != 1 {
		t.Fatalf("got %+v of\n%s", s, p.Source)
	}
	at := fset.Position(s.Tests[0].Body.List[0].Pos())
	if !strings.HasSuffix(at.Filename, "/prog_test.go") || at.Line != 4 || at.Column != 2 {
		t.Errorf("the test complains at %v", at)
	}
	raw := fset.PositionFor(s.Tests[0].Body.List[0].Pos(), false)
	if got, want := p.Place(raw.Line, raw.Column), (Place{1, 4, 2}); got != want {
		t.Errorf("got place %+v, want %+v", got, want)
	}
	for _, code := range []string{p.Source, Test("func main() {}\nfunc TestX(t *testing.T) {}").Source} {
		if strings.Contains(code, "func main() {\n") {
			t.Errorf("a main was made in\n%s", code)
		}
	}
}
