package outcome

import (
	"fmt"
	"html"
	"strconv"

	"runnel/runner/timeline"
)

// table says in words what the drawing shows, for who does not see it.
func (p *plot) table(most int) {
	p.WriteString(`<details class="spans"><summary>The same as a table</summary>` +
		`<div class="table" tabindex="0"><table>` + "\n<thead><tr><th>Goroutine</th>" +
		"<th>Line</th><th>From</th><th>To</th><th>What</th></tr></thead>\n<tbody>\n")
	left := 0
	for _, r := range p.rows {
		shown := p.bars(r.spans)
		for i, b := range shown {
			if most--; most < 0 {
				left++
				continue
			}
			p.tableRow(r, b, i == 0)
			if i == len(shown)-1 && len(r.lanes) == 1 {
				p.fateRow(r)
			}
		}
	}
	p.WriteString("</tbody></table>")
	if left > 0 {
		fmt.Fprintf(p, "<p>%s not shown.</p>", plural(left, "more row"))
	}
	p.WriteString("</div></details>\n")
}

func (p *plot) tableRow(r *row, b bar, first bool) {
	line, what := "", doing(b.Span)
	switch {
	case b.busy:
		what = "runs and waits by turns"
	case b.Line > 0:
		line = strconv.Itoa(b.Line)
	}
	if !b.busy && b.State == timeline.Waiting {
		what += p.wokenIn(r, b)
	}
	writes := 0
	for _, l := range r.lanes {
		for _, w := range l.Writes {
			if !w.Before(b.From) && w.Before(b.To) {
				writes++
			}
		}
	}
	if writes > 0 {
		what += ", writes"
		if writes > 1 {
			what += " " + group(writes) + " times"
		}
	}
	fmt.Fprintf(p, "<tr>%s<td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>\n",
		heading(r, first), line, duration(b.From.At), duration(b.To.At), what)
}

// wokenIn says who ended the wait of a goroutine, where one did, and how.
func (p *plot) wokenIn(r *row, b bar) string {
	for _, w := range p.tl.Wakes {
		if len(r.lanes) == 1 && w.To == r.lanes[0].G &&
			b.From.Before(w.Moment) && !b.To.Before(w.Moment) {
			how := wakes[w.Op]
			if how == "" {
				how = "by what it did"
			}
			return fmt.Sprintf("; %d wakes it %s%s", w.From, how, atLine(w.Line))
		}
	}
	return ""
}

// heading names the goroutine at the head of its rows, and repeats only its
// number.
func heading(r *row, first bool) string {
	if !first {
		return "<th>" + r.number() + "</th>"
	}
	return "<th>" + r.number() + " " + html.EscapeString(r.name()) + "</th>"
}

// fateRow says how a goroutine ended.
func (p *plot) fateRow(r *row) {
	l := r.lanes[0]
	if l.Fate == timeline.Forever || len(l.Spans) == 0 || p.tl.Cut && l.Fate != timeline.Returned {
		return
	}
	fmt.Fprintf(p, "<tr>%s<td></td><td>%s</td><td></td><td>%s</td></tr>\n",
		heading(r, false), duration(l.Spans[len(l.Spans)-1].To.At), fates[l.Fate])
}
