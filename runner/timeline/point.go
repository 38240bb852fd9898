package timeline

import (
	"cmp"
	"slices"
	"time"
)

// MaxEvents is how many events a recording keeps.
const MaxEvents = 10_000

// A point is an event or a write of a known goroutine, in its place in the
// order of the run.
type point struct {
	Moment
	seq   int
	g     int
	event Event // its Kind is empty for a write
	next  int   // index of the goroutine's next point, -1 for none
	aside bool  // not something that the goroutine did itself
	first int   // index of the first point at the same virtual time
}

// points puts events and writes in one order and numbers them anew, so that
// steps are dense: two points of a goroutine with consecutive steps have
// nothing of another goroutine between them. Time that runs backwards is
// taken to stand still.
func points(rec *Recording) []point {
	list := make([]point, 0, len(rec.Events)+len(rec.Writes))
	for _, e := range rec.Events {
		if e.G > 0 {
			list = append(list, point{Moment: Moment{At: e.At}, seq: e.Seq, g: e.G, event: e})
		}
	}
	for _, w := range rec.Writes {
		if w.G > 0 {
			list = append(list, point{Moment: Moment{At: w.At}, seq: w.Seq, g: w.G})
		}
	}
	slices.SortStableFunc(list, func(a, b point) int {
		return cmp.Compare(a.seq, b.seq)
	})
	var now time.Duration
	for i := range list {
		p := &list[i]
		now = max(now, p.At)
		p.Moment = Moment{At: now, Step: i + 1}
		p.first = i
		if i > 0 && list[i-1].At == now {
			p.first = list[i-1].first
		}
	}
	link(list)
	return list
}

// link finds the next point of each. A goroutine that a timer starts counts
// as created by who set the timer, though that one waits or has ended by now:
// it does nothing itself.
func link(list []point) {
	last := make(map[int]int)
	for i := range list {
		p := &list[i]
		p.next = -1
		before, ok := last[p.g]
		if ok && p.event.Kind == Create {
			switch list[before].event.Kind {
			case Wait, Yield, Finish:
				p.aside = true
				continue
			}
		}
		if ok {
			list[before].next = i
		}
		last[p.g] = i
	}
}

// instants are the first moments of each time, from the start to the end.
func instants(list []point, end Moment) []Moment {
	all := []Moment{{}}
	for i, p := range list {
		if p.first == i && p.At > all[len(all)-1].At {
			all = append(all, p.Moment)
		}
	}
	if end.At > all[len(all)-1].At {
		all = append(all, end)
	}
	return all
}
