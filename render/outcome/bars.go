package outcome

import (
	"fmt"
	"html"
	"slices"
	"unicode/utf8"

	"runnel/runner/timeline"
)

// A bar is a span, or several too short to tell apart, in its place.
type bar struct {
	timeline.Span
	x0, x1 int
	busy   bool // several states by turns
}

// bars places spans. Those shorter than the least width join their
// neighbours.
func (p *plot) bars(spans []timeline.Span) []bar {
	var out []bar
	open := false // the last bar is made of short spans
	for _, s := range spans {
		b := bar{Span: s, x0: p.scale.x(s.From), x1: p.scale.x(s.To)}
		if b.x1-b.x0 >= p.least {
			out, open = append(out, b), false
			continue
		}
		if open {
			last := &out[len(out)-1]
			last.x1, last.To = b.x1, b.To
			last.busy = last.busy || last.State != b.State
			if last.State != timeline.Running && b.State == timeline.Running {
				last.State = b.State
			}
			continue
		}
		out, open = append(out, b), true
	}
	for i := range out {
		b := &out[i]
		if b.x1-b.x0 < p.least {
			b.x1, b.busy = min(b.x0+p.least, full), false
			b.x0 = b.x1 - p.least
		}
	}
	return out
}

// row draws the bars of a row, its writes and how it ended.
func (p *plot) row(r *row) {
	fmt.Fprintf(p, `<svg class="%s"%s y="%s">`, r.colour(), r.who(), p.y(r.n))
	for _, b := range p.bars(r.spans) {
		p.bar(b)
	}
	p.writes(r)
	p.end(r)
	p.WriteString("</svg>\n")
}

// writes draws a dot for each write, as far as there is room for it.
func (p *plot) writes(r *row) {
	const room = full * 12 / 1000
	var all []int
	for _, l := range r.lanes {
		for _, w := range l.Writes {
			all = append(all, p.scale.x(w))
		}
	}
	slices.Sort(all)
	last := -full
	for _, x := range all {
		if x-last >= max(room, p.least) {
			fmt.Fprintf(p, `<circle cx="%s" cy="-10" r="2"/>`, percent(x))
			last = x
		}
	}
}

// bar draws one bar, with what it stands for as its title, and for what the
// goroutine waits above it, where there is room.
func (p *plot) bar(b bar) {
	class, said := string(b.State), doing(b.Span)+atLine(b.Line)
	switch {
	case b.busy:
		class, said = "busy", "runs and waits by turns"
	case b.State == timeline.Waiting && b.Op == timeline.Sleep:
		class = "sleeping"
	}
	p.used[class] = true
	fmt.Fprintf(p, `<line class="%s" x1="%s" x2="%s"><title>%s, %s</title></line>`,
		class, percent(b.x0), percent(b.x1), said, between(b.From, b.To))
	words := reason(b.Span)
	if words == "" || b.busy {
		return
	}
	letters := utf8.RuneCountInString(words)
	switch width := b.x1 - b.x0; {
	case width > 230*letters+200:
		fmt.Fprintf(p, `<text x="%s">%s</text>`, percent(b.x0), html.EscapeString(words))
	case width > 130*letters+150:
		fmt.Fprintf(p, `<text class="roomy" x="%s">%s</text>`, percent(b.x0), html.EscapeString(words))
	}
}

// end marks a row that did not come to its end.
func (p *plot) end(r *row) {
	if len(r.spans) == 0 {
		return
	}
	n, fate := 0, timeline.Returned
	for _, f := range []timeline.Fate{timeline.Died, timeline.Forever, timeline.Abandoned} {
		for _, l := range r.lanes {
			if l.Fate == f {
				n, fate = n+1, f
			}
		}
		if n > 0 {
			break
		}
	}
	said := fates[fate]
	if len(r.lanes) > 1 {
		said = group(n) + " of " + group(len(r.lanes)) + ": " + said
	}
	path, class := "", ""
	switch fate {
	case timeline.Died, timeline.Forever:
		path, class = "M-5-5 5 5M-5 5 5-5", "dead"
	case timeline.Abandoned:
		path, class = "M0-6V6", "left"
	default:
		return
	}
	p.used[class], p.used["died"] = true, p.used["died"] || fate == timeline.Died
	fmt.Fprintf(p, `<svg class="%s" x="%s"><path d="%s"/><title>%s</title></svg>`,
		class, percent(p.scale.x(r.spans[len(r.spans)-1].To)), path, said)
}
