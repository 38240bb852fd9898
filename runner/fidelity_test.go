package runner

import (
	"flag"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/txtar"

	"runnel/runner/timeline"
)

var update = flag.Bool("update", false, "rewrite the tables of docs/fidelity.md")

// A sample is a whole program of the fidelity suite. A comment on its first
// line says by which rules its output is compared, if not byte for byte.
type sample struct {
	topic, name string
	source      string
	rules       rules
}

// rules say what of an output is not promised.
type rules struct {
	anyOrder bool // lines come in any order
	stamps   bool // lines have stamps of the wall clock
	fails    bool // the program is meant to end with a status other than 0
}

// samples are those of all topics.
func samples(t testing.TB) []sample {
	t.Helper()
	files, err := filepath.Glob("testdata/fidelity/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var all []sample
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		topic := strings.TrimSuffix(filepath.Base(file), ".txtar")
		for _, f := range archive.Files {
			name, ok := strings.CutSuffix(f.Name, ".go")
			if !ok {
				t.Fatalf("%s: %q is no program", file, f.Name)
			}
			all = append(all, sample{
				topic, name, string(f.Data), rulesOf(t, string(f.Data)),
			})
		}
	}
	if len(all) < 220 {
		t.Fatalf("got %d programs, want at least 220", len(all))
	}
	return all
}

// rulesOf reads the comment on the first line of a program.
func rulesOf(t testing.TB, source string) rules {
	var r rules
	line, _, _ := strings.Cut(source, "\n")
	words, ok := strings.CutPrefix(line, "// ")
	if !ok {
		return r
	}
	for word := range strings.SplitSeq(words, ", ") {
		switch word {
		case "any order":
			r.anyOrder = true
		case "stamps":
			r.stamps = true
		case "fails":
			r.fails = true
		default:
			t.Fatalf("unknown rule %q", word)
		}
	}
	return r
}

// id is what tells a program from the others, and its executable.
func (s sample) id() string { return s.topic + "_" + s.name }

// A mark is how an engine fared with a program.
type mark string

const (
	right    mark = "right"
	declined mark = "declined"
	wrong    mark = "wrong"
)

// judge compares a run in the sandbox with the program's native runs: what
// real time gives under load is not always what it gives otherwise, so that
// one of a few must be alike.
func judge(
	t *testing.T, s sample, rec timeline.Recording, bin string,
) (m mark, why string) {
	if rec.End.Kind == timeline.Refused {
		return declined, rec.End.Message
	}
	got := s.rules.apply(sandboxed(rec))
	var want printed
	for range 10 {
		want = s.rules.apply(native(t, s, bin))
		switch {
		case got == want:
			return right, ""
		case got.hedged(want):
			return declined, rec.End.Message
		}
	}
	return wrong, "got\n" + got.String() + "want\n" + want.String()
}

// interpreterGaps are the programs that yaegi gets wrong and does not
// decline, each with the reason. It is to be empty.
var interpreterGaps = map[string]string{}

// compilerGaps are those that compiled Go gets wrong in the sandbox. It is
// to be empty.
var compilerGaps = map[string]string{}

// leastRight is how many of a hundred programs yaegi has to get right.
const leastRight = 75

// TestFidelity_yaegi wants each program right or declined, never wrong.
func TestFidelity_yaegi(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles programs")
	}
	t.Parallel()
	n, complete := fidelity(t, Yaegi, interpreterGaps)
	if !complete {
		return
	}
	var wrongs []string
	for _, name := range slices.Sorted(maps.Keys(interpreterGaps)) {
		wrongs = append(wrongs, name+": "+interpreterGaps[name])
	}
	checkSection(t, "wrong programs", listed(wrongs))
	if n[right]*100 < leastRight*n.all() {
		t.Errorf("got %d of %d right, want %d %%",
			n[right], n.all(), leastRight)
	}
}

// TestFidelity_go wants all programs right.
func TestFidelity_go(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles programs")
	}
	t.Parallel()
	if n, _ := fidelity(t, Go, compilerGaps); n[declined] > 0 {
		t.Errorf("got %d declined", n[declined])
	}
}

// TestFidelity_seeds wants what a program prints to hold in other orders of
// its goroutines as well: that much is promised. It takes a share of the
// programs.
func TestFidelity_seeds(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles programs")
	}
	t.Parallel()
	bin := nativeSamples(t)
	for _, s := range samples(t) {
		if _, known := interpreterGaps[s.id()]; known || !shareOf(s.id(), 4) {
			continue
		}
		t.Run(s.id(), func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(3) {
				result := mustRun(t, Program{Source: s.source, Seed: seed + 1})
				m, why := judge(t, s, result.Recording, bin)
				if m == wrong {
					t.Errorf("seed %d: %s", seed+1, why)
				}
			}
		})
	}
}

// fidelity runs the suite by an engine and holds the counts against the
// table, unless only a part of the suite was asked for.
func fidelity(
	t *testing.T, engine Engine, gaps map[string]string,
) (n tally, complete bool) {
	bin := nativeSamples(t)
	list := samples(t)
	var mutex sync.Mutex
	found := counts{}
	t.Run("programs", func(t *testing.T) {
		for _, s := range list {
			t.Run(s.id(), func(t *testing.T) {
				t.Parallel()
				result := mustRun(t, Program{Source: s.source, Engine: engine})
				checkLanes(t, result.Recording)
				m, why := judge(t, s, result.Recording, bin)
				mutex.Lock()
				defer mutex.Unlock()
				found.add(s.topic, m)
				_, known := gaps[s.id()]
				switch {
				case m == wrong && !known:
					t.Error(why)
				case m != wrong && known:
					t.Errorf("the gap is closed: it is %s now", m)
				}
			})
		}
	})
	n = found.total()
	if complete = n.all() == len(list); complete {
		checkTable(t, "programs", nameOf(engine), found)
	}
	return n, complete
}

// counts are the verdicts of each topic.
type counts map[string]map[mark]int

func (c counts) add(topic string, v mark) {
	if c[topic] == nil {
		c[topic] = map[mark]int{}
	}
	c[topic][v]++
}

// A tally is how many programs got each mark.
type tally map[mark]int

// all is how many programs there are.
func (n tally) all() int { return n[right] + n[declined] + n[wrong] }

// total adds the topics up.
func (c counts) total() tally {
	sum := tally{}
	for _, n := range c {
		for v, k := range n {
			sum[v] += k
		}
	}
	return sum
}

// topics are the names in their order.
func (c counts) topics() []string {
	return slices.Sorted(maps.Keys(c))
}
