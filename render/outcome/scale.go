package outcome

import (
	"slices"
	"sort"
	"strconv"
	"time"

	"runnel/runner/timeline"
)

// full is the width of a drawing: positions are hundredths of a percent of
// the width that a page has for it.
const full = 10_000

// A scale places moments from left to right. Programs work in no virtual
// time, so it gives both their due: a stop for each time at which something
// happens, as wide as there are steps, and between the stops the time that
// passes. It calculates in whole numbers: the same on every machine.
type scale struct {
	stops []stop
	end   timeline.Moment
}

// A stop is a time at which the clock stands still.
type stop struct {
	at           time.Duration
	first, steps int
	from, to     int  // positions
	short        bool // the idle time before it is drawn shorter than it was
}

// newScale makes the scale of a run.
func newScale(tl *timeline.Timeline) scale {
	s := scale{end: tl.End}
	work := []int{0}
	var gaps []time.Duration
	for i, m := range tl.Instants {
		next := tl.End.Step + room(tl)
		if i+1 < len(tl.Instants) {
			next = tl.Instants[i+1].Step
			gaps = append(gaps, tl.Instants[i+1].At-m.At)
		}
		p := stop{at: m.At, first: m.Step, steps: max(next-m.Step, 1)}
		s.stops = append(s.stops, p)
		work = append(work, work[i]+weight(p.steps))
	}
	idle, short := idleWidths(gaps)
	share := full
	if len(gaps) > 0 {
		share = min(max(200*work[len(work)-1], full/5), full*11/20)
	}
	for i := range s.stops {
		p := &s.stops[i]
		before := (full - share) * idle[i] / max(idle[len(idle)-1], 1)
		p.from = before + share*work[i]/work[len(work)-1]
		p.to = before + share*work[i+1]/work[len(work)-1]
		p.short = i > 0 && short[i-1]
	}
	return s
}

// room is how many steps the end is wide, so that its marks can be seen: more
// where some are stuck, which is what the drawing is about.
func room(tl *timeline.Timeline) int {
	for _, l := range tl.Lanes {
		if l.Fate == timeline.Forever {
			return max(6, tl.End.Step/4)
		}
	}
	return 2
}

// weight is how much of the width so many steps deserve: beyond some, each
// further one counts less.
func weight(steps int) int {
	const all = 16
	if steps <= all {
		return steps
	}
	root := sort.Search(steps, func(n int) bool { return n*n >= steps })
	return root * all / 4
}

// idleWidths are the widths of idle stretches, each with those before it
// added. They go by their duration; but one that is longer by far than all
// shorter ones together would leave no room for them, so it is drawn as a
// short one, like all that are longer still.
func idleWidths(gaps []time.Duration) (sums []int, short []bool) {
	var total time.Duration
	for _, g := range gaps {
		total += g / time.Duration(len(gaps)) // no overflow
	}
	unit := max(total/1_000_000, 1)
	limit, seen := 0, 0
	sorted := slices.Sorted(slices.Values(gaps))
	for i, g := range sorted {
		if i > 0 && int(g/unit) > 15*seen {
			limit = int(g / unit)
			break
		}
		seen += max(int(g/unit), 1)
	}
	widths, sum := make([]int, len(gaps)), 0
	short = make([]bool, len(gaps))
	for i, g := range gaps {
		widths[i] = int(g / unit)
		if limit > 0 && widths[i] >= limit {
			widths[i] = 2 * seen * min(widths[i]*10/limit, 40) / 10
			short[i] = true
		}
		sum += widths[i]
	}
	sums = []int{0}
	for i, w := range widths {
		sums = append(sums, sums[i]+max(w, sum/100, 1))
	}
	return sums, short
}

// x is the position of a moment.
func (s scale) x(m timeline.Moment) int {
	if m == s.end {
		return full
	}
	i, _ := slices.BinarySearchFunc(s.stops, m.At, func(p stop, at time.Duration) int {
		return int(min(max(p.at-at, -1), 1))
	})
	p := s.stops[min(i, len(s.stops)-1)]
	step := min(max(m.Step-p.first, 0), p.steps)
	return p.from + (p.to-p.from)*step/p.steps
}

// label is where the middle of a stop's label is, on a phone: at the edges
// labels stand beside their ticks.
func (p stop) label() int {
	const half = full * 8 / 100
	switch {
	case p.from < full*5/100:
		return p.from + half
	case p.from > full*90/100:
		return p.from - half
	}
	return p.from
}

// timeless reports whether everything happens at one time.
func (s scale) timeless() bool { return len(s.stops) == 1 }

// ticks are the stops whose time the axis says: the first, the last, and
// those after the longest idle times as far as there is room on a phone.
func (s scale) ticks() []stop {
	const room = full * 17 / 100
	order := make([]int, 0, len(s.stops))
	for i := range s.stops {
		order = append(order, i)
	}
	idle := func(i int) time.Duration { return s.stops[i].at - s.stops[i-1].at }
	slices.SortStableFunc(order, func(a, b int) int {
		rank := func(i int) int {
			switch i {
			case 0:
				return 0
			case len(s.stops) - 1:
				return 1
			}
			return 2
		}
		if rank(a) != rank(b) || rank(a) < 2 {
			return rank(a) - rank(b)
		}
		return int(min(max(idle(b)-idle(a), -1), 1))
	})
	var chosen []stop
	for _, i := range order {
		p := s.stops[i]
		if !slices.ContainsFunc(chosen, func(c stop) bool {
			return p.label()-c.label() < room && c.label()-p.label() < room
		}) {
			chosen = append(chosen, p)
		}
	}
	slices.SortFunc(chosen, func(a, b stop) int { return a.from - b.from })
	return chosen
}

// percent writes a position, or a part of the height.
func percent(x int) string {
	s := strconv.Itoa(x / 100)
	if part := x % 100; part >= 10 && part%10 == 0 {
		s += "." + strconv.Itoa(part/10)
	} else if part > 0 {
		s += "." + strconv.Itoa(part/10) + strconv.Itoa(part%10)
	}
	return s + "%"
}
