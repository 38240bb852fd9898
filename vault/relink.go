package vault

import (
	"context"
	"slices"
)

// take makes what has been read part of the vault. Notes stay the same ones,
// whatever their text is now: others point to them.
func (k *Keeper) take(ctx context.Context, fresh []*kept, moved bool) (Changes, error) {
	var c Changes
	c.All = moved
	for _, f := range fresh {
		old := k.kept[f.path]
		switch {
		case old == nil:
			c.All = true
			k.kept[f.path] = f
			continue
		case f.sum == old.sum && f.note != nil && old.note != nil:
			old.stamp = f.stamp
			continue // the same text, written again
		case (f.note == nil) != (old.note == nil), f.note != nil && !sameNames(f.note, old.note):
			c.All = true
		case f.note != nil:
			c.Notes = append(c.Notes, old.note)
		}
		k.replace(old, f)
	}
	if c.All {
		return Changes{All: true}, k.relinkAll(ctx)
	}
	for _, n := range c.Notes {
		k.relink(n)
	}
	if len(fresh) > 0 {
		k.gather()
	}
	return c, nil
}

// sameNames says that links find two notes by the same names.
func sameNames(a, b *Note) bool {
	return slices.Equal(a.Properties.Aliases, b.Properties.Aliases)
}

// replace gives a note the content that has been read.
func (k *Keeper) replace(old, f *kept) {
	note := old.note
	if note != nil && f.note != nil {
		k.cut(note)
		back := note.Backlinks
		*note = *f.note
		note.Backlinks = back
		note.own()
		f.note = note
	}
	*old = *f
}

// own makes what is in the note say that it is.
func (n *Note) own() {
	for _, l := range n.AllLinks() {
		l.From = n
	}
	for _, s := range n.Snippets {
		s.Note = n
	}
}

// cut takes the links of a note off the backlinks of others.
func (k *Keeper) cut(n *Note) {
	for _, l := range n.AllLinks() {
		if to := l.Target.Note; to != nil && to != n {
			to.Backlinks = slices.DeleteFunc(to.Backlinks, func(l *Link) bool { return l.From == n })
		}
	}
}

// relink finds the targets of a note's links and, since its headings may be
// others, of those that lead to it.
func (k *Keeper) relink(n *Note) {
	k.resolveLinks(n)
	var others []*Note
	for _, l := range n.Backlinks {
		if len(others) == 0 || others[len(others)-1] != l.From {
			others = append(others, l.From)
		}
	}
	for _, other := range others {
		k.resolveLinks(other)
	}
	at := map[*Note][]*Link{}
	for _, l := range n.AllLinks() {
		if to := l.Target.Note; to != nil && to != n {
			at[to] = append(at[to], l)
		}
	}
	for to, links := range at {
		i, _ := slices.BinarySearchFunc(to.Backlinks, n.Path, func(l *Link, name string) int {
			return walkOrder(l.From.Path, name)
		})
		to.Backlinks = slices.Insert(to.Backlinks, i, links...)
	}
}

func (k *Keeper) resolveLinks(n *Note) { k.kept[n.Path].links = k.ix.resolveAll(n) }

// resolveAll finds the targets of a note's links and says what is wrong with
// them.
func (ix *index) resolveAll(n *Note) []Problem {
	problems := ix.resolveProperties(n)
	for _, link := range n.Links {
		if message := ix.resolve(link); message != "" {
			problems = append(problems, Problem{Path: link.From.Path,
				Line: link.Line, Column: link.Column, Message: message})
		}
	}
	return problems
}

// relinkAll makes the vault of what is listed, and finds where all its links
// lead.
func (k *Keeper) relinkAll(ctx context.Context) error {
	v, ix := &Vault{}, newIndex(len(k.listed.files)+len(k.listed.notes))
	for _, name := range k.listed.files {
		ix.addFile(&File{Path: name, FS: k.fsys, Name: name})
	}
	here := make(map[string]*kept, len(k.listed.notes))
	for _, name := range k.listed.notes {
		d := k.kept[name]
		here[name] = d
		if d.note == nil {
			v.Hidden++
			ix.addHidden(name)
			continue
		}
		d.note.Backlinks = nil
		v.Notes = append(v.Notes, d.note)
		ix.addNote(d.note)
	}
	for _, f := range k.outside {
		ix.addAttachment(f)
	}
	ix.finish()
	k.vault, k.ix, k.kept = v, ix, here
	// Half a vault helps nobody: this is not ended by ctx.
	inParallel(context.WithoutCancel(ctx), len(v.Notes), func(i int) { k.resolveLinks(v.Notes[i]) })
	v.backlink()
	k.gather()
	return nil
}

// backlink lists the links to each note.
func (v *Vault) backlink() {
	for _, note := range v.Notes {
		for _, link := range note.AllLinks() {
			if to := link.Target.Note; to != nil && to != note {
				to.Backlinks = append(to.Backlinks, link)
			}
		}
	}
}

// gather lists all problems.
func (k *Keeper) gather() {
	problems := slices.Concat(k.listed.problems, k.problems)
	hidden := 0
	for _, name := range k.listed.notes {
		d := k.kept[name]
		problems = append(problems, d.problems...)
		if d.note == nil {
			hidden++
			continue
		}
		problems = append(problems, d.links...)
	}
	k.vault.Problems, k.vault.Hidden = sortProblems(problems), hidden
}
