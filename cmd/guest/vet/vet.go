// Package vet warns of what compiles and is wrong nevertheless, in the words of
// go vet: formats that do not fit what they are given, and locks that are
// copied.
//
// [Check] runs Go's own analyzers on a program that has passed package check.
// It knows that package alone: what a function of another package does with
// a format is what the analyzers know of the standard library.
package vet

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/types"
	"maps"
	"reflect"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/copylock"
	"golang.org/x/tools/go/analysis/passes/printf"

	"runnel/cmd/guest/check"
	"runnel/runner/timeline"
)

// checks are the analyzers whose warnings are wanted.
var checks = []*analysis.Analyzer{printf.Analyzer, copylock.Analyzer}

// most is how many warnings are kept.
const most = 50

// Check lists what is to be warned of, in the order of the lines. An analyzer
// that does not survive a program has nothing against it.
func Check(p check.Program) []timeline.Diagnostic {
	v := &vetter{program: p, info: *p.Info, results: map[*analysis.Analyzer]any{}}
	v.info.FileVersions = map[*ast.File]string{p.File: "go1.26"}
	for _, a := range checks {
		_ = v.run(a)
	}
	slices.SortFunc(v.found, func(a, b timeline.Diagnostic) int {
		return cmp.Or(a.Line-b.Line, a.Column-b.Column, cmp.Compare(a.Message, b.Message))
	})
	v.found = slices.Compact(v.found)
	return v.found[:min(len(v.found), most)]
}

// A vetter runs analyzers on one program.
type vetter struct {
	program check.Program
	info    types.Info
	results map[*analysis.Analyzer]any
	facts   map[fact]analysis.Fact
	found   []timeline.Diagnostic
}

// A fact is what is known of an object, by its type.
type fact struct {
	object types.Object
	kind   reflect.Type
}

// run runs an analyzer behind those that it stands on.
func (v *vetter) run(a *analysis.Analyzer) (err error) {
	if _, done := v.results[a]; done {
		return nil
	}
	for _, needed := range a.Requires {
		if err := v.run(needed); err != nil {
			return err
		}
	}
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("vet by %s: %v", a.Name, r)
		}
	}()
	v.results[a], err = a.Run(v.pass(a))
	return err
}

func (v *vetter) pass(a *analysis.Analyzer) *analysis.Pass {
	v.facts = map[fact]analysis.Fact{}
	p := v.program
	return &analysis.Pass{
		Analyzer: a, Fset: p.Fset, Files: []*ast.File{p.File},
		Pkg: p.Pkg, TypesInfo: &v.info, TypesSizes: types.SizesFor("gc", "amd64"),
		ResultOf: v.results,
		Report:   v.report,
		ReadFile: func(string) ([]byte, error) {
			return nil, fmt.Errorf("there are no files")
		},
		ImportObjectFact: func(object types.Object, into analysis.Fact) bool {
			known, ok := v.facts[fact{object, reflect.TypeOf(into)}]
			if ok {
				reflect.ValueOf(into).Elem().Set(reflect.ValueOf(known).Elem())
			}
			return ok
		},
		ExportObjectFact: func(object types.Object, known analysis.Fact) {
			v.facts[fact{object, reflect.TypeOf(known)}] = known
		},
		ImportPackageFact: func(*types.Package, analysis.Fact) bool { return false },
		ExportPackageFact: func(analysis.Fact) {},
		AllObjectFacts: func() (all []analysis.ObjectFact) {
			for f := range maps.Keys(v.facts) {
				all = append(all, analysis.ObjectFact{Object: f.object, Fact: v.facts[f]})
			}
			return all
		},
		AllPackageFacts: func() []analysis.PackageFact { return nil },
	}
}

// report notes a warning at its place in the program.
func (v *vetter) report(d analysis.Diagnostic) {
	p := v.program.Fset.PositionFor(d.Pos, false)
	v.found = append(v.found, timeline.Diagnostic{
		Line: p.Line, Column: p.Column, Message: d.Message,
	})
}
