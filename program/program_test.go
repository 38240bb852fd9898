package program

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestOf makes a program of the files "block" of each archive and compares it
// with the file "program". Where it is one file of Go it must parse.
func TestOf(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives in testdata", err)
	}
	for _, name := range archives {
		t.Run(filepath.Base(name), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var blocks []string
			for i, f := range a.Files {
				if f.Name == "block" {
					blocks = append(blocks, string(f.Data))
					continue
				}
				p := Of(blocks...)
				checkPlaces(t, p, blocks)
				checkParses(t, p)
				if p.Source == string(f.Data) {
					continue
				}
				if !*update {
					t.Errorf("got\n%s\nwant\n%s", p.Source, f.Data)
				}
				a.Files[i].Data = []byte(p.Source)
			}
			if *update {
				if err := os.WriteFile(name, txtar.Format(a), 0o666); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func checkParses(t *testing.T, p *Program) {
	t.Helper()
	_, err := parser.ParseFile(token.NewFileSet(), "", p.Source,
		parser.SkipObjectResolution)
	if err != nil {
		t.Errorf("%v in\n%s", err, p.Source)
	}
}

// checkPlaces wants every token of the blocks in the program, once, at a place
// that the program says is the token's own.
func checkPlaces(t *testing.T, p *Program, blocks []string) {
	t.Helper()
	found := map[Place]int{}
	tokens, _ := lex(p.Source)
	for _, l := range tokens {
		line, column := position(p.Source, l.from)
		if p.lines != nil && (p.lines[line-1].made || column <= p.lines[line-1].shift) {
			continue
		}
		at := p.Place(line, column)
		if l.text != "\n" && strings.HasPrefix(rest(blocks, at), spelling(l)) {
			found[at]++
		}
	}
	for i, code := range blocks {
		for _, piece := range cut(i, code) {
			if p.lines != nil && (piece.kind == clause ||
				piece.kind == imports || piece.main) {
				continue
			}
			for _, l := range piece.tokens {
				line, column := position(code, l.from)
				at := Place{i, line, column}
				if l.text != "\n" && l.from < l.to && found[at] != 1 {
					t.Errorf("%q of %+v is %d times in\n%s",
						spelling(l), at, found[at], p.Source)
				}
			}
		}
	}
}

// spelling is how a token is written.
func spelling(l lexeme) string {
	if l.text == "" {
		return l.tok.String()
	}
	return l.text
}

// position is the line and column of an offset.
func position(text string, offset int) (line, column int) {
	before := text[:offset]
	return 1 + strings.Count(before, "\n"),
		offset - strings.LastIndexByte(before, '\n')
}

// rest is what stands at a place of the blocks, "" if the place is not there.
func rest(blocks []string, at Place) string {
	lines := strings.SplitAfter(blocks[at.Block], "\n")
	if at.Line > len(lines) || at.Column > len(lines[at.Line-1]) {
		return ""
	}
	return strings.Join(lines[at.Line-1:], "")[at.Column-1:]
}
