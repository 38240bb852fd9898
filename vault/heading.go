package vault

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"

	"runnel/vault/obsidian"
)

// A Heading is a heading of a note.
type Heading struct {
	Level int
	// Text is what a reader sees, without markup.
	Text string
	// ID is its anchor, unique in the note: letters and digits in lower case,
	// with `-` for runs of anything else.
	ID   string
	Line int
	Node *ast.Heading

	// written and shown are the heading as links compare it, with its markup
	// and without: Obsidian compares the former, people write the latter.
	written, shown string
	// parent is the heading under which this one stands, or nil.
	parent *Heading
}

func (n *Note) heading(node *ast.Heading) *Heading {
	h := &Heading{Level: node.Level, Node: node,
		Text: obsidian.Text(node, n.Source)}
	h.Line, _ = n.positions.line(start(node))
	raw := node.Lines().Value(n.Source)
	if id := obsidian.BlockID(node); id != "" {
		raw = bytes.TrimSuffix(bytes.TrimSpace(raw), []byte("^"+id))
	}
	h.written = stripHeading(string(raw))
	h.shown = stripHeading(h.Text)
	if h.shown == h.written {
		h.shown = h.written // one string, not two
	}
	return h
}

// addHeadings gives the headings their ids and the outline its headings.
func (n *Note) addHeadings(headings []*Heading) {
	n.headings = make(map[ast.Node]*Heading, len(headings))
	taken := make(map[string]bool, len(headings))
	for _, h := range headings {
		n.headings[h.Node] = h
		h.ID = slug(h.Text)
		taken[h.ID] = true
	}
	suffix := map[string]int{} // the last that an id was given
	for _, h := range headings {
		base := h.ID
		last, again := suffix[base]
		for again && taken[h.ID] {
			last++
			h.ID = base + "-" + strconv.Itoa(last)
		}
		suffix[base] = last
		taken[h.ID] = true
		if h.Node.Parent() != n.Doc {
			continue
		}
		if len(n.Headings) > 0 {
			h.parent = n.Headings[len(n.Headings)-1].above(h.Level)
		}
		n.Headings = append(n.Headings, h)
	}
}

// above is the heading that one of a level stands under which comes next.
func (h *Heading) above(level int) *Heading {
	for h != nil && h.Level >= level {
		h = h.parent
	}
	return h
}

// stripHeading makes two headings comparable, as Obsidian's function of that
// name does: special characters are spaces, runs of spaces one space.
func stripHeading(text string) string {
	text = strings.Map(func(r rune) rune {
		if strings.ContainsRune("!\"#$%&()*+,.:;<=>?@^`{|}~/[]\\", r) {
			return ' '
		}
		return r
	}, text)
	return fold(strings.Join(strings.Fields(text), " "))
}

// findHeading returns the first heading that a link's `A#B#C` names: each
// part stands somewhere below the one before it.
//
// To Obsidian `#a-b` is not the heading "A b". Many notes are written for
// GitHub too and link to its anchors, so where no heading reads so, the
// one heading with that anchor is taken, and it is no problem.
func (n *Note) findHeading(subpath string) *Heading {
	var chain []string
	for _, part := range strings.Split(subpath, "#") {
		if strings.TrimSpace(part) != "" {
			chain = append(chain, stripHeading(part))
		}
	}
	for _, h := range n.Headings {
		if h.endsChain(chain) {
			return h
		}
	}
	return n.findAnchor(fold(strings.Trim(subpath, "# ")))
}

// endsChain reports whether the heading is the last of the chain and the
// others stand above it, outermost first.
func (h *Heading) endsChain(chain []string) bool {
	last := len(chain) - 1
	if last < 0 || !h.is(chain[last]) {
		return false
	}
	for h, last = h.parent, last-1; last >= 0; h = h.parent {
		if h == nil {
			return false
		}
		if h.is(chain[last]) {
			last--
		}
	}
	return true
}

func (h *Heading) is(stripped string) bool {
	// A heading that shows nothing, such as a picture, reads like no `#?`.
	return h.written == stripped || h.shown == stripped && stripped != ""
}

// findBlock returns the first block with an id.
func (n *Note) findBlock(id string) *Block {
	for _, b := range n.Blocks {
		if strings.EqualFold(b.ID, id) {
			return b
		}
	}
	return nil
}
