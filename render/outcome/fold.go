package outcome

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"runnel/runner/timeline"
)

// A row of the drawing is a goroutine, or several with the same function and
// go statement.
type row struct {
	lanes []*timeline.Lane
	spans []timeline.Span
	mixed bool // several functions or go statements
	n     int  // its place among the rows, from 0
}

// fold makes at most so many rows of the lanes. What there is most of folds
// first; where that does not suffice, the last rows become one.
func fold(lanes []timeline.Lane, most int) []*row {
	groups := groupsOf(lanes)
	var rows []*row
	for _, group := range groups {
		rows = append(rows, &row{lanes: group})
	}
	total, folded := len(lanes), make(map[*row]bool)
	bySize := slices.Clone(rows)
	slices.SortStableFunc(bySize, func(a, b *row) int {
		return cmp.Compare(len(b.lanes), len(a.lanes))
	})
	for _, r := range bySize {
		if total > most && len(r.lanes) > 1 {
			total -= len(r.lanes) - 1
			folded[r] = true
		}
	}
	var out []*row
	for _, r := range rows {
		if folded[r] {
			out = append(out, r)
			continue
		}
		for _, l := range r.lanes {
			out = append(out, &row{lanes: []*timeline.Lane{l}})
		}
	}
	slices.SortStableFunc(out, func(a, b *row) int {
		return cmp.Compare(a.lanes[0].Spans[0].From.Step, b.lanes[0].Spans[0].From.Step)
	})
	if len(out) > most {
		rest := &row{mixed: true}
		for _, r := range out[most-1:] {
			rest.lanes = append(rest.lanes, r.lanes...)
		}
		out = append(out[:most-1], rest)
	}
	for i, r := range out {
		r.n = i
		r.spans = r.lanes[0].Spans
		if len(r.lanes) > 1 {
			r.spans = together(r.lanes)
		}
	}
	return out
}

// groupsOf puts goroutines together that run the same function from the same
// go statement, in the order of their first.
func groupsOf(lanes []timeline.Lane) [][]*timeline.Lane {
	type key struct {
		name string
		line int
	}
	at := make(map[key]int)
	var groups [][]*timeline.Lane
	for i := range lanes {
		l := &lanes[i]
		if len(l.Spans) == 0 {
			continue
		}
		k := key{l.Func, l.Line}
		n, ok := at[k]
		if !ok || l.G == 1 {
			n = len(groups)
			groups = append(groups, nil)
			if l.G != 1 {
				at[k] = n
			}
		}
		groups[n] = append(groups[n], l)
	}
	return groups
}

// urgency says which state stands for a group: one that runs does, before
// those that wait.
var urgency = map[timeline.State]int{
	timeline.Running: 5, timeline.Ready: 4, timeline.Stuck: 3,
	timeline.Waiting: 2, timeline.Unseen: 1,
}

// together draws several lanes as one: at each moment it shows the most
// urgent state, and what they wait for if that is the same for all.
func together(lanes []*timeline.Lane) []timeline.Span {
	type change struct {
		timeline.Moment
		span timeline.Span
		by   int
	}
	var all []change
	for _, l := range lanes {
		for _, s := range l.Spans {
			bare := timeline.Span{State: s.State, Op: s.Op, Line: s.Line}
			all = append(all, change{s.From, bare, 1}, change{s.To, bare, -1})
		}
	}
	slices.SortStableFunc(all, func(a, b change) int {
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Step, b.Step))
	})
	count := make(map[timeline.Span]int)
	var out []timeline.Span
	for i, c := range all {
		if count[c.span] += c.by; count[c.span] == 0 {
			delete(count, c.span)
		}
		if i+1 == len(all) || all[i+1].Moment == c.Moment || len(count) == 0 {
			continue
		}
		s := foremost(count)
		s.From, s.To = c.Moment, all[i+1].Moment
		if n := len(out); n > 0 && out[n-1].To == s.From &&
			out[n-1].State == s.State && out[n-1].Op == s.Op && out[n-1].Line == s.Line {
			out[n-1].To = s.To
			continue
		}
		out = append(out, s)
	}
	return out
}

// foremost is the state that stands for several.
func foremost(count map[timeline.Span]int) timeline.Span {
	var best timeline.Span
	for s := range count {
		switch {
		case urgency[s.State] > urgency[best.State]:
			best = s
		case s.State == best.State:
			if s.Op != best.Op {
				best.Op = ""
			}
			if s.Line != best.Line {
				best.Line = 0
			}
		}
	}
	return best
}

// name is what a row is called: "worker ×1,000".
func (r *row) name() string {
	name := function(r.lanes[0])
	if r.mixed {
		return group(len(r.lanes)) + " other goroutines"
	}
	if len(r.lanes) > 1 {
		name += " ×" + group(len(r.lanes))
	}
	return name
}

// line is that of its go statement, 0 for none.
func (r *row) line() int {
	if r.mixed {
		return 0
	}
	return r.lanes[0].Line
}

// number is what stands on its chip.
func (r *row) number() string {
	s := strconv.Itoa(r.lanes[0].G)
	if len(r.lanes) > 1 {
		s += "+"
	}
	return s
}

// colour is its class: colours come again, numbers do not.
func (r *row) colour() string {
	return "g" + strconv.Itoa(1+r.n%5)
}

// function is the name of a goroutine's function, cut if it is long.
func function(l *timeline.Lane) string {
	name := []rune(printable([]byte(strings.TrimSpace(l.Func))))
	switch {
	case len(name) == 0:
		return "goroutine " + strconv.Itoa(l.G)
	case len(name) > 40:
		return string(name[:39]) + "…"
	}
	return string(name)
}
