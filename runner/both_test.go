package runner

import (
	"strings"
	"testing"

	"runnel/runner/timeline"
)

// recorded is a recording of an output, with two goroutines if concurrent.
func recorded(stdout string, kind timeline.Kind, many bool) timeline.Recording {
	rec := timeline.Recording{End: timeline.End{Kind: kind}}
	rec.Writes = append(rec.Writes, timeline.Write{
		Stream: timeline.Stdout, Text: []byte(stdout),
	})
	if many {
		rec.Events = append(rec.Events, timeline.Event{
			Kind: timeline.Create, G: 1, Child: 2,
		})
	}
	return rec
}

func TestCompare(t *testing.T) {
	t.Parallel()
	const ok = timeline.OK
	refused := recorded("", timeline.Refused, false)
	refused.End.Message = "it cannot"
	crash := func(message string) timeline.Recording {
		rec := recorded("a\n", timeline.Panic, false)
		rec.End.Message = "panic: " + message
		return rec
	}
	tests := map[string]struct {
		yaegi, golang timeline.Recording
		want          Interpreted
		says          string
	}{
		"alike": {recorded("a\n", ok, false), recorded("a\n", ok, false),
			Agrees, ""},
		"refused": {refused, recorded("a\n", ok, false),
			Declines, "it cannot"},
		"another line": {recorded("a\nb\n", ok, false),
			recorded("a\nc\n", ok, false), Differs,
			`at line 2 of the output the interpreter prints "b", Go prints "c"`},
		"more": {recorded("a\nb", ok, false), recorded("a", ok, false),
			Differs, `at line 2 of the output Go is done, ` +
				`the interpreter goes on with "b"`},
		"less": {recorded("a", ok, false), recorded("a\nb", ok, false),
			Differs, `at line 2 of the output the interpreter is done, ` +
				`Go goes on with "b"`},
		"another order": {recorded("b\na\n", ok, true),
			recorded("a\nb\n", ok, true), Agrees, ""},
		"another order of one goroutine": {recorded("b\na\n", ok, false),
			recorded("a\nb\n", ok, false), Differs, "at line 1"},
		"another end": {recorded("a\n", ok, false),
			recorded("a\n", timeline.Deadlock, false), Differs,
			"the interpreter ends with ok, Go with deadlock"},
		"other words": {crash("main.E"), crash("failure"), Differs,
			`the interpreter says "panic: main.E", Go says "panic: failure"`},
		"fewer words": {
			crash("index out of range (the interpreter cannot say which)"),
			crash("index out of range [3] with length 0"), Agrees, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, says := compare(test.yaegi, test.golang)
			if got != test.want || !strings.Contains(says, test.says) {
				t.Errorf("got %s %q, want %s %q",
					got, says, test.want, test.says)
			}
		})
	}
}

// TestRun_leftOpen rolls dice: no engine's number is the right one.
func TestRun_leftOpen(t *testing.T) {
	t.Parallel()
	p := body("fmt math/rand", `
		for range 5 {
			fmt.Println(rand.Intn(1_000_000))
		}`)
	p.Source = strings.ReplaceAll(p.Source, "for range 5", "for i := 0; i < 5; i++")
	p.Engine = Both
	if result := mustRun(t, p); result.Interpreted != Agrees {
		t.Errorf("the interpreter %s: %s",
			result.Interpreted, result.Difference)
	}
}

// TestRun_ordersOfCrash wants no second outcome where the interpreter does not
// know all of Go's words for a crash.
func TestRun_ordersOfCrash(t *testing.T) {
	t.Parallel()
	p := body("time", `
		go func() {
			a, i := []int{1}, 3
			a[i]++
		}()
		time.Sleep(time.Second)`)
	p.Engine, p.Orders = Both, 15
	result := mustRun(t, p)
	if result.Interpreted != Agrees || len(result.Orders) != 1 {
		t.Errorf("the interpreter %s, %d outcomes",
			result.Interpreted, len(result.Orders))
	}
}
