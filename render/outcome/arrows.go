package outcome

import (
	"fmt"

	"runnel/runner/timeline"
)

// An arrow goes from one row to another at one moment.
type arrow struct{ from, to, x int }

// arrows draws who created and who woke whom. Of arrows that would lie upon
// each other it draws one.
func (p *plot) arrows(wakes []timeline.Wake) {
	births := make(map[arrow]bool)
	for _, r := range p.rows {
		for _, l := range r.lanes {
			from, ok := p.of[l.Parent]
			a := p.arrow(from, r, l.Spans[0].From)
			if !ok || from == r || births[a] || len(births) >= p.most {
				continue
			}
			births[a] = true
			fmt.Fprintf(p, `<line class="birth" x1="%s" x2="%[1]s" y1="%s" y2="%s"/>`,
				percent(a.x), p.y(a.from), p.y(a.to))
			p.used["birth"] = true
		}
	}
	p.WriteString("\n")
	p.wakes(wakes)
}

// wakes draws who woke whom: of many, some from the whole run.
func (p *plot) wakes(wakes []timeline.Wake) {
	type told struct {
		arrow
		timeline.Wake
	}
	seen := make(map[arrow]bool)
	var all []told
	for _, w := range wakes {
		from, to := p.of[w.From], p.of[w.To]
		if from == nil || to == nil || from == to {
			continue
		}
		if a := p.arrow(from, to, w.Moment); !seen[a] {
			seen[a] = true
			all = append(all, told{a, w})
		}
	}
	stride := 1 + (len(all)-1)/max(p.most, 1)
	for i := 0; i < len(all); i += stride {
		p.wake(all[i].arrow, all[i].Wake)
	}
	p.used["some"] = stride > 1
}

// arrow is one in its place, on a grid of the least width.
func (p *plot) arrow(from, to *row, at timeline.Moment) arrow {
	if from == nil {
		return arrow{}
	}
	x := p.scale.x(at)
	return arrow{from.n, to.n, x - x%max(p.least/2, 1)}
}

// wake draws one arrow. Its head ends at the edge of the bar.
func (p *plot) wake(a arrow, w timeline.Wake) {
	p.used["wake"] = true
	head := "M-3.5-13 0-7 3.5-13z"
	if a.from > a.to {
		head = "M-3.5 13 0 7 3.5 13z"
	}
	how := wakes[w.Op]
	if how == "" {
		how = "by what it did"
	}
	fmt.Fprintf(p, `<g class="wake"><title>%d wakes %d %s%s, at %s</title>`,
		w.From, w.To, how, atLine(w.Line), duration(w.At))
	fmt.Fprintf(p, `<line x1="%s" x2="%[1]s" y1="%s" y2="%s"/>`,
		percent(a.x), p.y(a.from), p.y(a.to))
	fmt.Fprintf(p, "<svg x=\"%s\" y=\"%s\"><path d=\"%s\"/></svg></g>\n",
		percent(a.x), p.y(a.to), head)
}
