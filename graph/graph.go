// Package graph knows nodes and the edges between them: which stand nearest to
// one ([Graph.Near]), and how to draw those around it ([Neighbourhood]).
//
// It knows nothing of notes or pages: nodes are numbers, and what a drawing
// says and where it leads is handed to it. The same graph gives the same
// answers on every machine.
package graph

import (
	"cmp"
	"encoding/binary"
	"hash/fnv"
	"math/bits"
	"slices"
)

// An Edge leads from one node to another. There may be several of the same
// two; one from a node to itself does not count.
type Edge struct{ From, To int }

// A Graph is a set of nodes, numbered from 0. It is not changed once made, and
// safe for concurrent use.
type Graph struct {
	near [][]Neighbour // of each node, sorted by Node
}

// A Neighbour is a node at the other end of edges.
type Neighbour struct {
	Node    int
	Out, In int // how many edges lead there, and back
}

// New makes a graph of as many nodes. The edges are between those.
func New(nodes int, edges []Edge) *Graph {
	g := &Graph{near: make([][]Neighbour, nodes)}
	for _, e := range edges {
		if e.From != e.To {
			g.near[e.From] = append(g.near[e.From], Neighbour{Node: e.To, Out: 1})
			g.near[e.To] = append(g.near[e.To], Neighbour{Node: e.From, In: 1})
		}
	}
	for i, near := range g.near {
		slices.SortFunc(near, func(a, b Neighbour) int { return cmp.Compare(a.Node, b.Node) })
		g.near[i] = joined(near)
	}
	return g
}

// joined makes one neighbour of those that are the same node.
func joined(sorted []Neighbour) []Neighbour {
	last := -1
	for _, n := range sorted {
		if last >= 0 && sorted[last].Node == n.Node {
			sorted[last].Out += n.Out
			sorted[last].In += n.In
			continue
		}
		last++
		sorted[last] = n
	}
	return sorted[:last+1]
}

// Nodes is how many nodes there are.
func (g *Graph) Nodes() int { return len(g.near) }

// Neighbours are all neighbours of a node, sorted. They are not the caller's
// to change.
func (g *Graph) Neighbours(node int) []Neighbour { return g.near[node] }

// Near gives the neighbours of a node to which it is tied most strongly, at
// most so many, sorted by number, and how many more there are.
//
// A tie is the stronger the more edges it has, the more so if they lead both
// ways, and the more neighbours the two have in common; one that is a
// neighbour of nearly all counts for little there.
func (g *Graph) Near(node, most int) (near []Neighbour, more int) {
	all := g.near[node]
	if len(all) <= most {
		return all, 0
	}
	type tie struct{ at, strength int }
	ties := make([]tie, len(all))
	for i, n := range all {
		ties[i] = tie{i, g.strength(node, n)}
	}
	slices.SortFunc(ties, func(a, b tie) int {
		return cmp.Or(cmp.Compare(b.strength, a.strength), cmp.Compare(a.at, b.at))
	})
	ties = ties[:most]
	slices.SortFunc(ties, func(a, b tie) int { return cmp.Compare(a.at, b.at) })
	for _, t := range ties {
		near = append(near, all[t.at])
	}
	return near, len(all) - most
}

// An edge counts as much as unit common neighbours that have no others, and
// no more than mostEdges of one direction count.
const (
	unit      = 64
	mostEdges = 3
)

func (g *Graph) strength(node int, n Neighbour) int {
	s := min(n.Out, mostEdges) + min(n.In, mostEdges)
	if n.Out > 0 && n.In > 0 {
		s++
	}
	s *= unit
	few, many := g.near[node], g.near[n.Node]
	if len(few) > len(many) {
		few, many = many, few
	}
	for _, c := range few {
		if has(many, c.Node) {
			s += unit / bits.Len(uint(len(g.near[c.Node])))
		}
	}
	return s
}

// Sum is a number that differs, as good as certainly, from that of a graph with
// other edges.
func (g *Graph) Sum() uint64 {
	h := fnv.New64a()
	var b []byte
	for _, near := range g.near {
		b = binary.AppendUvarint(b[:0], uint64(len(near)))
		for _, n := range near {
			b = binary.AppendUvarint(b, uint64(n.Node))
		}
		_, _ = h.Write(b)
	}
	return h.Sum64()
}

// Leads reports whether an edge leads from one node to another.
func (g *Graph) Leads(from, to int) bool {
	at, found := find(g.near[from], to)
	return found && g.near[from][at].Out > 0
}

// Tied reports whether there is an edge between two nodes.
func (g *Graph) Tied(a, b int) bool { return has(g.near[a], b) }

func has(sorted []Neighbour, node int) bool {
	_, found := find(sorted, node)
	return found
}

// find is slices.BinarySearchFunc without a function: most of the time that a
// large graph takes is spent here.
func find(sorted []Neighbour, node int) (at int, found bool) {
	low, high := 0, len(sorted)
	for low < high {
		if middle := (low + high) / 2; sorted[middle].Node < node {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low, low < len(sorted) && sorted[low].Node == node
}
