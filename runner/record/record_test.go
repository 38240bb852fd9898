package record

import (
	"encoding/json"
	"testing"
	"time"

	"runnel/runner/rewrite/observe"
	"runnel/runner/timeline"
)

func TestRun_Recording(t *testing.T) {
	t.Parallel()
	waits := Event{
		Seq: 1, G: 1, Kind: int(observe.Waiting), Op: int(observe.Send), Line: 7,
	}
	dies := Event{Seq: 2, G: 2, Kind: int(observe.Unwound), Line: 3}
	const asleep = "fatal error: all goroutines are asleep - deadlock!"
	tests := map[string]struct {
		run    Run
		want   timeline.End
		events int
	}{
		"ok":      {Run{}, timeline.End{Kind: timeline.OK}, 0},
		"exit":    {Run{Status: 3}, timeline.End{Kind: timeline.Exit, Code: 3}, 0},
		"stopped": {Run{Stopped: timeline.Output}, timeline.End{Kind: timeline.Output}, 0},
		"deadlock": {
			Run{Status: 2, Words: []byte(asleep + "\n"), Told: []Event{waits}},
			timeline.End{Kind: timeline.Deadlock, Code: 2, Message: asleep, Line: 7}, 1,
		},
		"panic": {
			Run{
				Status: 2, Words: []byte("panic: x\n"), WordsAt: time.Second,
				Told: []Event{waits, dies}, Unwound: true, G: 2, PanicLine: 9,
			},
			timeline.End{Kind: timeline.Panic, Code: 2, Message: "panic: x", Line: 9, G: 2}, 1,
		},
		"steps": {
			Run{Stopped: timeline.Steps, Steps: 5_000_000, LastLine: 4, G: 1},
			timeline.End{
				Kind: timeline.Steps, Line: 4, G: 1,
				Message: "the program has made 5,000,000 steps, as many as it is given",
			}, 0,
		},
		"out of memory": {
			Run{Status: 2, Words: []byte("fatal error: out of memory\n")},
			timeline.End{Kind: timeline.Memory, Code: 2, Message: "fatal error: out of memory"}, 0,
		},
		"no stack left": {
			Run{Trap: "stack overflow"},
			timeline.End{Kind: timeline.Panic, Code: 2, Message: "fatal error: stack overflow"}, 0,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// A page hands it over as JSON.
			text, err := json.Marshal(test.run)
			if err != nil {
				t.Fatal(err)
			}
			var run Run
			if err := json.Unmarshal(text, &run); err != nil {
				t.Fatal(err)
			}
			got := run.Recording()
			if got.End != test.want {
				t.Errorf("got %+v, want %+v", got.End, test.want)
			}
			if len(got.Events) != test.events {
				t.Errorf("got %d events, want %d", len(got.Events), test.events)
			}
		})
	}
}

func TestEvent_Worded(t *testing.T) {
	t.Parallel()
	for _, e := range []Event{{}, {Kind: 10}, {Kind: -1}, {Kind: 1, Op: 24}, {Kind: 1, Op: -1}} {
		if worded, ok := e.Worded(); ok {
			t.Errorf("%+v was worded as %+v", e, worded)
		}
	}
	for kind := observe.Create; kind <= observe.Unwound; kind++ {
		e, ok := Event{Kind: int(kind), Op: int(observe.TestDone)}.Worded()
		if !ok || e.Kind == "" || e.Op == "" {
			t.Errorf("kind %d: got %+v", kind, e)
		}
	}
}
