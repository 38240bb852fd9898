package timeline

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// problems says what does not hold together in a timeline.
func problems(rec *Recording, tl Timeline) []string {
	var out []string
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	seen := make(map[int]bool)
	runs := make(map[int]int) // who runs at a step
	for i, l := range tl.Lanes {
		if seen[l.G] || l.Parent != 0 && !seen[l.Parent] || l.Parent == 0 && i > 0 && l.Line > 0 {
			say("goroutine %d: its creator %d is on no lane before it", l.G, l.Parent)
		}
		seen[l.G] = true
		var sum time.Duration
		for k, s := range l.Spans {
			if !s.From.Before(s.To) || tl.End.Before(s.To) {
				say("goroutine %d: span from %v to %v", l.G, s.From, s.To)
			}
			if k > 0 && l.Spans[k-1].To != s.From {
				say("goroutine %d: a gap or overlap at %v", l.G, s.From)
			}
			if s.State == Stuck && rec.End.Kind != Deadlock {
				say("goroutine %d is stuck in a program that ended", l.G)
			}
			sum += s.To.At - s.From.At
			for step := s.From.Step; s.State == Running && step < s.To.Step; step++ {
				if other, ok := runs[step]; ok {
					say("goroutines %d and %d run at step %d", l.G, other, step)
				}
				runs[step] = l.G
			}
		}
		for _, w := range l.Writes {
			if !within(l.Spans, w, Running) && !within(l.Spans, w, Unseen) {
				say("goroutine %d: writes at %v and does not run", l.G, w)
			}
		}
		if len(l.Spans) == 0 {
			continue
		}
		last := l.Spans[len(l.Spans)-1].To
		if sum != last.At-l.Spans[0].From.At {
			say("goroutine %d: spans add up to %v", l.G, sum)
		}
		if l.Fate != Returned && last != tl.End {
			say("goroutine %d: %s, at %v", l.G, l.Fate, last)
		}
		if l.G == 1 && l.Fate != Returned && sum != rec.Virtual {
			say("main lasts for %v, the run for %v", sum, rec.Virtual)
		}
	}
	return out
}

// within reports whether a moment lies in a span of a state.
func within(spans []Span, m Moment, state State) bool {
	for _, s := range spans {
		if s.State == state && !m.Before(s.From) && m.Before(s.To) {
			return true
		}
	}
	return false
}

func TestLanes_simulated(t *testing.T) {
	t.Parallel()
	ends, wakes := make(map[Kind]int), 0
	for seed := range uint64(4000) {
		s := simulate(seed)
		tl := Lanes(&s.rec)
		if found := problems(&s.rec, tl); len(found) > 0 {
			t.Fatalf("seed %d: %s", seed, strings.Join(found, "\n"))
		}
		if len(tl.Lanes) != len(s.all) {
			t.Fatalf("seed %d: %d lanes, want %d", seed, len(tl.Lanes), len(s.all))
		}
		got := make(map[[2]int]int)
		for _, w := range tl.Wakes {
			got[[2]int{w.From, w.To}]++
		}
		for pair, n := range got {
			// Which channels a select waits on shows when it continues. Of who
			// never did, it cannot be known whether it was woken instead.
			if n > s.truth[pair]+s.lost[pair] && !s.waits(pair[1]) {
				t.Fatalf("seed %d: %d wakes %d %d times, want %d", seed, pair[0], pair[1], n, s.truth[pair])
			}
		}
		for pair, n := range s.truth {
			if got[pair] < n {
				t.Fatalf("seed %d: %d wakes %d %d times, want %d", seed, pair[0], pair[1], got[pair], n)
			}
		}
		ends[s.rec.End.Kind]++
		wakes += len(tl.Wakes)
	}
	if ends[OK] < 100 || ends[Deadlock] < 100 || wakes < 2000 {
		t.Errorf("the simulated programs are too few of a kind: %v, %d wakes", ends, wakes)
	}
}
