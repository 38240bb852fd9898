package site

import (
	"strings"

	"runnel/program"
	"runnel/render/outcome"
	"runnel/runner"
	"runnel/runner/timeline"
	"runnel/vault"
)

// problems are the programs that did not end well, those that say they
// `fails` and did not, and those that print something else than they say.
func (p *programs) problems() []vault.Problem {
	var out []vault.Problem
	for s, result := range p.results {
		out = append(out, p.verdict(s, result)...)
	}
	return out
}

// warnings are what go vet says of the programs.
func (p *programs) warnings() (out []vault.Problem) {
	for s, result := range p.results {
		for _, d := range result.Vet {
			out = append(out, p.task(s).problem(d.Line, d.Column, "vet: "+d.Message))
		}
	}
	return out
}

// verdict is what is wrong with what came of a block.
func (p *programs) verdict(s *vault.Snippet, result runner.Result) []vault.Problem {
	t := p.task(s)
	out := t.judge(result)
	if result.End.Kind.Meant(t.Options.Fails) {
		out = append(out, t.compare(result, p.earlier(t))...)
	}
	return out
}

// judge says what is wrong with how a program ended.
func (t *task) judge(result runner.Result) (out []vault.Problem) {
	fails := t.Options.Fails
	if result.Interpreted == runner.Differs {
		out = append(out, t.own("the page shows what Go does, which the interpreter does not: "+result.Difference))
	}
	if t.Options.Test && !t.program.Tests {
		out = append(out, t.own("says `test`, but it has no tests, or no file of a name such as x_test.go that has them"))
	}
	switch {
	case result.End.Kind == timeline.OK && fails:
		out = append(out, t.own("says `fails`, but the program ended well"))
	case result.End.Kind == timeline.OK || fails:
	case len(result.Diagnostics) > 0:
		for _, d := range result.Diagnostics {
			out = append(out, t.problem(d.Line, d.Column, d.Message))
		}
	case result.End.Line > 0:
		out = append(out, t.problem(result.End.Line, 0, describe(result)))
	default:
		out = append(out, t.own(describe(result)))
	}
	return out
}

// own is a problem of the block as a whole.
func (t *task) own(message string) vault.Problem {
	p := vault.Problem{Path: t.Note.Path, Message: message}
	p.Line, _ = t.Position(1, 1)
	return p
}

// compare compares what a block printed with the comment `// Output:` that it
// ends with. What blocks before it print counts only where it cannot be told
// apart.
func (t *task) compare(result runner.Result, earlier int) []vault.Problem {
	want, ok := t.wanted()
	if !ok || t.program.Tests {
		return nil
	}
	if s, _, _ := t.place(want.Line, 1); s != t.Snippet {
		return nil // that of a block before, which is compared there
	}
	if said := want.Complaint(timeline.Text(result.Writes[earlier:], timeline.Stdout)); said != "" {
		return []vault.Problem{t.problem(want.Line, want.Column, said)}
	}
	return nil
}

// wanted reads the comment of main, in whichever file that is.
func (t *task) wanted() (program.Want, bool) {
	for _, f := range t.Sources {
		if w, ok := program.Wanted(f.Code); ok {
			w.Line += f.Line - 1
			return w, true
		}
	}
	if len(t.Sources) > 0 {
		return program.Want{}, false
	}
	return program.Wanted(t.program.Source)
}

// failed are the tests that did not pass, without their parts. Others than
// package testing could print so; there is nothing to gain from it.
func failed(rec timeline.Recording) (names []string) {
	for line := range strings.Lines(timeline.Text(rec.Writes, timeline.Stdout)) {
		if rest, ok := strings.CutPrefix(line, "--- FAIL: "); ok {
			name, _, _ := strings.Cut(rest, " ")
			names = append(names, strings.TrimSpace(name))
		}
	}
	return names
}

// describe says in one line how a program ended, with a hint.
func describe(r runner.Result) string {
	said, _, _ := strings.Cut(r.End.Message, "\n")
	words := strings.ToLower(outcome.Words(&r.Recording)[:1]) + outcome.Words(&r.Recording)[1:]
	switch r.End.Kind {
	case timeline.Refused:
		return words + " (write `norun` after `go` if that is meant)"
	case timeline.Failed:
		return "tests fail: " + strings.Join(failed(r.Recording), ", ") + " (write `fails` after `go` if that is meant)"
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
