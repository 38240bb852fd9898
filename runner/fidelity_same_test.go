package runner

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"runnel/runner/timeline"
)

// TestFidelity_unwatched wants a program to print the same, at the same
// times, whether it is observed or not. Only a share of the programs is
// compiled. What observing says is done by calls, which the interpreter may
// take where it declines the statement that they stand for.
func TestFidelity_unwatched(t *testing.T) {
	if testing.Short() {
		t.Skip("runs hundreds of programs")
	}
	t.Parallel()
	for _, s := range samples(t) {
		for _, engine := range []Engine{Yaegi, Go} {
			if engine == Go && !shareOf(s.id(), 20) {
				continue
			}
			t.Run(s.id()+"_"+nameOf(engine), func(t *testing.T) {
				t.Parallel()
				p := Program{Source: s.source, Engine: engine}
				watched := mustRun(t, p)
				p.Unwatched = true
				result := mustRun(t, p)
				if len(result.Events) > 0 {
					t.Errorf("got %d events", len(result.Events))
				}
				if result.End.Kind == timeline.Refused {
					return
				}
				got, want := shown(result.Recording), shown(watched.Recording)
				_, known := unwatchedGaps[s.id()+"_"+nameOf(engine)]
				switch {
				case got != want && !known:
					t.Errorf("got\n%s\nwant, as when observed,\n%s", got, want)
				case got == want && known:
					t.Error("the gap is closed")
				}
			})
		}
	}
}

// unwatchedGaps are programs that print something else when they are not
// observed, each with the reason.
var unwatchedGaps = map[string]string{
	"locks_philosophers_yaegi": "the receiver in a go statement, taken late",
}

// nameOf is the name of an engine.
func nameOf(e Engine) string {
	if e == Yaegi {
		return "yaegi"
	}
	return string(e)
}

// shown words what a reader of the output sees of a run.
func shown(rec timeline.Recording) string {
	var b strings.Builder
	for _, w := range rec.Writes {
		fmt.Fprintf(&b, "%v %d %q\n", w.At, w.Stream, w.Text)
	}
	fmt.Fprintf(&b, "%v %s %d %q", rec.Virtual,
		rec.End.Kind, rec.End.Code, rec.End.Message)
	return b.String()
}

// digestVariable makes the test below say what its runs gave.
const digestVariable = "RUNNEL_TEST_DIGEST"

// TestFidelity_repeated wants the same program, seed and engine to give the
// same recording byte for byte, twenty times and however many threads the tool
// has. It starts itself with one thread and with two. With -all it runs the
// whole suite, not a share of it.
func TestFidelity_repeated(t *testing.T) {
	if testing.Short() {
		t.Skip("runs programs many times")
	}
	if os.Getenv(digestVariable) != "" {
		digest(t)
		return
	}
	t.Parallel()
	var first string
	for _, procs := range []string{"1", "2"} {
		args := []string{"-test.run=^TestFidelity_repeated$"}
		if *all {
			args = append(args, "-all", "-test.timeout=3h")
		}
		cmd := exec.Command(os.Args[0], args...)
		cmd.Env = append(os.Environ(), digestVariable+"=1",
			"GOMAXPROCS="+procs)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("with %s threads: %v\n%s", procs, err, out)
		}
		got := digests(string(out))
		switch {
		case got == "":
			t.Fatalf("with %s threads: no digests in\n%s", procs, out)
		case first == "":
			first = got
		case got != first:
			t.Errorf("with %s threads: got\n%swant\n%s", procs, got, first)
		}
	}
}

// digests are the lines that digest prints, without what else a test says.
func digests(out string) string {
	var lines []string
	for line := range strings.Lines(out) {
		if strings.HasPrefix(line, "digest ") {
			lines = append(lines, line)
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}

// digest runs programs some times, past the cache, and prints a digest of
// each one's recording.
func digest(t *testing.T) {
	mustRun(t, body("", "")) // the cache and the workers are there now
	r := sharedRunner(t)
	for i, s := range samples(t) {
		if !shareOf(s.id(), 60) {
			continue
		}
		p := Program{Source: s.source, Seed: uint64(i % 3)}
		t.Run(s.id()+"_yaegi", func(t *testing.T) {
			t.Parallel()
			digestOf(t, func() (timeline.Recording, error) {
				return r.interpret(t.Context(), p)
			})
		})
		compiled := p
		compiled.Engine = Go
		t.Run(s.id()+"_go", func(t *testing.T) {
			t.Parallel()
			module, rec, err := r.compile(t.Context(), compiled, t.TempDir())
			if err != nil || module == "" {
				t.Fatal(rec.Diagnostics, err)
			}
			digestOf(t, func() (timeline.Recording, error) {
				return r.runModule(t.Context(), compiled, module)
			})
		})
	}
}

// digestOf prints a digest of what a program's runs gave.
func digestOf(t *testing.T, run func() (timeline.Recording, error)) {
	const times = 20
	var first [sha256.Size]byte
	for i := range times {
		rec, err := run()
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(rec)
		if err != nil {
			t.Fatal(err)
		}
		got := sha256.Sum256(text)
		if i == 0 {
			first = got
			fmt.Printf("digest %s %x\n", t.Name(), got)
		} else if got != first {
			t.Errorf("run %d: got %s", i, text)
		}
	}
}
