// Package program makes one Go program of the code blocks of a note.
//
// [Of] takes blocks of code and gives a [Program]: its source, and where each
// place of that stands in the blocks. A whole program stays as it is. Of
// fragments it makes one: statements are put into a main, declarations get
// one, the code of several blocks is put together in their order, and imports
// of the standard library are added. [Wanted] reads what a program says that
// it prints, in a comment `// Output:`.
//
// It only moves text, so that what is wrong with a block is still wrong with
// the program, and Go's own words for it have a place in the block. It knows
// no notes and no sandbox, asks no go command and reads no files.
package program

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strings"
)

// A Program is one Go program.
type Program struct {
	Source string
	// Tests says that its tests run.
	Tests bool
	// lines says of each line of Source where it is from; none where Source
	// is a block as it stands.
	lines []origin
	added []addition
}

// A Place is one in the blocks of which a program is made.
type Place struct {
	Block        int // from 0
	Line, Column int // from 1, Column in bytes
}

// An origin is where a line of the program is from.
type origin struct {
	block, line int
	// shift is how much further to the right it stands in the program.
	shift int
	// made says that no block has the line: line is the one before it.
	made bool
}

// Place says where a place of the program stands in its blocks. Of what no
// block has it is the place nearest to it; of an import that was added, where
// the package is first used.
func (p *Program) Place(line, column int) Place {
	if p.lines == nil {
		return Place{0, line, column}
	}
	if line == 1 {
		for _, a := range p.added {
			if column >= a.from && column < a.to {
				return p.Place(a.line, a.column)
			}
		}
	}
	o := p.lines[min(max(line, 1), len(p.lines))-1]
	if o.made {
		column = 1
	}
	return Place{o.block, o.line, max(column-o.shift, 1)}
}

// Of makes a program of blocks, each of which sees what those before it
// declare. Where the last one has tests and nothing else to run, the program
// is of these tests: see [Suite].
func Of(blocks ...string) *Program {
	if len(blocks) == 1 && IsSuite(blocks[0]) {
		return &Program{Source: blocks[0], Tests: true}
	}
	if len(blocks) == 1 && (IsWhole(blocks[0]) || isLibrary(blocks[0])) {
		return &Program{Source: blocks[0]}
	}
	return compose(newComposer(blocks, false))
}

// Test is [Of] where the last block is to be tested, though it may have a
// main.
func Test(blocks ...string) *Program {
	if len(blocks) == 1 && IsSuite(blocks[0]) {
		return Of(blocks...)
	}
	return compose(newComposer(blocks, true))
}

// compose makes the program, and adds what it does not import.
func compose(c *composer) *Program {
	clause := "package " + c.name + "; "
	c.compose(clause)
	missing := missingImports(c.out.String())
	head := clause
	for i, m := range missing {
		missing[i].from = len(head) + 1
		head += fmt.Sprintf("import %q; ", m.path)
		missing[i].to = len(head)
	}
	shift := len(head) - len(clause)
	for i := range missing {
		if missing[i].line == 1 {
			missing[i].column += shift
		}
	}
	c.compose(head)
	return &Program{
		Source: c.out.String(), Tests: c.has, lines: c.lines, added: missing,
	}
}

// IsWhole reports whether code is a whole program: package main with a func
// main. Code with a syntax error is one if it looks like one, so that its
// writer hears of the error.
func IsWhole(code string) bool {
	if !strings.Contains(code, "package") {
		return false
	}
	file, err := parser.ParseFile(token.NewFileSet(), "", code,
		parser.SkipObjectResolution)
	if err != nil {
		return looksWhole.MatchString(code)
	}
	return file.Name.Name == "main" && slices.ContainsFunc(file.Decls,
		func(d ast.Decl) bool {
			f, ok := d.(*ast.FuncDecl)
			return ok && f.Recv == nil && f.Name.Name == "main"
		})
}

var looksWhole = regexp.MustCompile(`(?ms)^package main\b.*^func main\(`)

// isLibrary reports whether code is of another package than main: Go says
// best why that is no program.
func isLibrary(code string) bool {
	file, err := parser.ParseFile(token.NewFileSet(), "", code,
		parser.PackageClauseOnly)
	return err == nil && file.Name.Name != "main"
}
