package vault

import (
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// A find is the result of a lookup.
type find struct {
	entry *entry // nil where there is none
	self  bool   // the note that the link stands in
	sub   string
	alias bool // found by an alias of entry's note
	// other is a file that has as good a claim to the name, or nil.
	other *entry
}

// lookup finds what an address means in a note of the given folder. It
// follows the rules of Obsidian, and only where those find nothing goes on to
// other attachments, exported drawings and, last, aliases.
func (ix *index) lookup(dir string, a address) find {
	dir = normalize(dir)
	places := slices.DeleteFunc(a.places(), place.isFolder)
	for _, p := range places {
		if p.path == "" {
			return find{self: true, sub: p.sub}
		}
		e, other := ix.byPath(dir, p.path)
		if e == nil {
			continue
		}
		if a.embed && e.file == nil && e.showsDrawing() {
			if drawing := ix.drawing(dir, p.path); drawing != nil {
				return find{entry: drawing}
			}
		}
		return find{entry: e, sub: p.sub, other: other}
	}
	for _, p := range places {
		if e, other := ix.byAttachment(p.path); e != nil {
			return find{entry: e, sub: p.sub, other: other}
		}
	}
	for _, p := range places {
		if e := ix.drawing(dir, p.path); e != nil {
			return find{entry: e}
		}
	}
	for _, p := range places {
		if named := ix.aliases[fold(p.path)]; len(named) > 0 {
			return find{entry: named[0], sub: p.sub, alias: true}
		}
	}
	return find{}
}

// byPath finds a file by a link's path as Obsidian does, and another that is
// as good where the rules leave a choice.
func (ix *index) byPath(dir, name string) (e, other *entry) {
	name = normalize(name)
	if strings.HasPrefix(name, "/") {
		return ix.exact(strings.TrimLeft(name, "/"))
	}
	if !isRelative(name) {
		return ix.bySuffix(dir, name)
	}
	rest, climbs := relative(dir, name)
	if !climbs {
		return ix.exact(rest)
	}
	if e, other = ix.bySuffix(dir, rest); e == nil {
		e, other = ix.bySuffix(dir, path.Base(rest))
	}
	return e, other
}

// exact finds a file by its path from the vault's root.
func (ix *index) exact(name string) (e, other *entry) {
	for _, name := range fileNames(name) {
		if found := ix.paths[fold(name)]; len(found) > 0 {
			return choose(found, name)
		}
	}
	return nil, nil
}

// fileNames returns what a file may be called that a link names: `.md` may be
// missing. `photo.png` is the picture and not the note about it, but
// `Makefile` is the note: Obsidian shows no file without an extension.
func fileNames(name string) [2]string {
	if path.Ext(name) == "" {
		return [2]string{name + ".md", name}
	}
	return [2]string{name, name + ".md"}
}

// bySuffix finds a file by the end of its path.
func (ix *index) bySuffix(dir, name string) (e, other *entry) {
	if e := ix.plain[name]; e != nil {
		return e, nil
	}
	for _, name := range fileNames(name) {
		key := fold(name)
		found := withSuffix(ix.names[path.Base(key)], key)
		if len(found) > 0 {
			return rank(found, fold(dir), name, key)
		}
	}
	return nil, nil
}

// byAttachment finds a file of the further folders by its name.
func (ix *index) byAttachment(name string) (e, other *entry) {
	base := path.Base(normalize(name))
	return choose(shortest(ix.outside[fold(base)]), base)
}

func withSuffix(entries []*entry, key string) []*entry {
	if len(entries) == 1 && entries[0].hasSuffix(key) {
		return entries // as nearly always
	}
	var found []*entry
	for _, e := range entries {
		if e.hasSuffix(key) {
			found = append(found, e)
		}
	}
	return found
}

func (e *entry) hasSuffix(key string) bool {
	rest, ok := strings.CutSuffix(e.key, key)
	return ok && (rest == "" || strings.HasSuffix(rest, "/"))
}

// rank breaks ties: the exact path from the root, else the note's own folder,
// else the shortest path.
func rank(found []*entry, dir, name, key string) (e, other *entry) {
	if len(found) == 1 {
		return found[0], nil
	}
	var exact, own []*entry
	for _, e := range found {
		if e.key == key {
			exact = append(exact, e)
		}
		if e.dir == dir {
			own = append(own, e)
		}
	}
	switch {
	case len(exact) > 0:
		return choose(exact, name)
	case len(own) > 0:
		return choose(own, name)
	default:
		return choose(shortest(found), name)
	}
}

// shortest keeps the entries whose paths have the fewest characters.
func shortest(entries []*entry) []*entry {
	var kept []*entry
	least := 0
	for _, e := range entries {
		n := utf8.RuneCountInString(e.key)
		if len(kept) > 0 && n > least {
			continue
		}
		if n < least {
			kept = kept[:0]
		}
		least = n
		kept = append(kept, e)
	}
	return kept
}

// choose takes the first of the entries, which are sorted; one with the very
// letters of the name goes before those in other case. Obsidian's choice is
// not stable here, so the other is told.
func choose(entries []*entry, name string) (e, other *entry) {
	if len(entries) == 1 {
		return entries[0], nil
	}
	for _, x := range entries {
		same := strings.HasSuffix(normalize(x.path), name)
		switch {
		case e == nil:
			e = x
		case same && !strings.HasSuffix(normalize(e.path), name):
			e, other = x, e
		case other == nil:
			other = x
		}
	}
	return e, other
}
