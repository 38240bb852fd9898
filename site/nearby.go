package site

import (
	"sync"

	"runnel/graph"
	"runnel/theme"
	"runnel/vault"
)

// nearby knows what stands around each note: the notes that it links to and
// that link to it, with their sentences. It works out what it is asked for,
// and keeps it. It is safe for concurrent use.
type nearby struct {
	plan  *plan
	notes []*vault.Note // by number in graph
	index map[*vault.Note]int
	graph func() *graph.Graph
	// mentions are the notes that name a note and do not link to it.
	mentions func() map[*vault.Note][]named
}

// Bounds of what a page says of other notes.
const (
	maxSentences = 3   // of one note
	maxTold      = 100 // notes of which sentences are shown
	maxOutgoing  = 200
	maxSpots     = 14 // of the drawing
)

func newNearby(v *vault.Vault, p *plan) *nearby {
	near := &nearby{plan: p, notes: v.Notes, index: make(map[*vault.Note]int, len(v.Notes))}
	for i, n := range v.Notes {
		near.index[n] = i
	}
	near.graph = sync.OnceValue(near.newGraph)
	near.mentions = sync.OnceValue(near.findMentions)
	return near
}

// newGraph makes the graph of all notes and the links between them.
func (near *nearby) newGraph() *graph.Graph {
	var edges []graph.Edge
	for i, n := range near.notes {
		for _, l := range n.AllLinks() {
			if to := l.Target.Note; to != nil {
				edges = append(edges, graph.Edge{From: i, To: near.index[to]})
			}
		}
	}
	return graph.New(len(near.notes), edges)
}

// hear gives what a note says to others.
func (near *nearby) hear(n *vault.Note) *said { return n.Extra.(*said) }

// backlinks gives the notes that link to n, each once, with the sentences in
// which they do, of each passage one.
func (near *nearby) backlinks(from URL, n *vault.Note) []theme.Backlink {
	var out []theme.Backlink
	var last *vault.Note
	passage := -1
	for _, l := range n.Backlinks {
		if l.From != last {
			last, passage = l.From, -1
			out = append(out, theme.Backlink{Link: near.link(from, l.From)})
		}
		b := &out[len(out)-1]
		if len(b.Sentences) == maxSentences || len(out) > maxTold {
			continue
		}
		s, in, ok := near.hear(l.From).sentence(l)
		if ok && in != passage {
			passage = in
			b.Sentences = append(b.Sentences, s)
		}
	}
	return out
}

// outgoing gives the notes that n links to, each once.
func (near *nearby) outgoing(from URL, n *vault.Note) []theme.Link {
	var out []theme.Link
	seen := map[*vault.Note]bool{n: true}
	for _, l := range n.AllLinks() {
		if to := l.Target.Note; to != nil && !seen[to] && len(out) < maxOutgoing {
			seen[to] = true
			out = append(out, near.link(from, to))
		}
	}
	return out
}

func (near *nearby) link(from URL, to *vault.Note) theme.Link {
	return theme.Link{Text: to.Title, Href: relative(from, near.plan.notes[to], "")}
}

// drawing appends a drawing of a note among its neighbours; nothing for one
// without.
func (near *nearby) drawing(b []byte, from URL, n *vault.Note) []byte {
	at := near.index[n]
	g := near.graph()
	some, more := g.Near(at, maxSpots)
	if len(some) == 0 {
		return b
	}
	h := graph.Neighbourhood{Title: "Notes near this one", About: about(g.Neighbours(at))}
	h.More, h.MoreHref = "in the graph of all notes", relative(from, near.plan.graph, "")
	if from != "" {
		h.MoreHref += "?" + from.escape()
	}
	if more > 0 {
		h.More = "and " + count(more, "more note")
	}
	h.Spots = make([]graph.Spot, 0, len(some))
	for i, s := range some {
		l := near.link(from, near.notes[s.Node])
		h.Spots = append(h.Spots, graph.Spot{Label: l.Text, Title: l.Text + way(s), Href: l.Href, Out: s.Out > 0, In: s.In > 0})
		for j, other := range some[:i] {
			if g.Tied(s.Node, other.Node) {
				h.Ties = append(h.Ties, [2]int{j, i})
			}
		}
	}
	return h.AppendSVG(b)
}

// way says which of two notes links to the other.
func way(n graph.Neighbour) string {
	switch {
	case n.Out > 0 && n.In > 0:
		return " (links both ways)"
	case n.In > 0:
		return " (links here)"
	}
	return " (linked from here)"
}

// about says in words what a drawing shows.
func about(all []graph.Neighbour) string {
	in, out := 0, 0
	for _, n := range all {
		in += min(n.In, 1)
		out += min(n.Out, 1)
	}
	return "Links to " + count(out, "note") + "; linked from " + count(in, "note") + "."
}
