//go:build wasip1

// Package harness runs the tests of a compiled program as the main that the
// go command makes for a test does. It is compiled with the program, not in
// this module, and package program writes the main that calls it.
//
// It gives package testing what that wants from outside; the flags of `go
// test` by the names that people write; and the goroutines of tests numbers
// of their own, for package testing starts them and nobody sees that.
package harness

import (
	"flag"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"runnel/runner/rewrite/observe"
)

// A Suite is what there is to run.
type Suite struct {
	Tests      []testing.InternalTest
	Benchmarks []testing.InternalBenchmark
	Fuzz       []testing.InternalFuzzTarget
	Examples   []testing.InternalExample
	Main       func(*testing.M) // TestMain, if there is one
	// PanicOnExit0 makes os.Exit(0) panic, or not.
	PanicOnExit0 func(bool)
	// Watched says that the program is observed.
	Watched bool
}

//go:wasmimport runnel setting
func setting(key int32) int64

// settingTests is the setting by which a host learns that tests run.
const settingTests = 6

// Run runs the suite. It does not return.
func (s *Suite) Run() {
	setting(settingTests)
	if s.Watched {
		observe.Enter()
	}
	m := testing.MainStart(deps{panicOnExit0: s.PanicOnExit0},
		s.Tests, s.Benchmarks, s.Fuzz, s.Examples)
	os.Args = slices.Concat(os.Args[:1], s.flags(), goTestFlags(os.Args[1:]))
	if s.Main != nil {
		s.Main(m)
	} else {
		m.Run()
	}
	if s.Watched {
		observe.Leave()
	}
	// What Run returned, as the go command's main reads it.
	os.Exit(int(reflect.ValueOf(m).Elem().FieldByName("exitCode").Int()))
}

// flags are those that stand before the program's own.
func (s *Suite) flags() []string {
	list := []string{"-test.v=true", "-test.paniconexit0",
		// As on a usual machine: here there is one processor.
		"-test.parallel=8"}
	if len(s.Benchmarks) > 0 {
		// Time stands still while a program works: how often a benchmark runs
		// cannot be found out by measuring.
		list = append(list, "-test.bench=.", "-test.benchmem",
			"-test.benchtime=100x")
	}
	return list
}

// goTestFlags gives the flags of `go test` the names that the program has for
// them. What comes behind -args is the program's.
func goTestFlags(args []string) (list []string) {
	for i, arg := range args {
		name, dashed := strings.CutPrefix(arg, "-")
		name = strings.TrimPrefix(name, "-")
		if dashed && name == "args" {
			return append(list, args[i+1:]...)
		}
		flagName, _, _ := strings.Cut(name, "=")
		if dashed && flag.Lookup("test."+flagName) != nil {
			arg = "-test." + name
		}
		list = append(list, arg)
	}
	return list
}

// subject is what tests and fuzz targets have in common.
type subject interface {
	Helper()
	Name() string
	Cleanup(func())
}

// top is what the tests of a suite are parts of.
var top = new(int)

// Observed gives a test's function the goroutine that it runs in.
func Observed[T subject](line int, name string, f func(T)) func(T) {
	return func(t T) {
		t.Helper()
		defer begin(t, line, name, top)()
		f(t)
	}
}

// begin begins the goroutine of a test that is a part of another. What it
// returns is for when the test's function is over: then the test waits for
// parallel ones that are parts of it, and cleans up. Of what is to be cleaned
// up, what comes first is done last.
func begin(t subject, line int, name string, of any) (over func()) {
	observe.BeginTest(line, name, of)
	died := false
	t.Cleanup(func() {
		if !died {
			observe.EndTest()
		}
	})
	return func() {
		if died = observe.Panicking(); died {
			observe.Last()
			return
		}
		observe.Wait(int(observe.TestRun), 0, t)
		t.Cleanup(observe.Done)
	}
}

// RunTest is t.Run.
func RunTest(
	line int, t *testing.T, name string, f func(*testing.T),
) bool {
	t.Helper()
	if f == nil {
		return t.Run(name, f)
	}
	return t.Run(name, func(part *testing.T) {
		part.Helper()
		defer begin(part, line, part.Name(), t)()
		f(part)
	})
}

// Parallel is t.Parallel.
func Parallel(line int, t *testing.T) {
	observe.BeginTurn(line)
	defer observe.EndTurn()
	t.Parallel()
}

// unsupported is what a program without files and processes cannot do.
func unsupported(what string) error {
	return fmt.Errorf("%s is not possible in the sandbox", what)
}
