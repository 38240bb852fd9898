package runner

import (
	"cmp"
	"flag"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"runnel/runner/timeline"
)

// Go's own execution tracer is the witness of our lanes: a program is
// compiled as for a page, and one run of it is recorded by both.

var everyWitness = flag.Bool("witness", false,
	"hold all programs against the execution tracer, not a share of them")

// witnessTally counts programs.
type witnessTally struct {
	sync.Mutex
	compared int
	left     map[string]int // and why
}

func (n *witnessTally) leave(why string) {
	n.Lock()
	defer n.Unlock()
	n.left[why]++
}

// Fewer programs than these are not compared, or the test says nothing.
const (
	leastWitnessed   = 100
	leastOfTheShare  = 20
	shareOfWitnesses = 4
)

// TestWitness holds the lanes against the trace of the same run, and this
// against the trace of the program as its author wrote it.
func TestWitness(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles programs")
	}
	tally := &witnessTally{left: map[string]int{}}
	least := leastWitnessed
	if !*everyWitness {
		least = leastOfTheShare
	}
	t.Run("programs", func(t *testing.T) {
		for i, s := range samples(t) {
			switch {
			case !waits(s.source):
			case s.rules.fails:
				tally.leave("it is meant to fail")
			case !*everyWitness && i%shareOfWitnesses > 0:
				tally.leave("not in the share")
			default:
				t.Run(s.id(), func(t *testing.T) {
					t.Parallel()
					witness(t, s, tally)
				})
			}
		}
	})
	t.Logf("%d programs compared; left out: %v", tally.compared, tally.left)
	if tally.compared < least {
		t.Errorf("got %d programs, want at least %d", tally.compared, least)
	}
}

// waits says that a program may have goroutines, or wait.
func waits(source string) bool {
	return slices.ContainsFunc([]string{
		"go ", ".Go(", "AfterFunc(", "<-", "time.Sleep(", ".Wait(",
	}, func(word string) bool { return strings.Contains(source, word) })
}

// witness compares one program.
func witness(t *testing.T, s sample, tally *witnessTally) {
	run, err := traced(t, s, rewritten(t, s.source))
	if why, ok := err.(errNoTrace); ok {
		tally.leave(string(why))
		return
	} else if err != nil {
		t.Fatal(err)
	}
	tally.Lock()
	tally.compared++
	tally.Unlock()
	agree(t, drawn(untilMainReturns(run.rec)), run.seen)
	original, err := traced(t, s, s.source)
	if err != nil {
		t.Fatalf("as it was written: %v", err)
	}
	if run.printed != original.printed {
		t.Errorf("got output\n%s, as it was written\n%s",
			run.printed, original.printed)
	}
	same(t, s, run.seen, original.seen)
}

// byChance are programs in which a select has the choice of several channels:
// whom it wakes first differs between the two texts, since the runtime has
// drawn other random numbers by then.
var byChance = map[string]string{
	"closing_nil_disables": "two senders wait for main at once",
}

// same compares what the tracer saw of the two texts of a program.
func same(t *testing.T, s sample, got, want testimony) {
	t.Helper()
	if !slices.Equal(got.parents, want.parents) {
		t.Errorf("rewritten: got creators\n%q, want\n%q", got.parents, want.parents)
	}
	for g := range len(want.parents) + 1 {
		if !slices.EqualFunc(got.waits[g+1], want.waits[g+1],
			func(a, b waited) bool {
				return a.reason == b.reason && a.over == b.over &&
					near(a.from, b.from) && near(a.to, b.to)
			}) {
			t.Errorf("rewritten: goroutine %d: got waits\n%v, want\n%v",
				g+1, got.waits[g+1], want.waits[g+1])
		}
	}
	order := inOrder
	if byChance[s.id()] != "" {
		order = byWho
	}
	if !slices.EqualFunc(order(got.wakes), order(want.wakes),
		func(a, b wakened) bool {
			return a.by == b.by && a.who == b.who && near(a.at, b.at)
		}) {
		t.Errorf("rewritten: got wakes\n%v, want\n%v", got.wakes, want.wakes)
	}
}

