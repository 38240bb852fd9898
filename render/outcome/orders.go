package outcome

import (
	"fmt"
	"html"

	"runnel/runner/timeline"
)

// maxOrders is how many other outcomes are shown.
const maxOrders = 5

// Orders draws what else a program did when its goroutines ran in other
// orders, and how often: a <details class="orders">, nothing where all
// outcomes were alike. The first of the list is the one that [HTML] drew.
func Orders(list []timeline.Order) []byte {
	if len(list) < 2 {
		return nil
	}
	total := 0
	for _, o := range list {
		total += o.Count
	}
	var d drawing
	fmt.Fprintf(&d, "<details class=\"orders\">\n<summary>Not promised: "+
		"%s in %s</summary>\n", plural(len(list), "outcome"),
		plural(total, "run"))
	fmt.Fprintf(&d, "<p>What is shown above came %s. Go leaves the order of "+
		"goroutines, of ready cases and of a map’s keys open, and this "+
		"program’s output depends on it.</p>\n<ol>\n", times(list[0].Count))
	others := list[1:]
	for _, o := range others[:min(len(others), maxOrders)] {
		d.order(o)
	}
	d.WriteString("</ol>\n")
	if more := len(others) - maxOrders; more > 0 {
		fmt.Fprintf(&d, "<p>%s not shown.</p>\n",
			plural(more, "more outcome"))
	}
	d.WriteString("</details>\n")
	return []byte(d.String())
}

// order draws one outcome.
func (d *drawing) order(o timeline.Order) {
	fmt.Fprintf(d, "<li><p>%s, first with seed %d</p>\n<div class=\"outcome\" "+
		"data-end=\"%s\">\n", times(o.Count), o.Seed, o.End.Kind)
	d.output(&o.Recording)
	if o.End.Kind != timeline.OK || len(o.Writes) == 0 {
		if o.End.Message != "" {
			fmt.Fprintf(d, "<pre class=\"message\">%s</pre>\n",
				html.EscapeString(message(o.End.Message)))
		}
		fmt.Fprintf(d, "<p class=\"end\">%s</p>\n",
			html.EscapeString(Words(&o.Recording)))
	}
	d.WriteString("</div></li>\n")
}

// times counts.
func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return fmt.Sprintf("%d times", n)
}
