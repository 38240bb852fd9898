package program

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// FuzzOf makes programs of one block and of two. Whatever the blocks hold,
// each place of the program has one in them; and if each block is valid Go by
// itself the program is too, and has every token of theirs at its place.
func FuzzOf(f *testing.F) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		f.Fatal("no archives in testdata", err)
	}
	for _, name := range archives {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(a.Files[0].Data), string(a.Files[1].Data))
	}
	f.Add("x := 1; /*\n*/ func f() {} // c", "type T = struct{\n}; f()")
	f.Add("for i := 0; i < 3; i++ {}; L: for {}", "var (a, b = 1, 2); go func() {}()")
	f.Add("} func", "`\r`\rx()\r\n")
	f.Fuzz(func(t *testing.T, a, b string) {
		if strings.ContainsAny(a+b, "\ufeff\r") {
			t.Skip("is not what a block holds")
		}
		for _, blocks := range [][]string{{a}, {b}, {a, b}} {
			p := Of(blocks...)
			checkInside(t, p, blocks)
			valid := true
			for _, code := range blocks {
				valid = valid && (isStatements(code) || isDeclarations(code))
			}
			if valid {
				checkParses(t, p)
				checkPlaces(t, p, blocks)
			}
			if _, ok := Wanted(p.Source); ok && !IsWhole(p.Source) {
				t.Errorf("wants something of\n%s", p.Source)
			}
		}
	})
}

// checkInside wants every place of the program inside the blocks.
func checkInside(t *testing.T, p *Program, blocks []string) {
	for i := range strings.Count(p.Source, "\n") + 2 {
		for _, column := range []int{0, 1, 20} {
			at := p.Place(i, column)
			lines := 1 + strings.Count(blocks[at.Block], "\n")
			if p.lines != nil && (at.Line < 1 || at.Line > lines || at.Column < 1) {
				t.Errorf("%d:%d is at %+v in\n%s", i, column, at, p.Source)
			}
		}
	}
}

func isStatements(code string) bool {
	file, err := parser.ParseFile(token.NewFileSet(), "",
		"package p; func _() {"+code+"\n}", parser.SkipObjectResolution)
	return err == nil && len(file.Decls) == 1
}

func isDeclarations(code string) bool {
	_, err := parser.ParseFile(token.NewFileSet(), "", "package p; "+code,
		parser.SkipObjectResolution)
	return err == nil
}
