package timeline

import (
	"cmp"
	"slices"
)

// Lanes draws the events and writes of a run as a lane for each goroutine.
// It takes any events: what does not fit together, as where the run was cut
// off, gives lanes that say less.
func Lanes(rec *Recording) Timeline {
	if len(rec.Events) == 0 {
		return Timeline{}
	}
	b := builder{rec: rec, list: points(rec)}
	b.tl.End = Moment{At: max(rec.Virtual, 0), Step: len(b.list) + 1}
	if n := len(b.list); n > 0 {
		b.tl.End.At = max(rec.Virtual, b.list[n-1].At)
	}
	b.tl.Instants = instants(b.list, b.tl.End)
	b.waits = waits(b.list)
	wake(b.list, b.waits)
	b.born()
	b.cut()
	for i := range b.tl.Lanes {
		b.live(&b.tl.Lanes[i])
	}
	b.wakes()
	return b.tl
}

// A builder makes a timeline.
type builder struct {
	rec   *Recording
	list  []point
	waits map[int]*wait
	tl    Timeline
	first map[int]int // index of each goroutine's first point
	seen  int         // how many points there are up to the last event
}

// born makes the lanes. Main is there from the start; one that nobody is
// known to have created begins with what it did first.
func (b *builder) born() {
	b.first = make(map[int]int)
	known := map[int]bool{1: true}
	add := func(l Lane, from Moment) {
		known[l.G] = true
		l.Spans = []Span{{From: from, To: from, State: Ready}}
		b.tl.Lanes = append(b.tl.Lanes, l)
	}
	add(Lane{G: 1, Func: "main"}, Moment{})
	b.tl.Lanes[0].Spans[0].State = Running
	for i, p := range b.list {
		if _, ok := b.first[p.g]; !ok && !p.aside {
			b.first[p.g] = i
		}
		if !known[p.g] {
			add(Lane{G: p.g}, p.Moment)
		}
		if e := p.event; e.Kind == Create && e.Child > 0 && !known[e.Child] {
			add(Lane{G: e.Child, Parent: p.g, Func: e.Func, Line: e.Line}, p.Moment)
		}
	}
}

// cut finds the last event, if the run went on after it.
func (b *builder) cut() {
	b.seen = len(b.list)
	b.tl.Cut = b.rec.Truncated || len(b.rec.Events) >= MaxEvents
	for b.tl.Cut && b.seen > 0 && b.list[b.seen-1].event.Kind == "" {
		b.seen--
	}
}

// live fills in what a goroutine did.
func (b *builder) live(l *Lane) {
	birth := l.Spans[0]
	l.Spans = nil
	first, ok := b.first[l.G]
	switch {
	case !ok || first >= b.seen:
		b.span(l, birth, b.until(len(b.list)))
	case birth.State == Running:
		b.run(l, birth.From, b.list[first].Moment, first > 0)
	default:
		b.span(l, birth, b.list[first].Moment)
	}
	l.Fate = Stopped
	for i := first; ok && i >= 0; i = b.list[i].next {
		p := b.list[i]
		if p.event.Kind == "" {
			l.Writes = append(l.Writes, p.Moment)
		}
		if i >= b.seen {
			continue
		}
		if p.event.Kind == Finish {
			l.Fate = Returned
			return
		}
		b.after(l, i)
	}
	b.fate(l, birth.From)
}

// until is the moment of a point, or the last moment that is known of.
func (b *builder) until(i int) Moment {
	switch {
	case i >= 0 && i < b.seen:
		return b.list[i].Moment
	case b.tl.Cut && b.seen > 0:
		return Moment{At: b.list[b.seen-1].At, Step: b.seen + 1}
	}
	return b.tl.End
}

// after draws what a goroutine did from one of its points to the next.
func (b *builder) after(l *Lane, i int) {
	p := b.list[i]
	to := b.until(p.next)
	last := p.next < 0 || p.next >= b.seen
	others := to.Step > p.Step+1
	w := b.waits[i]
	switch {
	case w != nil && w.blocked:
		b.wait(l, w, to, last)
	case p.event.Kind == Yield && others:
		b.span(l, Span{From: p.Moment, State: Ready}, to)
	default:
		b.run(l, p.Moment, to, others)
	}
}

// run draws a goroutine that runs. Once another one does something, it no
// longer does: it is ready, or, if time passes, it waits for something that
// no event tells of.
func (b *builder) run(l *Lane, from, to Moment, others bool) {
	if !others {
		b.span(l, Span{From: from, State: Running}, to)
		return
	}
	end, state := b.list[from.Step].Moment, Ready
	if end.At > from.At {
		end = Moment{At: from.At, Step: from.Step + 1}
	}
	if to.At > from.At {
		state = Waiting
	}
	b.span(l, Span{From: from, State: Running}, end)
	b.span(l, Span{From: end, State: state}, to)
}

// wait draws a goroutine that waits, and then is ready.
func (b *builder) wait(l *Lane, w *wait, to Moment, last bool) {
	from := b.list[w.from].Moment
	s := Span{From: from, State: Waiting, Op: w.op, Line: w.line}
	woken := to
	switch {
	case w.waker >= 0 && w.waker < b.seen:
		woken = b.list[w.waker].Moment
	case last:
		if b.rec.End.Kind == Deadlock && !b.tl.Cut {
			s.State = Stuck
		}
	case to.At > from.At && timed(w.op):
		woken = b.list[b.list[b.list[w.from].next].first].Moment
	}
	b.span(l, s, woken)
	b.span(l, Span{From: woken, State: Ready}, to)
}

// timed reports whether a timer may end a wait.
func timed(op Op) bool {
	return op == Sleep || sideOf(op) == receives
}

// span adds a span, or lengthens the last one by it.
func (b *builder) span(l *Lane, s Span, to Moment) {
	if !s.From.Before(to) {
		return
	}
	s.To = to
	if n := len(l.Spans); n > 0 {
		last := &l.Spans[n-1]
		if last.State == s.State && (s.State == Running || s.State == Ready) {
			last.To = to
			return
		}
	}
	l.Spans = append(l.Spans, s)
}

// fate says how a goroutine ended that did not return before the run did.
func (b *builder) fate(l *Lane, birth Moment) {
	if b.tl.Cut {
		from := b.until(-1)
		if from.Before(birth) {
			from = birth
		}
		b.span(l, Span{From: from, State: Unseen}, b.tl.End)
		return
	}
	if len(l.Spans) == 0 {
		return
	}
	s := l.Spans[len(l.Spans)-1]
	n := len(b.list)
	switch {
	case s.State == Stuck:
		l.Fate = Forever
	case s.State == Waiting && s.Op != Sleep:
		l.Fate = Abandoned
	case s.State == Running && n > 0 && b.list[n-1].g == l.G &&
		b.rec.End.Kind == Panic:
		l.Fate = Died
	case l.G == 1 && b.rec.End.Kind == OK:
		l.Fate = Returned
	}
}

// wakes gathers who woke whom.
func (b *builder) wakes() {
	for _, w := range b.waits {
		if w.waker < 0 || w.waker >= b.seen {
			continue
		}
		p := b.list[w.waker]
		b.tl.Wakes = append(b.tl.Wakes, Wake{
			Moment: p.Moment, From: p.g, To: w.g,
			Op: p.event.Op, Line: p.event.Line,
		})
	}
	slices.SortFunc(b.tl.Wakes, func(x, y Wake) int {
		return cmp.Or(cmp.Compare(x.Step, y.Step), cmp.Compare(x.To, y.To))
	})
}
