package runner

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
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
				if got != want {
					t.Errorf("got\n%s\nwant, as when observed,\n%s", got, want)
				}
			})
		}
	}
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
// same recording byte for byte, each time and however many threads the tool
// has. It starts itself with one thread and with two. With -all it runs the
// whole suite twenty times.
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
	var b strings.Builder
	for line := range strings.Lines(out) {
		if strings.HasPrefix(line, "digest ") {
			b.WriteString(line)
		}
	}
	return b.String()
}

// digest runs programs some times, past the cache, and prints a digest of
// each one's recording.
func digest(t *testing.T) {
	r := sharedRunner(t)
	mustRun(t, body("", "")) // the cache and the workers are there now
	times := 5
	if *all {
		times = 20
	}
	for i, s := range samples(t) {
		for _, engine := range []Engine{Yaegi, Go} {
			if engine == Yaegi && !shareOf(s.id(), 25) ||
				engine == Go && !shareOf(s.id(), 120) {
				continue
			}
			run := r.interpret
			if engine == Go {
				run = r.compileAndRun
			}
			p := Program{Source: s.source, Engine: engine, Seed: uint64(i % 3)}
			var first string
			for range times {
				rec, err := run(context.Background(), p)
				if err != nil {
					t.Fatal(err)
				}
				text, err := json.Marshal(rec)
				if err != nil {
					t.Fatal(err)
				}
				got := fmt.Sprintf("digest %s %s %x\n",
					s.id(), nameOf(engine), sha256.Sum256(text))
				switch first {
				case "":
					first = got
					fmt.Print(got)
				case got:
				default:
					t.Errorf("got %s, then %s", first, got)
				}
			}
		}
	}
}