// agree compares our lanes with what the tracer saw of the same run.
func agree(t *testing.T, got, want testimony) {
	if !slices.EqualFunc(got.parents, want.parents,
		func(got, want string) bool {
			return got == want || want == byTimer
		}) {
		t.Errorf("got creators\n%q, the tracer\n%q",
			got.parents, want.parents)
	}
	again := false
	for g := range len(want.parents) + 1 {
		got, want := got.waits[g+1], want.waits[g+1]
		again = again || len(got) < len(want)
		if !sameWaits(got, want) {
			t.Errorf("goroutine %d waits for\n%v, the tracer says\n%v",
				g+1, got, want)
		}
	}
	if !isPart(got.wakes, want.wakes, again) {
		t.Errorf("got wakes\n%v, the tracer\n%v", got.wakes, want.wakes)
	}
}

// drawn is the testimony of our lanes.
func drawn(rec timeline.Recording) testimony {
	s := testimony{waits: map[int][]waited{}}
	tl := timeline.Lanes(&rec)
	numbers := map[int]int{}
	for i, l := range tl.Lanes {
		numbers[l.G] = i + 1
		if l.Parent > 0 {
			s.parents = append(s.parents, fmt.Sprint(numbers[l.Parent]))
		}
		for _, span := range l.Spans {
			if span.State == timeline.Waiting || span.State == timeline.Stuck {
				s.waits[i+1] = append(s.waits[i+1], waited{
					reason: reasonOf(span.Op), from: span.From.At,
					to: span.To.At,
				})
			}
		}
	}
	for _, w := range tl.Wakes {
		s.wakes = append(s.wakes, wakened{
			by: numbers[w.From], who: numbers[w.To], at: w.At,
		})
	}
	return s
}

// untilMainReturns leaves out what others do while the tracer stops.
func untilMainReturns(rec timeline.Recording) timeline.Recording {
	for i, e := range rec.Events {
		if e.G == 1 && e.Kind == timeline.Finish {
			rec.Events = rec.Events[:i+1]
			break
		}
	}
	return rec
}

// reasonOf is the tracer's view of an operation.
func reasonOf(op timeline.Op) string {
	switch op {
	case timeline.Send:
		return "send"
	case timeline.Receive, timeline.RangeChan:
		return "receive"
	case timeline.Select, timeline.SelectSend, timeline.SelectRecv:
		return "select"
	case timeline.Lock, timeline.RLock, timeline.WaitGroup, timeline.Once:
		return "sync"
	case timeline.CondWait:
		return "cond"
	}
	return string(op)
}

// sameWaits compares the waits of a goroutine with the tracer's. One that was
// woken to lock a mutex may have found it locked again, and waited on: our
// lanes have one wait for one Lock.
func sameWaits(got, tracer []waited) bool {
	if len(got) < len(tracer) {
		got, tracer = once(got), once(tracer)
	}
	return slices.EqualFunc(got, tracer, func(a, b waited) bool {
		return a.reason == b.reason && near(a.from, b.from) &&
			(!b.over || near(a.to, b.to))
	})
}

// once makes one wait of several in a row for a mutex.
func once(list []waited) []waited {
	var kept []waited
	for _, w := range list {
		last := len(kept) - 1
		if last >= 0 && w.reason == "sync" && kept[last].reason == "sync" {
			kept[last].to, kept[last].over = w.to, w.over
			continue
		}
		kept = append(kept, w)
	}
	return kept
}

// isPart says that wakes are those of the tracer. Whom one act wakes at once
// has no order; who does not run again may be missing, and, where one found
// its mutex locked again, who was woken for nothing.
func isPart(list, tracer []wakened, again bool) bool {
	list, tracer = inOrder(list), inOrder(tracer)
	for _, w := range tracer {
		switch {
		case len(list) > 0 && list[0].by == w.by &&
			list[0].who == w.who && near(list[0].at, w.at):
			list = list[1:]
		case w.ran && !again:
			return false
		}
	}
	return len(list) == 0
}

// inOrder sorts what one goroutine wakes in a row.
func inOrder(list []wakened) []wakened {
	list = slices.Clone(list)
	for i := 0; i < len(list); {
		n := i
		for n < len(list) && list[n].by == list[i].by {
			n++
		}
		slices.SortStableFunc(list[i:n], func(a, b wakened) int {
			return a.who - b.who
		})
		i = n
	}
	return list
}

// byWho sorts wakes without regard to when they were.
func byWho(list []wakened) []wakened {
	return slices.SortedFunc(slices.Values(list), func(a, b wakened) int {
		return cmp.Or(a.by-b.by, a.who-b.who)
	})
}
