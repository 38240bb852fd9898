package site

import (
	"slices"
	"sync"

	"runnel/vault"
)

// trees sees to it that notes have their syntax trees while a page needs them,
// and no longer, as they are most of what a note takes in memory: a note's own
// page needs its tree, and so do those of the notes that embed it, or embed
// one that does. A tree is made once at most.
type trees struct {
	keeper *vault.Keeper
	notes  map[*vault.Note]*planting

	mu sync.Mutex // of what is needed
}

type planting struct {
	needs int // the note's page, and the embeds in notes that are not done
	once  sync.Once
	err   error
}

func newTrees(k *vault.Keeper) *trees {
	notes := k.Vault().Notes
	t := &trees{keeper: k, notes: make(map[*vault.Note]*planting, len(notes))}
	for _, n := range notes {
		t.notes[n] = &planting{needs: 1}
	}
	for _, n := range notes {
		if s, ok := n.Extra.(*said); ok && s.draft != nil && !s.draft.Fits(n) {
			s.draft = nil
		}
		for _, to := range embedded(n) {
			t.notes[to].needs++
		}
	}
	return t
}

// plant makes the trees that the page of a note needs: those of the notes that
// it embeds, and where it has no draft its own.
func (t *trees) plant(n *vault.Note) error {
	all := n.Embedded()
	if hasDraft(n) && !slices.ContainsFunc(all, func(m *vault.Note) bool { return embeds(m, n) }) {
		all = all[1:]
	}
	for _, m := range all {
		one := t.notes[m]
		one.once.Do(func() { one.err = t.keeper.Plant(m) })
		if one.err != nil {
			return one.err
		}
	}
	return nil
}

// done says that the page of a note is made. Notes that embed each other are
// kept until the end.
func (t *trees) done(n *vault.Note) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.drop(n)
}

func (t *trees) drop(n *vault.Note) {
	one := t.notes[n]
	one.needs--
	if one.needs > 0 {
		return
	}
	n.Release()
	for _, to := range embedded(n) {
		t.drop(to)
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

func embeds(n, other *vault.Note) bool {
	return slices.ContainsFunc(n.Links, func(l *vault.Link) bool { return l.Embed && l.Target.Note == other })
}
