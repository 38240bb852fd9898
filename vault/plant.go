package vault

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
)

// ErrChanged says that a note's file is not what was read of it any more.
var ErrChanged = errors.New("the file has changed")

// Plant gives a note of the vault its tree back, which Release drops again.
// The file is read again: where it is another than before, the error is
// [ErrChanged], and an update will know more.
func (k *Keeper) Plant(n *Note) error {
	if n.Doc != nil {
		return nil
	}
	raw, err := fs.ReadFile(k.fsys, n.Path)
	if err != nil {
		return fmt.Errorf("read %q again: %w", n.Path, err)
	}
	if sha256.Sum256(raw) != k.kept[n.Path].sum {
		return fmt.Errorf("read %q again: %w", n.Path, ErrChanged)
	}
	n.plant(k.parse(n.Path, raw).note)
	return nil
}

// plant takes the tree of a note with the same text. What others point to
// stays: each link, heading and block of n gets the node of its like.
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
	for node, list := range n.htmlLinks {
		mine := make([]*Link, len(list))
		for i, l := range list {
			mine[i] = ours[l]
		}
		n.htmlLinks[node] = mine
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
