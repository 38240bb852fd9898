//go:build wasip1

package main

import (
	"errors"
	"go/scanner"
	"strings"

	"runnel/program"
	"runnel/render/gocode"
	"runnel/runner/timeline"
)

// blocks are the code of which a page makes a program; Test asks for its
// tests.
type blocks struct {
	Codes []string
	Test  bool
}

// program makes the program.
func (b blocks) program() *program.Program {
	if b.Test {
		return program.Test(b.Codes...)
	}
	return program.Of(b.Codes...)
}

// compose makes one program of blocks and answers {"Source": "..."}.
func compose(job string) {
	var b blocks
	read(job, &b)
	answer(struct{ Source string }{b.program().Source})
}

// colour highlights code, {"Code": "..."}: it answers a list of lines, each a
// list of a class and a text by turns.
func colour(job string) {
	var text struct{ Code string }
	read(job, &text)
	lines := [][]string{{}}
	gocode.Emit(text.Code, func(class, text string) {
		for i, part := range strings.Split(text, "\n") {
			if i > 0 {
				lines = append(lines, []string{})
			}
			if last := &lines[len(lines)-1]; part != "" {
				*last = append(*last, class, part)
			}
		}
	})
	answer(lines)
}

// format formats code, {"Code": "...", "Imports": true} where its imports are
// to be made right as well: it answers {"Code": "..."}, with
// "Marks" that say what keeps it from being parsed.
func format(job string) {
	var text struct {
		Code    string
		Imports bool
	}
	read(job, &text)
	do := program.Format
	if text.Imports {
		do = program.Tidy
	}
	var answered struct {
		Code  string
		Marks []timeline.Diagnostic
	}
	var err error
	if answered.Code, err = do(text.Code); err != nil {
		answered.Code = text.Code
		answered.Marks = marks(err)
	}
	answer(answered)
}

// marks are the errors of a parser.
func marks(err error) []timeline.Diagnostic {
	var list scanner.ErrorList
	if !errors.As(err, &list) {
		return []timeline.Diagnostic{{Line: 1, Message: err.Error()}}
	}
	var out []timeline.Diagnostic
	for _, e := range list {
		out = append(out, timeline.Diagnostic{
			Line: e.Pos.Line, Column: e.Pos.Column, Message: e.Msg,
		})
	}
	return out
}
