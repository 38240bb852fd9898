//go:build wasip1

package main

import (
	"bytes"
	"go/token"
	"go/types"
	"io"

	"runnel/cmd/guest/check"
	"runnel/cmd/guest/symbols"
	"runnel/cmd/guest/vet"
	"runnel/program"
	"runnel/runner/rewrite"
	"runnel/runner/timeline"
)

// inLibrary says whether a compiled program may import the package.
func inLibrary(path string) bool {
	return path == "unsafe" || symbols.Has(path) || library(path) != nil
}

// openLibrary opens the export data of one package.
func openLibrary(path string) (io.ReadCloser, error) {
	if data := library(path); data != nil {
		return io.NopCloser(bytes.NewReader(data)), nil
	}
	return openExports(path)
}

// translate rewrites a program for the Go compiler, and says what vet has
// against it.
func translate(source string, v check.Verdict) (check.Verdict, compiled) {
	if v.Kind != timeline.OK {
		return v, compiled{}
	}
	p := v.Program
	var options rewrite.Options
	if !counts(p) {
		options = rewrite.Options{
			Ticks: true, Events: setting(settingUnwatched) == 0,
			Updates: setting(settingSeed) != 0,
			Tests:   p.Suite != nil,
		}
	}
	rewritten, err := rewrite.Program(
		p.Fset, p.File, p.Pkg, p.Info, source, options)
	if err != nil {
		return check.Verdict{
			Kind: timeline.Refused, Message: err.Error(),
		}, compiled{}
	}
	v.Vet = vet.Check(p)
	what := compiled{Source: rewritten.Source}
	if s := p.Suite; s != nil {
		var line func(token.Pos) int
		if options.Events {
			line = func(pos token.Pos) int {
				return p.Fset.PositionFor(pos, false).Line
			}
		}
		what.Runner = s.Runner(rewrite.TestedPath, rewrite.HarnessPath, line)
		if !s.Named {
			what.Source = program.TestDirective() + what.Source
		}
	}
	return v, what
}

// counts says that a program counts what it allocates, or has benchmarks, for
// which package testing does: what we insert makes functions too large for
// the compiler to put them into others, and then they allocate more. Such a
// program is left as it is.
func counts(p check.Program) bool {
	if p.Suite != nil && len(p.Suite.Benchmarks) > 0 {
		return true
	}
	for _, o := range p.Info.Uses {
		f, ok := o.(*types.Func)
		if ok && f.FullName() == "testing.AllocsPerRun" {
			return true
		}
	}
	return false
}
