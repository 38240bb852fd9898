package site

import (
	"slices"
	"strings"

	"runnel/program"
	"runnel/render/outcome"
	"runnel/runner"
	"runnel/runner/timeline"
	"runnel/vault"
)

// A task is a block that runs: the program that it is the end of.
type task struct {
	*vault.Snippet
	chain   []*vault.Snippet // what the program is made of, Snippet last
	program *program.Program
}

// newTask makes a program of a block and of those before it.
func newTask(s *vault.Snippet) *task {
	t := &task{Snippet: s, chain: s.Chain()}
	if len(s.Sources) > 0 {
		t.program = &program.Program{Source: s.Code, Tests: hasTests(s)}
		return t
	}
	var codes []string
	for _, before := range t.chain {
		codes = append(codes, before.Code)
	}
	if s.Options.Test {
		t.program = program.Test(codes...)
	} else {
		t.program = program.Of(codes...)
	}
	return t
}

// runs reports whether a block runs: it is a whole program, or one of tests,
// or says `run` or `test`, and does not say `norun`. One that lacks the block before it cannot.
func runs(s *vault.Snippet) bool {
	o := s.Options
	return !o.NoRun && !s.Broken && (o.Run || isWhole(s))
}

// hasTests reports whether one of a block's files is named x_test.go and has
// tests.
func hasTests(s *vault.Snippet) bool {
	return slices.ContainsFunc(s.Sources, func(f vault.Source) bool {
		return strings.HasSuffix(f.Name, "_test.go") && program.HasTests(f.Code)
	})
}

// isWhole reports whether a block has a func main of package main, or tests
// and all that they need.
func isWhole(s *vault.Snippet) bool {
	if len(s.Sources) == 0 {
		return program.IsWhole(s.Code) || program.IsSuite(s.Code)
	}
	return hasTests(s) || slices.ContainsFunc(s.Sources, func(f vault.Source) bool {
		return program.IsWhole(f.Code)
	})
}

// input is what the runner gets; engine is for a block that names none.
func (t *task) input(engine runner.Engine) (runner.Program, error) {
	o := t.Options
	if o.Engine != "" {
		chosen, err := runner.ParseEngine(o.Engine)
		if err != nil {
			return runner.Program{}, err
		}
		engine = chosen
	}
	return runner.Program{
		Source: t.program.Source, Args: o.Args, Stdin: o.Stdin,
		Timeout: o.Timeout, Engine: engine, Orders: otherOrders,
	}, nil
}

// otherOrders is how many other orders of its goroutines a program is tried
// in.
const otherOrders = 15

// place says where a place of the program stands: in which block, and where
// there.
func (t *task) place(line, column int) (s *vault.Snippet, blockLine, blockColumn int) {
	at := t.program.Place(line, column)
	return t.chain[at.Block], at.Line, at.Column
}

// local is a recording with the lines of the block itself, as its page shows
// them.
func (t *task) local(rec timeline.Recording) *timeline.Recording {
	chain := outcome.Chain{
		Place: func(line, column int) (int, int, int) {
			at := t.program.Place(line, column)
			return at.Block, at.Line, at.Column
		},
	}
	for _, s := range t.chain {
		chain.Names = append(chain.Names, s.Options.Name)
	}
	rec = chain.Local(rec)
	if t.Options.Timeline == vault.Hidden {
		rec.Events, rec.Truncated = nil, false
	}
	return &rec
}

// problem is one at a place of the program; without a column where that is 0.
func (t *task) problem(line, column int, message string) vault.Problem {
	s, blockLine, blockColumn := t.place(max(line, 1), max(column, 1))
	p := vault.Problem{Path: s.Note.Path, Message: message}
	p.Line, p.Column = s.Position(blockLine, blockColumn)
	if column == 0 {
		p.Column = 0
	}
	return p
}
