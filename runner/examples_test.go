package runner

import (
	"flag"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"runnel/runner/examples"
	"runnel/runner/timeline"
)

var all = flag.Bool("all", false, "run every program by every engine")

// shareOf reports whether a program belongs to a share of one in n that is
// the same each time: some tests run all programs only when asked to.
func shareOf(id string, n uint32) bool {
	h := fnv.New32a()
	h.Write([]byte(id))
	return *all || h.Sum32()%n == 0
}

// What yaegi has to reach with the library's examples, in parts of a
// thousand.
const (
	examplesRight = 850
	examplesWrong = 5
)

// exampleGaps are the examples that compiled Go gets wrong in the sandbox.
var exampleGaps = map[string]string{}

// gather reads the examples of all packages that a program can import.
func gather(t *testing.T) *examples.Gathering {
	t.Helper()
	g, err := examples.GatherListed("../cmd/guest/symbols/packages.txt")
	if err != nil {
		t.Fatal(err)
	}
	if len(g.List) < 500 {
		t.Fatalf("got %d examples, want some 600", len(g.List))
	}
	return g
}

// TestExamples_yaegi runs the examples of the standard library that say what
// they print.
func TestExamples_yaegi(t *testing.T) {
	t.Parallel()
	g := gather(t)
	found, wrongs := runExamples(t, g.List, Yaegi)
	if found.total().all() < len(g.List) {
		return // only some were asked for
	}
	checkTable(t, "examples", "yaegi", found)
	checkSection(t, "wrong examples", listed(wrongs))
	checkSection(t, "skipped examples", skips(g))
	n := found.total()
	if n[right]*1000 < examplesRight*n.all() {
		t.Errorf("got %d of %d right, want %d ‰",
			n[right], n.all(), examplesRight)
	}
	if n[wrong]*1000 > examplesWrong*n.all() {
		t.Errorf("got %d of %d wrong, want %d ‰",
			n[wrong], n.all(), examplesWrong)
	}
}

// TestExamples_go runs a share of the examples by compiled Go; all of them
// take minutes.
func TestExamples_go(t *testing.T) {
	t.Parallel()
	list := slices.DeleteFunc(gather(t).List, func(e examples.Example) bool {
		_, gap := exampleGaps[e.ID()]
		return !gap && !shareOf(e.ID(), 10)
	})
	found, wrongs := runExamples(t, list, Go)
	if found.total().all() < len(list) {
		return // only some were asked for
	}
	if want := slices.Sorted(maps.Keys(exampleGaps)); !slices.Equal(
		wrongs, want) {
		t.Errorf("got %q wrong, want %q", wrongs, want)
	}
	if *all {
		checkTable(t, "examples", "go", found)
	}
}

// runExamples runs examples by an engine. It says which are wrong.
func runExamples(
	t *testing.T, list []examples.Example, engine Engine,
) (found counts, wrongs []string) {
	var mutex sync.Mutex
	found = counts{}
	t.Run("examples", func(t *testing.T) {
		for _, e := range list {
			t.Run(e.ID(), func(t *testing.T) {
				t.Parallel()
				result := mustRun(t, Program{Source: e.Source, Engine: engine})
				m := judgeExample(e, result.Recording)
				mutex.Lock()
				defer mutex.Unlock()
				found.add(e.Package, m)
				if m == wrong {
					wrongs = append(wrongs, e.ID())
					t.Logf("got %v\nwant\n%s",
						sandboxed(result.Recording), e.Output)
				}
			})
		}
	})
	slices.Sort(wrongs)
	return found, wrongs
}

// judgeExample compares what a run printed with the comment, as go test
// does.
func judgeExample(e examples.Example, rec timeline.Recording) mark {
	got := strings.TrimSpace(text(rec, timeline.Stdout))
	want := strings.TrimSpace(e.Output)
	if e.Unordered {
		got, want = sortedLines(got), sortedLines(want)
	}
	switch {
	case rec.End.Kind == timeline.Refused:
		return declined
	case got == want && rec.End.Kind == timeline.OK:
		return right
	}
	return wrong
}

func sortedLines(text string) string {
	lines := strings.Split(text, "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// skips is a list of why examples are left out, and which.
func skips(g *examples.Gathering) string {
	var b strings.Builder
	for _, why := range slices.Sorted(maps.Keys(g.Skipped)) {
		names := g.Skipped[why]
		fmt.Fprintf(&b, "- %s (%d): %s\n",
			why, len(names), strings.Join(names, ", "))
	}
	return b.String()
}
