package site

import (
	"flag"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"runnel/render/outcome"
	"runnel/runner"
	"runnel/runner/examples"
)

var (
	exactShare    = flag.Int("exact", 24, "of how many programs of the fidelity suite one is compiled in a browser; 1 for all")
	exactExamples = flag.Int("exact-examples", 60, "of how many examples of Go's library one is compiled in a browser; 1 for all")
	exactFrom     = flag.Int("exact-from", 0, "the number of the first program or example that is compiled in a browser")
)

// suite is the fidelity suite of package runner: programs by their names.
func suite(t *testing.T) (names []string, programs map[string]string) {
	t.Helper()
	files, err := filepath.Glob("../runner/testdata/fidelity/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d archives of programs, %v", len(files), err)
	}
	programs = map[string]string{}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			name := strings.TrimSuffix(filepath.Base(file), ".txtar") + "/" + f.Name
			names = append(names, name)
			programs[name] = string(f.Data)
		}
	}
	return names, programs
}

// What the page makes of a program is what the build makes of it, byte for
// byte: both have Go compile it.
func TestExact_suite(t *testing.T) {
	l := openExact(t)
	names, programs := suite(t)
	l.likeBuild(names, programs, *exactShare)
}

// So it is with the examples of Go's own library.
func TestExact_examples(t *testing.T) {
	l := openExact(t)
	g, err := examples.GatherListed("../cmd/guest/symbols/packages.txt")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	programs := map[string]string{}
	for _, e := range g.List {
		names = append(names, e.ID())
		programs[e.ID()] = e.Source
	}
	l.likeBuild(names, programs, *exactExamples)
}

// likeBuild edits one program in so many, as a reader would, and wants of the
// page what the build's Go engine makes of the edited one.
func (l lab) likeBuild(names []string, programs map[string]string, share int) {
	l.Helper()
	r := testRunner(l.T)
	most := l.sampled()
	var times []float64
	for i := *exactFrom; i < len(names); i++ {
		if i%share != 0 {
			continue
		}
		source := edited(programs[names[i]])
		if source == programs[names[i]] {
			l.Errorf("%s: the edit changes nothing", names[i])
		}
		got := l.like(r, names[i], runner.Program{Source: source, Timeout: time.Minute})
		times = append(times, got.Took)
	}
	if len(times) == 0 {
		l.Fatalf("no program of %d was run", len(names))
	}
	first := times[0]
	slices.Sort(times)
	l.Logf("%d of %d programs: first %.0f ms, median %.0f ms, slowest %.0f ms", len(times), len(names), first,
		times[len(times)/2], times[len(times)-1])
	memory := most() >> 20
	l.Logf("memory of the process that runs the page: %d MB at most", memory)
	if memory >= 400 {
		l.Errorf("it took %d MB of memory, want less than 400", memory)
	}
	l.Logf("tasks over 50 ms on the page's own thread: %s", l.eval("window.long.map(Math.round).join()"))
}

// like wants of the page what the build's Go engine makes of a program.
func (l lab) like(r *runner.Runner, name string, p runner.Program) picture {
	l.Helper()
	p.Engine = runner.Go
	result, err := r.Run(l.Context(), p)
	if err != nil {
		l.Fatal(err)
	}
	result.Unlike = unlike(p, result)
	want := string(outcome.After(&result.Recording, nil, 0))
	got := l.exact(map[string]any{"source": p.Source, "args": p.Args, "stdin": p.Stdin})
	if got.HTML != want {
		l.Errorf("%s: %s\ngot  %.3000s\nwant %.3000s", name, got.Err, got.HTML, want)
	}
	return got
}
