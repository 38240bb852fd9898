package site

import (
	"slices"

	"runnel/render"
	"runnel/vault"
)

// A drafter reads notes for a build, which makes the page of each: while a
// note's tree is there it makes a draft of the page, so that the tree need not
// be made twice.
type drafter struct{ *render.Renderer }

func newDrafter() drafter {
	return drafter{&render.Renderer{Href: func(_ *vault.Note, to vault.Target) string {
		return "#" + escapeFragment(to.Heading.ID)
	}}}
}

// read is what pages want to know of a note, with its draft.
func (d drafter) read(n *vault.Note) any {
	s := listen(n)
	if !slices.ContainsFunc(n.Snippets, runs) {
		s.draft = d.Draft(n)
	}
	return s
}

func hasDraft(n *vault.Note) bool {
	s, _ := n.Extra.(*said)
	return s != nil && s.draft != nil
}
