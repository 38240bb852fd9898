package graph

import (
	"cmp"
	"html"
	"math"
	"slices"
	"strconv"
)

// A Neighbourhood is a node among its neighbours, to be drawn: it in the
// middle, they in a column to its left and one to its right.
type Neighbourhood struct {
	// Title and About are what is read out for the drawing.
	Title, About string
	Spots        []Spot
	// Ties are the edges between neighbours, by their numbers in Spots.
	Ties [][2]int
	// More is written below, and leads to more than is drawn.
	More, MoreHref string
}

// A Spot is a neighbour.
type Spot struct {
	Label string // is cut where there is no room for it
	Title string // is all of it, for those who ask
	Href  string
	// Out and In say in which directions edges lead: to it, from it.
	Out, In bool
}

// Measures of a drawing, in pixels.
const (
	width  = 264
	row    = 24
	margin = 8
	reach  = 34 // from the middle to the farthest spots
	radius = 4
	hub    = 6
	gap    = 8  // between a spot and its label
	room   = 88 // for a label
)

// A point is a place in a drawing.
type point struct{ x, y float64 }

// AppendSVG appends the drawing: an <svg> element with links, without ids and
// styles. Its colours and letters are those of the page's style, for the
// classes ties, spokes, heads, hub and more.
func (n *Neighbourhood) AppendSVG(b []byte) []byte {
	b = slices.Grow(b, 1<<10+len(n.Spots)<<9)
	places, height := n.places()
	centre := point{width / 2, float64(height) / 2}
	full := height
	if n.More != "" {
		full += row - margin
	}
	b = append(b, `<svg class="near" role="group" width="`...)
	b = strconv.AppendInt(b, width, 10)
	b = append(b, `" height="`...)
	b = strconv.AppendInt(b, int64(full), 10)
	b = append(b, `" viewBox="0 0 `...)
	b = strconv.AppendInt(b, width, 10)
	b = append(b, ' ')
	b = strconv.AppendInt(b, int64(full), 10)
	b = append(b, `" direction="ltr">`...)
	b = element(b, "title", n.Title)
	b = element(b, "desc", n.About)
	b = n.appendLines(b, places, centre)
	b = append(b, `<circle class="hub"`...)
	b = circle(b, centre, hub)
	for i, s := range n.Spots {
		b = s.append(b, places[i], places[i].x < centre.x)
	}
	if n.More != "" {
		b = append(b, `<a href="`...)
		b = append(b, html.EscapeString(n.MoreHref)...)
		b = append(b, `"><text class="more" text-anchor="middle"`...)
		b = at(b, "x", "y", point{centre.x, float64(full - margin)})
		b = append(b, '>')
		b = append(b, html.EscapeString(n.More)...)
		b = append(b, `</text></a>`...)
	}
	return append(b, "</svg>"...)
}

// places says where each spot is, and how high the drawing gets. Spots that
// lead here stand to the left and those that are led to on the right, as far
// as the two columns come out even.
func (n *Neighbourhood) places() ([]point, int) {
	order := make([]int, len(n.Spots))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(n.Spots[a].side(), n.Spots[b].side())
	})
	left := (len(order) + 1) / 2
	places := make([]point, len(order))
	for _, column := range [][]int{order[:left], order[left:]} {
		slices.Sort(column)
	}
	height := left*row + 2*margin
	for i, spot := range order {
		at, count, sign := i, left, -1.0
		if i >= left {
			at, count, sign = i-left, len(order)-left, 1
		}
		// The columns bend around the middle.
		off := float64(2*at+1-count) / float64(max(left, 3))
		bend := reach * math.Sqrt(1-float64(0.75*float64(off*off)))
		places[spot] = point{width/2 + float64(sign*math.Round(bend)),
			float64(height)/2 + float64(2*at+1-count)*row/2}
	}
	return places, height
}

// side sorts spots from left to right.
func (s *Spot) side() int {
	switch {
	case s.In && !s.Out:
		return -1
	case s.Out && !s.In:
		return 1
	}
	return 0
}

