package runner

import (
	"fmt"
	"testing"
	"time"

	"runnel/runner/timeline"
)

// checkLanes wants a recording's timeline to hold together.
func checkLanes(t *testing.T, rec timeline.Recording) {
	t.Helper()
	tl := timeline.Lanes(&rec)
	for _, problem := range laneProblems(rec, tl) {
		t.Error(problem)
	}
}

// laneProblems says what does not hold together in a timeline.
func laneProblems(rec timeline.Recording, tl timeline.Timeline) []string {
	var out []string
	lanes := map[int]timeline.Lane{}
	writes := 0
	for i, l := range tl.Lanes {
		if _, ok := lanes[l.Parent]; l.Parent == 0 != (i == 0) || i > 0 && !ok {
			out = append(out, fmt.Sprintf(
				"goroutine %d: its creator %d has no lane", l.G, l.Parent))
		}
		lanes[l.G] = l
		out = append(out, spanProblems(rec, tl, l)...)
		for _, w := range l.Writes {
			if s := stateAt(l, w); s != timeline.Running && s != timeline.Unseen {
				out = append(out, fmt.Sprintf(
					"goroutine %d writes at %v, when %q", l.G, w, s))
			}
		}
		writes += len(l.Writes)
	}
	if len(tl.Lanes) > 0 && writes != len(rec.Writes) {
		out = append(out, fmt.Sprintf(
			"%d writes on lanes, want %d", writes, len(rec.Writes)))
	}
	for _, e := range rec.Events {
		if _, ok := lanes[e.G]; !ok {
			out = append(out, fmt.Sprintf("goroutine %d has no lane", e.G))
		}
	}
	for _, w := range tl.Wakes {
		_, from := lanes[w.From]
		if _, to := lanes[w.To]; !from || !to {
			out = append(out, fmt.Sprintf("a wake from %d to %d", w.From, w.To))
		}
	}
	return out
}

// spanProblems says what does not hold together on one lane.
func spanProblems(
	rec timeline.Recording, tl timeline.Timeline, l timeline.Lane,
) []string {
	var out []string
	say := func(format string, args ...any) {
		out = append(out, fmt.Sprintf("goroutine %d: ", l.G)+
			fmt.Sprintf(format, args...))
	}
	if len(l.Spans) == 0 {
		say("no spans")
		return out
	}
	var sum time.Duration
	for i, s := range l.Spans {
		if !s.From.Before(s.To) || tl.End.Before(s.To) {
			say("a span from %v to %v", s.From, s.To)
		}
		if i > 0 && l.Spans[i-1].To != s.From {
			say("a gap or overlap at %v", s.From)
		}
		if s.State == timeline.Stuck && rec.End.Kind != timeline.Deadlock {
			say("stuck in a program that ends with %s", rec.End.Kind)
		}
		sum += s.To.At - s.From.At
	}
	first, last := l.Spans[0].From, l.Spans[len(l.Spans)-1].To
	if sum != last.At-first.At {
		say("spans add up to %v of %v", sum, last.At-first.At)
	}
	if l.Fate != timeline.Returned && last != tl.End {
		say("%s, but ends at %v", l.Fate, last)
	}
	if l.G == 1 && (first.At != 0 || sum != rec.Virtual) {
		say("main's spans add up to %v, the run to %v", sum, rec.Virtual)
	}
	return out
}

// stateAt is what a goroutine does at a moment.
func stateAt(l timeline.Lane, m timeline.Moment) timeline.State {
	for _, s := range l.Spans {
		if !m.Before(s.From) && m.Before(s.To) {
			return s.State
		}
	}
	return "nothing"
}

// Timelines that do not hold together are found out.
func TestLaneProblems(t *testing.T) {
	t.Parallel()
	rec := mustRun(t, Program{Source: waitFor}).Recording
	tests := map[string]func(tl *timeline.Timeline){
		"gap": func(tl *timeline.Timeline) {
			s := tl.Lanes[1].Spans
			tl.Lanes[1].Spans = append(s[:1:1], s[2:]...)
		},
		"overlap": func(tl *timeline.Timeline) {
			s := tl.Lanes[1].Spans
			s[len(s)-1].From.At = 0
		},
		"lost creator": func(tl *timeline.Timeline) { tl.Lanes[2].Parent = 9 },
		"lost lane":    func(tl *timeline.Timeline) { tl.Lanes = tl.Lanes[:2] },
		"lost write":   func(tl *timeline.Timeline) { tl.Lanes[1].Writes = nil },
		"write of one who waits": func(tl *timeline.Timeline) {
			tl.Lanes[0].Writes, tl.Lanes[1].Writes =
				tl.Lanes[1].Writes, tl.Lanes[0].Writes
		},
		"too short": func(tl *timeline.Timeline) {
			s := tl.Lanes[0].Spans
			tl.Lanes[0].Spans = s[:1]
		},
	}
	if p := laneProblems(rec, timeline.Lanes(&rec)); len(p) > 0 {
		t.Fatal(p)
	}
	for name, damage := range tests {
		tl := timeline.Lanes(&rec)
		damage(&tl)
		if p := laneProblems(rec, tl); len(p) == 0 {
			t.Errorf("%s: got no problem", name)
		}
	}
}
