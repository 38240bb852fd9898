package site

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strings"
	"sync"

	"runnel/render"
	"runnel/render/outcome"
	"runnel/runner"
	"runnel/runner/timeline"
	"runnel/vault"
)

// programs runs the Go programs of a vault and keeps what came of them.
type programs struct {
	results map[*vault.Snippet]runner.Result
	cached  int
	notice  string // that programs could not be run by Go
}

// runPrograms runs every program of the vault, several at a time. An error is
// our own; what is wrong with a program is in its result.
func runPrograms(ctx context.Context, run *runner.Runner, engine runner.Engine, v *vault.Vault, told func(done, total int)) (*programs, error) {
	var todo []*vault.Snippet
	for _, n := range v.Notes {
		for _, s := range n.Snippets {
			if runs(s) {
				todo = append(todo, s)
			}
		}
	}
	p := &programs{results: make(map[*vault.Snippet]runner.Result, len(todo))}
	var mu sync.Mutex
	err := each(ctx, todo, func(s *vault.Snippet) error {
		result, err := run.Run(ctx, runner.Program{Source: s.Code, Engine: engine, Orders: 15})
		if err != nil {
			return fmt.Errorf("run the program at %s:%d: %w", s.Note.Path, s.Line, err)
		}
		mu.Lock()
		defer mu.Unlock()
		p.results[s] = result
		if result.Cached {
			p.cached++
		}
		told(len(p.results), len(todo))
		return nil
	})
	if err != nil {
		return nil, err
	}
	p.notice = unproven(ctx, run, engine, p.results)
	return p, nil
}

// unproven says, where both engines were to run the programs, why Go did not.
func unproven(ctx context.Context, run *runner.Runner, engine runner.Engine, results map[*vault.Snippet]runner.Result) string {
	if engine != runner.Both {
		return ""
	}
	for _, r := range results {
		if r.Engine == runner.Yaegi && r.End.Kind != timeline.Compile {
			return fmt.Sprintf("programs show what the interpreter makes of them, not what Go prints: %v", run.Exact(ctx))
		}
	}
	return ""
}

// runs reports whether a block of Go runs: it is a whole program, and does
// not say `norun`.
func runs(s *vault.Snippet) bool {
	return !slices.Contains(strings.Fields(s.Info), "norun") && isProgram(s.Code)
}

// isProgram reports whether code is a whole program: package main with a
// func main. Code with a syntax error is one if it looks like one, so that
// its writer hears of the error.
func isProgram(code string) bool {
	if !strings.Contains(code, "package") {
		return false
	}
	file, err := parser.ParseFile(token.NewFileSet(), "", code, parser.SkipObjectResolution)
	if err != nil {
		return looksLikeProgram.MatchString(code)
	}
	if file.Name.Name != "main" {
		return false
	}
	return slices.ContainsFunc(file.Decls, func(d ast.Decl) bool {
		f, ok := d.(*ast.FuncDecl)
		return ok && f.Recv == nil && f.Name.Name == "main"
	})
}

var looksLikeProgram = regexp.MustCompile(`(?ms)^package main\b.*^func main\(`)

// outcome is what stands under a program on its page.
func (p *programs) outcome(s *vault.Snippet) render.Outcome {
	result, ok := p.results[s]
	if !ok {
		return render.Outcome{}
	}
	o := render.Outcome{HTML: append(outcome.HTML(&result.Recording, s.Position), outcome.Orders(result.Orders)...)}
	if result.End.Line > 0 {
		o.Marks = append(o.Marks, result.End.Line)
	}
	for _, d := range result.Diagnostics {
		o.Marks = append(o.Marks, d.Line)
	}
	return o
}

// problems are the programs that did not end well, and those that say they
// `fails` and did not.
func (p *programs) problems() []vault.Problem {
	var out []vault.Problem
	for s, result := range p.results {
		fails := slices.Contains(strings.Fields(s.Info), "fails")
		if result.Interpreted == runner.Differs {
			out = append(out, problemAt(s, 1, 0, "the page shows what Go does, which the interpreter does not: "+result.Difference))
		}
		switch {
		case result.End.Kind == timeline.OK && fails:
			out = append(out, problemAt(s, 1, 0, "says `fails`, but the program ended well"))
		case result.End.Kind == timeline.OK || fails:
		case len(result.Diagnostics) > 0:
			for _, d := range result.Diagnostics {
				out = append(out, problemAt(s, d.Line, d.Column, d.Message))
			}
		default:
			out = append(out, problemAt(s, result.End.Line, 0, describe(result)))
		}
	}
	return out
}

func problemAt(s *vault.Snippet, line, column int, message string) vault.Problem {
	p := vault.Problem{Path: s.Note.Path, Message: message}
	p.Line, p.Column = s.Position(max(line, 1), max(column, 1))
	if column == 0 {
		p.Column = 0
	}
	return p
}

// describe says in one line how a program ended, with a hint.
func describe(r runner.Result) string {
	said, _, _ := strings.Cut(r.End.Message, "\n")
	words := strings.ToLower(outcome.Words(&r.Recording)[:1]) + outcome.Words(&r.Recording)[1:]
	switch r.End.Kind {
	case timeline.Refused:
		return words + " (write `norun` after `go` if that is meant)"
	case timeline.Exit, timeline.Panic, timeline.Deadlock:
		if said != "" {
			words = said
		}
		return "the program ends badly: " + words + " (write `fails` after `go` if that is meant)"
	}
	if said != "" {
		words += ": " + said
	}
	return "the program was " + words
}
