package graph

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/spatial/r2"
)

// groups makes a graph of groups of a hundred nodes, four edges in five of
// which stay in theirs.
func groups(nodes, edges int) *Graph {
	r := rand.New(rand.NewPCG(5, 1))
	all := make([]Edge, edges)
	for i := range all {
		from, to := r.IntN(nodes), r.IntN(nodes)
		if r.IntN(5) > 0 {
			to = min(from/100*100+r.IntN(100), nodes-1)
		}
		all[i] = Edge{from, to}
	}
	return New(nodes, all)
}

// vectors are the places of a layout.
func vectors(g *Graph) (all []r2.Vec) {
	for _, p := range g.Layout() {
		all = append(all, r2.Vec(p))
	}
	return all
}

// distances are the mean distance of all nodes, and of those that are tied.
func distances(g *Graph, at []r2.Vec) (all, tied float64) {
	pairs, ties := 0.0, 0.0
	for i := range at {
		for j := range i {
			d := r2.Norm(r2.Sub(at[i], at[j]))
			all += d
			pairs++
			if g.Tied(i, j) {
				tied += d
				ties++
			}
		}
	}
	return all / pairs, tied / ties
}

func TestGraph_Layout(t *testing.T) {
	ring := make([]Edge, 400)
	for i := range ring {
		ring[i] = Edge{i, (i + 1) % len(ring)}
	}
	for name, c := range map[string]struct {
		g    *Graph
		most float64 // of what all nodes are apart, tied ones are
	}{
		"ring":   {New(400, ring), 0.1},
		"groups": {groups(1500, 6000), 0.4},
		"pairs":  {New(200, []Edge{{0, 1}, {2, 3}, {4, 5}, {6, 7}, {8, 9}}), 0.2},
	} {
		at := vectors(c.g)
		all, tied := distances(c.g, at)
		if !(tied <= c.most*all) {
			t.Errorf("%s: tied nodes are %.1f apart, all %.1f", name, tied, all)
		}
		if again := vectors(c.g); !slices.Equal(at, again) {
			t.Errorf("%s: two layouts differ", name)
		}
		slices.SortFunc(at, func(a, b r2.Vec) int { return int(math.Copysign(1, a.X-b.X)) })
		for i := range at[1:] {
			if at[i] == at[i+1] {
				t.Errorf("%s: two nodes at %v", name, at[i])
			}
		}
	}
}

// Each node of a group stands nearer to the middle of its own than to those of
// nearly all others.
func TestGraph_Layout_groups(t *testing.T) {
	g := groups(1000, 5000)
	at, middle := vectors(g), make([]r2.Vec, 10)
	for i, p := range at {
		middle[i/100] = r2.Add(middle[i/100], r2.Scale(0.01, p))
	}
	astray := 0
	for i, p := range at {
		for other, m := range middle {
			if other != i/100 && r2.Norm(r2.Sub(p, m)) < r2.Norm(r2.Sub(p, middle[i/100])) {
				astray++
				break
			}
		}
	}
	if astray > 100 {
		t.Errorf("%d of 1,000 nodes stand nearer to another group", astray)
	}
}

func TestGraph_Layout_small(t *testing.T) {
	for nodes := range 12 {
		for _, edges := range [][]Edge{nil, {{0, 1}}, {{0, 1}, {1, 2}, {2, 0}}} {
			if nodes < 3 && len(edges) > 0 {
				continue
			}
			at := vectors(New(nodes, edges))
			if len(at) != nodes {
				t.Fatalf("%d nodes: %d places", nodes, len(at))
			}
			for i, p := range at {
				if math.IsNaN(p.X) || math.IsNaN(p.Y) || r2.Norm(p) > 20 || slices.Contains(at[:i], p) {
					t.Errorf("%d nodes, %v: one at %v", nodes, edges, p)
				}
			}
		}
	}
}

// BenchmarkLayout places 10,000 nodes with 75,000 edges.
func BenchmarkLayout(b *testing.B) {
	g := groups(10_000, 75_000)
	for b.Loop() {
		g.Layout()
	}
}
