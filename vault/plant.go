package vault

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"slices"
)

// ErrChanged says that a note's file is not what was read of it any more.
var ErrChanged = errors.New("the file has changed")

// Plant gives a note of the vault its tree back, which Release drops again.
// Where its text is not held in memory the file is read again: if that is
// another than before, the error is [ErrChanged], and an update will know more.
// Several goroutines may plant at once, each another note.
func (k *Keeper) Plant(n *Note) error {
	if n.Doc != nil {
		return nil
	}
	d := k.kept[n.Path]
	raw := d.raw
	if raw == nil {
		var err error
		if raw, err = fs.ReadFile(k.fsys, n.Path); err != nil {
			return fmt.Errorf("read %q again: %w", n.Path, err)
		}
		if sha256.Sum256(raw) != d.sum {
			return fmt.Errorf("read %q again: %w", n.Path, ErrChanged)
		}
	}
	decoded := decode(writable(raw))
	pos := newPositions(decoded)
	m := &Note{Path: n.Path, Source: slices.Clip(decoded.text), Properties: n.Properties, positions: &pos}
	m.place(pos.replaced)
	m.parse(k.parser, d.body)
	if n.placed == nil { // it was restored
		n.Source = m.Source
		n.place(decoded.replaced)
	}
	n.plant(m)
	return nil
}

// plant takes the tree of a note with the same text. What others point to or
// may be reading stays: each link, heading and block of n gets the node of its
// like.
func (n *Note) plant(m *Note) {
	n.Source, n.placed = m.Source, m.placed
	n.Doc, n.TitleNode = m.Doc, m.TitleNode
	n.links, n.htmlLinks = m.links, m.htmlLinks
	n.headings, n.snippets = m.headings, m.snippets
	for i, h := range m.Headings {
		n.Headings[i].Node = h.Node
		n.headings[h.Node] = n.Headings[i]
	}
	for i, b := range m.Blocks {
		n.Blocks[i].Node = b.Node
	}
	for i, s := range m.Snippets {
		n.Snippets[i].Node = s.Node
		n.snippets[s.Node] = n.Snippets[i]
	}
	ours := make(map[*Link]*Link, len(m.Links))
	for i, l := range m.Links {
		n.Links[i].Node = l.Node
		ours[l] = n.Links[i]
	}
	for node, l := range n.links {
		n.links[node] = ours[l]
	}
	for _, list := range n.htmlLinks {
		for i, l := range list {
			list[i] = ours[l]
		}
	}
}

// Embedded are the notes that a note's page shows, the note itself first:
// their trees are needed to make it.
func (n *Note) Embedded() []*Note {
	all := []*Note{n}
	seen := map[*Note]bool{n: true}
	for i := 0; i < len(all); i++ {
		for _, l := range all[i].Links {
			if to := l.Target.Note; l.Embed && to != nil && !seen[to] {
				seen[to] = true
				all = append(all, to)
			}
		}
	}
	return all
}
