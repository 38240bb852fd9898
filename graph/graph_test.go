package graph

import (
	"encoding/xml"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// random makes a graph with a few nodes that nearly all others know.
func random(seed uint64, nodes, edges int) (*Graph, []Edge) {
	r := rand.New(rand.NewPCG(seed, 1))
	all := make([]Edge, edges)
	for i := range all {
		all[i] = Edge{r.IntN(nodes), int(float64(nodes) * r.Float64() * r.Float64() * r.Float64())}
	}
	return New(nodes, all), all
}

// The neighbours of a node are those that the list of edges says.
func TestGraph_Neighbours(t *testing.T) {
	for seed := range uint64(20) {
		g, edges := random(seed, 30, 200)
		for node := range 30 {
			var want []Neighbour
			for other := range 30 {
				n := Neighbour{Node: other}
				for _, e := range edges {
					if e == (Edge{node, other}) {
						n.Out++
					}
					if e == (Edge{other, node}) {
						n.In++
					}
				}
				if leads := g.Leads(node, other); leads != (node != other && n.Out > 0) {
					t.Errorf("seed %d: Leads(%d, %d) is %v", seed, node, other, leads)
				}
				if node != other && n.Out+n.In > 0 {
					want = append(want, n)
				}
				if tied := g.Tied(node, other); tied != (node != other && n.Out+n.In > 0) {
					t.Errorf("seed %d: Tied(%d, %d) is %v", seed, node, other, tied)
				}
			}
			if got := g.Neighbours(node); !slices.Equal(got, want) {
				t.Errorf("seed %d, node %d: got %v, want %v", seed, node, got, want)
			}
		}
	}
}

// No neighbour that is left out is tied more strongly than one that is not,
// by a count that goes through all nodes.
func TestGraph_Near(t *testing.T) {
	for seed := range uint64(20) {
		g, _ := random(seed, 60, 600)
		slow := func(a, b int) (s int) {
			for _, n := range g.Neighbours(a) {
				if n.Node == b {
					s = 64 * (min(n.Out, 3) + min(n.In, 3))
					if n.Out > 0 && n.In > 0 {
						s += 64
					}
				}
			}
			for c := range g.Nodes() {
				if g.Tied(a, c) && g.Tied(b, c) {
					digits := len(fmt.Sprintf("%b", len(g.Neighbours(c))))
					s += 64 / digits
				}
			}
			return s
		}
		for node := range g.Nodes() {
			near, more := g.Near(node, 8)
			if len(near)+more != len(g.Neighbours(node)) || len(near) > 8 {
				t.Fatalf("seed %d, node %d: %d and %d of %d", seed, node, len(near), more, len(g.Neighbours(node)))
			}
			weakest := 1 << 30
			for _, n := range near {
				weakest = min(weakest, slow(node, n.Node))
			}
			for _, n := range g.Neighbours(node) {
				if !slices.Contains(near, n) && slow(node, n.Node) > weakest {
					t.Errorf("seed %d, node %d: %d is left out", seed, node, n.Node)
				}
			}
		}
	}
}

func TestGraph_Near_strength(t *testing.T) {
	g := New(6, []Edge{{0, 1}, {0, 2}, {2, 0}, {0, 3}, {0, 3}, {0, 4}, {4, 5}, {5, 0}, {0, 0}})
	near, more := g.Near(0, 3)
	if want := []Neighbour{{2, 1, 1}, {3, 2, 0}, {4, 1, 0}}; !slices.Equal(near, want) || more != 2 {
		t.Errorf("got %v and %d more, want %v", near, more, want)
	}
}

func neighbourhood(spots int) *Neighbourhood {
	n := &Neighbourhood{Title: "Near <this>", About: "a & b", More: "and 3 more", MoreHref: "../graph/#a"}
	for i := range spots {
		n.Spots = append(n.Spots, Spot{Label: fmt.Sprintf("Spot %d \"of\" <many>", i), Title: "T", Href: "./?a&b",
			Out: i%3 != 0, In: i%3 != 1})
		if i > 0 {
			n.Ties = append(n.Ties, [2]int{i - 1, i})
		}
	}
	return n
}

// A drawing is XML with a link for each spot, no two of which stand close, all
// of them inside it; without ids and styles.
func TestNeighbourhood(t *testing.T) {
	for spots := range 20 {
		n := neighbourhood(spots)
		got := string(n.AppendSVG(nil))
		links := 0
		for d := xml.NewDecoder(strings.NewReader(got)); ; {
			token, err := d.Token()
			if err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%d spots: %v in\n%s", spots, err, got)
			}
			e, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			if e.Name.Local == "a" {
				links++
			}
			for _, a := range e.Attr {
				if a.Name.Local == "id" || a.Name.Local == "style" || strings.Contains(a.Value, "NaN") {
					t.Errorf("%d spots: the attribute %v", spots, a)
				}
			}
		}
		if links != spots+1 {
			t.Errorf("%d spots: %d links", spots, links)
		}
		places, height := n.places()
		for i, p := range places {
			if p.x < 80 || p.x > width-80 || p.y < margin || p.y > float64(height-margin) {
				t.Errorf("%d spots: one at %v", spots, p)
			}
			for _, q := range places[:i] {
				if dx, dy := p.x-q.x, p.y-q.y; dx*dx+dy*dy < 24*24 {
					t.Errorf("%d spots: one at %v, one at %v", spots, p, q)
				}
			}
		}
		if again := string(neighbourhood(spots).AppendSVG(nil)); again != got {
			t.Errorf("%d spots: two drawings differ", spots)
		}
	}
}

func TestShorten(t *testing.T) {
	for text, want := range map[string]string{
		"":                        "",
		"Sixteen letters.":        "Sixteen letters.",
		"Ends at a spac e before": "Ends at a spac…",
		"illicit little lilliput": "illicit little lilliput",
		"WWWWWWWWWWWWW":           "WWWWWWWW…",
		"通道与协程并":                  "通道与协程并",
		"通道与协程并发编程":               "通道与协程并发…",
		"e\u0301e\u0301e\u0301e":  "e\u0301e\u0301e\u0301e",
	} {
		if got := shorten(text, room); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// BenchmarkNear draws the neighbourhoods of a graph of 10,000 nodes; the time
// is that of all.
func BenchmarkNear(b *testing.B) {
	_, edges := random(1, 10_000, 75_000)
	for b.Loop() {
		g := New(10_000, edges)
		for i := range g.Nodes() {
			near, _ := g.Near(i, 14)
			n := Neighbourhood{Title: "Notes near this one"}
			for a, s := range near {
				n.Spots = append(n.Spots, Spot{Label: "The label of a note", Href: "../a/note/", Out: s.Out > 0, In: s.In > 0})
				for c, other := range near[:a] {
					if g.Tied(s.Node, other.Node) {
						n.Ties = append(n.Ties, [2]int{a, c})
					}
				}
			}
			n.AppendSVG(nil)
		}
	}
}
