package outcome

import (
	"fmt"
	"html"
	"strings"

	"runnel/runner/timeline"
)

// What a drawing of goroutines may be at most.
const (
	maxRows   = 24
	maxArrows = 64
	maxTable  = 120
	maxLanes  = 40 << 10 // bytes of HTML
)

// A plot is the drawing of the goroutines of a run.
//
// Its positions are percentages, its strokes and letters have a fixed size:
// so it is as wide as its page, and its words are legible on each. It has no
// ids, since a page may show it twice, and no styles of its own.
type plot struct {
	strings.Builder
	tl    *timeline.Timeline
	scale scale
	rows  []*row
	of    map[int]*row // the row of each goroutine
	least int          // the least width of a bar
	most  int          // how many arrows of a kind
	used  map[string]bool
}

// newPlot places goroutines in rows. There is nothing to draw where main is
// the only one.
func newPlot(tl *timeline.Timeline, rows int) *plot {
	p := &plot{tl: tl, of: make(map[int]*row), used: make(map[string]bool)}
	if len(tl.Lanes) < 2 {
		return p
	}
	p.scale = newScale(tl)
	p.rows = fold(tl.Lanes, rows)
	for _, r := range p.rows {
		for _, l := range r.lanes {
			p.of[l.G] = r
		}
	}
	return p
}

// lanes draws the goroutines, coarser as long as that is too much for a page.
// It is nil where there is nothing to draw.
func lanes(tl *timeline.Timeline) *plot {
	for level := 0; ; level++ {
		p := newPlot(tl, maxRows>>max(level-5, 0))
		if len(p.rows) < 2 {
			return nil
		}
		p.least, p.most = 40<<level, maxArrows>>(level/2)
		p.draw(maxTable >> level)
		if p.Len() <= maxLanes || level == 8 {
			return p
		}
	}
}

// draw draws everything.
func (p *plot) draw(table int) {
	p.WriteString("<figure class=\"lanes\">\n<div class=\"plot\">\n<div class=\"names\" aria-hidden=\"true\">\n")
	for _, r := range p.rows {
		fmt.Fprintf(p, `<div class="%s"%s><span class="g">%s</span> <span class="name">%s</span>`,
			r.colour(), r.who(), r.number(), html.EscapeString(r.name()))
		if r.line() > 0 {
			fmt.Fprintf(p, ` <span class="from">line %d</span>`, r.line())
		}
		p.WriteString("</div>\n")
	}
	p.WriteString("</div>\n")
	p.svg()
	p.axis()
	p.WriteString("</div>\n")
	p.WriteString("<figcaption>")
	p.key()
	p.table(table)
	p.WriteString("</figcaption>\n</figure>\n")
}

// svg draws the grounds, the arrows and the rows, in this order.
func (p *plot) svg() {
	p.WriteString("<svg class=\"rows\" role=\"img\" width=\"100%\" height=\"100%\">\n")
	title := "Goroutines and what they did over virtual time"
	if p.scale.timeless() {
		title = "Goroutines and what they did, in order"
	}
	fmt.Fprintf(p, "<title>%s</title>\n<desc>%s</desc>\n", title, html.EscapeString(p.desc()))
	p.grounds()
	p.arrows(p.tl.Wakes)
	for _, r := range p.rows {
		p.row(r)
	}
	p.cuts()
	p.WriteString("</svg>\n")
}

// y is the middle of a row.
func (p *plot) y(n int) string {
	return percent((2*n + 1) * full / (2 * len(p.rows)))
}

// desc says in a sentence for each goroutine what became of it.
func (p *plot) desc() string {
	const most = 8
	said := fmt.Sprintf("%s in %s of virtual time.",
		plural(len(p.tl.Lanes), "goroutine"), duration(p.tl.End.At))
	for i, r := range p.rows {
		if i == most {
			return said + " The table below has the rest."
		}
		l := r.lanes[0]
		said += " " + r.number() + " " + r.name()
		if r.line() > 0 {
			said += fmt.Sprintf(", started in line %d", r.line())
		}
		if len(r.lanes) > 1 || len(l.Spans) == 0 || p.tl.Cut {
			said += "."
			continue
		}
		last := l.Spans[len(l.Spans)-1]
		said += " " + fates[l.Fate]
		if l.Fate == timeline.Returned {
			said += " at " + duration(last.To.At)
		} else if last.State != timeline.Running {
			said += " (" + doing(last) + atLine(last.Line) + ")"
		}
		said += "."
	}
	return said
}
