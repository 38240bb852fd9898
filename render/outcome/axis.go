package outcome

import "fmt"

// maxGrounds is how many moments have a ground of their own: of more, each
// would be too narrow to see.
const maxGrounds = 48

// grounds shades the moments at which the clock stands still, and draws a
// line up from each tick of the axis.
func (p *plot) grounds() {
	if p.scale.timeless() {
		return
	}
	if len(p.scale.stops) <= maxGrounds {
		for _, s := range p.scale.stops {
			if s.to > s.from {
				fmt.Fprintf(p, `<rect class="still" x="%s" width="%s" height="100%%"/>`,
					percent(s.from), percent(s.to-s.from))
				p.used["still"] = true
			}
		}
	}
	for _, t := range p.scale.ticks() {
		fmt.Fprintf(p, `<line class="tick" x1="%s" x2="%[1]s" y2="100%%"/>`, percent(t.from))
	}
	p.WriteString("\n")
}

// cuts breaks the bars where idle time is drawn shorter than it was.
func (p *plot) cuts() {
	for i, s := range p.scale.stops {
		if s.short && p.cut(i) {
			fmt.Fprintf(p, `<line class="cut" x1="%s" x2="%[1]s" y2="100%%"/>`, percent(p.middle(i)))
			p.used["cut"] = true
		}
	}
}

// cut reports whether there is room to show that the idle time before a stop
// is cut.
func (p *plot) cut(i int) bool {
	return p.scale.stops[i].from-p.scale.stops[i-1].to > 200
}

// middle is the middle of the idle time before a stop.
func (p *plot) middle(i int) int {
	return (p.scale.stops[i-1].to + p.scale.stops[i].from) / 2
}

// axis says the virtual time below the rows.
func (p *plot) axis() {
	p.WriteString(`<svg class="axis" aria-hidden="true" width="100%" height="20">`)
	if p.scale.timeless() {
		p.WriteString(`<text y="14">first</text><text class="last" x="100%" y="14">last</text></svg>` + "\n")
		return
	}
	for _, t := range p.scale.ticks() {
		class := ""
		switch {
		case t.from > full*90/100:
			class = ` class="last"`
		case t.from > full*5/100:
			class = ` class="mid"`
		}
		fmt.Fprintf(p, `<text%s x="%s" y="14">%s</text>`, class, percent(t.from), about(t.at))
	}
	for i, s := range p.scale.stops {
		if s.short && p.cut(i) {
			fmt.Fprintf(p, `<svg class="cut" x="%s"><path d="M-4 6-1-1M1 6 4-1"/></svg>`, percent(p.middle(i)))
		}
	}
	p.WriteString("</svg>\n")
}

// keys are the signs of a drawing and what they mean.
var keys = []struct{ class, sign, means string }{
	{"running", `<line class="running" x1="0" x2="22" y1="6" y2="6"/>`, "runs"},
	{"ready", `<line class="ready" x1="0" x2="22" y1="6" y2="6"/>`, "ready, another one runs"},
	{"waiting", `<line class="waiting" x1="0" x2="22" y1="6" y2="6"/>`, "waits"},
	{"sleeping", `<line class="sleeping" x1="0" x2="22" y1="6" y2="6"/>`, "sleeps"},
	{"busy", `<line class="busy" x1="0" x2="22" y1="6" y2="6"/>`, "too fast to tell apart"},
	{"unseen", `<line class="unseen" x1="0" x2="22" y1="6" y2="6"/>`, "no longer recorded"},
	{"stuck", `<line class="stuck" x1="0" x2="14" y1="6" y2="6"/><path class="dead" d="M13 2 21 10M13 10 21 2"/>`, "stuck for ever"},
	{"died", `<path class="dead" d="M7 2 15 10M7 10 15 2"/>`, "panics"},
	{"left", `<line class="waiting" x1="0" x2="20" y1="6" y2="6"/><path class="left" d="M20 0V12"/>`, "left waiting at the end"},
	{"write", `<circle cx="11" cy="6" r="2"/>`, "writes"},
	{"wake", `<path class="wake" d="M11 0V5M7.5 5 11 11 14.5 5z"/>`, "wakes"},
	{"birth", `<path class="birth" d="M11 0V12"/>`, "starts"},
	{"still", `<rect class="still" width="22" height="12"/>`, "work, in no virtual time"},
	{"cut", `<path class="cut" d="M7 10 10 2M12 10 15 2"/>`, "idle time, drawn shorter"},
}

// key explains the signs that the drawing uses.
func (p *plot) key() {
	for _, l := range p.tl.Lanes {
		p.used["write"] = p.used["write"] || len(l.Writes) > 0
	}
	if p.scale.timeless() {
		fmt.Fprintf(p, "<p>Everything happened at %s: drawn in its order, one step after the other.</p>",
			duration(p.tl.End.At))
	}
	if p.tl.Cut {
		p.WriteString("<p>The program did more than is recorded.</p>")
	}
	p.WriteString(`<ul class="key" aria-hidden="true">`)
	for _, k := range keys {
		if p.used[k.class] {
			if k.class == "wake" && p.used["some"] {
				k.means += " (some of them)"
			}
			fmt.Fprintf(p, "\n"+`<li><svg width="22" height="12">%s</svg> %s</li>`, k.sign, k.means)
		}
	}
	p.WriteString("</ul>\n")
}