// appendLines appends the edges: each kind is one path.
func (n *Neighbourhood) appendLines(b []byte, places []point, centre point) []byte {
	var space [4 << 10]byte
	ties, spokes, heads := space[:0:2<<10], space[2<<10:2<<10:3<<10], space[3<<10:3<<10]
	for _, t := range n.Ties {
		ties = line(ties, places[t[0]], places[t[1]])
	}
	for i, s := range n.Spots {
		spokes = line(spokes, centre, places[i])
		if s.Out {
			heads = head(heads, centre, places[i], radius+1)
		}
		if s.In {
			heads = head(heads, places[i], centre, hub+1)
		}
	}
	for _, p := range []struct {
		class string
		d     []byte
	}{{"ties", ties}, {"spokes", spokes}, {"heads", heads}} {
		if len(p.d) > 0 {
			b = append(append(append(b, `<path class="`...), p.class...), `" d="`...)
			b = append(b, p.d...)
			b = append(b, `"/>`...)
		}
	}
	return b
}

// append appends a spot with its label, which is to its left or right.
func (s *Spot) append(b []byte, p point, left bool) []byte {
	b = append(b, `<a href="`...)
	b = append(b, html.EscapeString(s.Href)...)
	b = append(b, `">`...)
	b = element(b, "title", s.Title)
	b = append(b, `<circle`...)
	b = circle(b, p, radius)
	b = append(b, `<text`...)
	text := point{p.x + gap, p.y + radius}
	if left {
		text.x = p.x - gap
		b = append(b, ` text-anchor="end"`...)
	}
	b = at(b, "x", "y", text)
	b = append(b, '>')
	b = append(b, html.EscapeString(shorten(s.Label, room))...)
	return append(b, `</text></a>`...)
}

// line appends a line to a path.
func line(d []byte, from, to point) []byte {
	d = number(append(d, 'M'), from.x)
	d = number(append(d, ' '), from.y)
	d = number(append(d, 'L'), to.x)
	return number(append(d, ' '), to.y)
}

// head appends the head of an arrow to a path, which ends short of its goal.
func head(d []byte, from, to point, short float64) []byte {
	const long, half = 5, 2.5
	dx, dy := to.x-from.x, to.y-from.y
	far := math.Sqrt(float64(dx*dx) + float64(dy*dy))
	dx, dy = dx/far, dy/far
	tip := point{to.x - float64(dx*short), to.y - float64(dy*short)}
	base := point{tip.x - float64(dx*long), tip.y - float64(dy*long)}
	side := point{float64(dy * half), -float64(dx * half)}
	d = line(d, tip, point{base.x + side.x, base.y + side.y})
	d = number(append(d, 'L'), base.x-side.x)
	return append(number(append(d, ' '), base.y-side.y), 'Z')
}

// number appends a number with at most one digit after the point.
func number(b []byte, f float64) []byte {
	tenths := int64(math.Round(f * 10))
	if tenths < 0 {
		b, tenths = append(b, '-'), -tenths
	}
	b = strconv.AppendInt(b, tenths/10, 10)
	if tenths %= 10; tenths != 0 {
		b = append(b, '.', byte('0'+tenths))
	}
	return b
}

func at(b []byte, x, y string, p point) []byte {
	b = append(b, ' ')
	b = append(b, x...)
	b = number(append(b, `="`...), p.x)
	b = append(b, `" `...)
	b = append(b, y...)
	return append(number(append(b, `="`...), p.y), '"')
}

func circle(b []byte, p point, r float64) []byte {
	b = at(b, "cx", "cy", p)
	return append(number(append(b, ` r="`...), r), `"/>`...)
}

func element(b []byte, name, text string) []byte {
	if text == "" {
		return b
	}
	b = append(append(append(b, '<'), name...), '>')
	b = append(b, html.EscapeString(text)...)
	return append(append(append(b, "</"...), name...), '>')
}
