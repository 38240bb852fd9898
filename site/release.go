package site

import (
	"sync"

	"runnel/vault"
)

// A releaser lets go of the syntax trees of notes, which are most of the
// memory of a build, once no page needs them any more: a note's own page does,
// and those of the notes that embed it, or embed one that does.
type releaser struct {
	mu    sync.Mutex
	needs map[*vault.Note]int // its page, and the embeds in notes with a tree
}

func newReleaser(v *vault.Vault) *releaser {
	r := &releaser{needs: make(map[*vault.Note]int, len(v.Notes))}
	for _, n := range v.Notes {
		r.needs[n] = 1
	}
	for _, n := range v.Notes {
		for _, to := range embedded(n) {
			r.needs[to]++
		}
	}
	return r
}

// done says that the page of a note is made. Notes that embed each other are
// kept until the end.
func (r *releaser) done(n *vault.Note) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.drop(n)
}

func (r *releaser) drop(n *vault.Note) {
	r.needs[n]--
	if r.needs[n] > 0 {
		return
	}
	n.Release()
	for _, to := range embedded(n) {
		r.drop(to)
	}
}

// embedded are the other notes that a note embeds, one for each embed.
func embedded(n *vault.Note) (notes []*vault.Note) {
	for _, l := range n.Links {
		if to := l.Target.Note; l.Embed && to != nil && to != n {
			notes = append(notes, to)
		}
	}
	return notes
}
