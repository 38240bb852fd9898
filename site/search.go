package site

import (
	"crypto/sha256"
	"path"
	"strings"

	"runnel/pack"
	"runnel/search"
)

// searchFiles is the folder of the search index's files, but for the first.
func (p *plan) searchFiles() string { return path.Dir(p.search.file()) + "/files/" }

// A hoard is a sink that may keep a file of before whose name is a hash of its
// content; of any size, if that is below 0.
type hoard interface {
	keepNamed(name string, size int) bool
	// read reads a file of before; nil if it is not there as it was.
	read(name string) []byte
}

// searchIndex writes the search index. It needs no trees.
func (p *pages) searchIndex(out sink) error { return p.updateSearch(out, nil) }

// updateSearch writes the search index but for what is remembered of it.
func (p *pages) updateSearch(out sink, m *search.Memory) error {
	notes := make([]search.Note, 0, len(p.nearby.notes))
	for _, n := range p.nearby.notes {
		dir := path.Dir(n.Path)
		said := p.nearby.hear(n)
		note := search.Note{Entry: said.entry(n), Sections: said.sections, Address: p.plan.notes[n].escape(),
			Folder: strings.TrimPrefix(dir, ".")}
		if m != nil {
			key, address := searchKey(n.Sum, n.Path), sumOf([]byte(note.Address))
			note.Key = string(key[:]) + string(address[:])
		}
		notes = append(notes, note)
	}
	has, _ := out.(hoard)
	keep := func(name string, size int) bool { return has != nil && has.keepNamed(p.plan.searchFiles()+name, size) }
	write := func(name string, data []byte) error {
		switch {
		case name == search.Index:
			return out.Write(p.plan.search.file(), data)
		case keep(name, len(data)):
			return nil
		}
		return out.Write(p.plan.searchFiles()+name, data)
	}
	if m == nil {
		return search.Write(notes, write)
	}
	m.Keep = func(name string) bool { return keep(name, -1) }
	if has != nil {
		m.Read = func(name string) []byte {
			if name == search.Index {
				return has.read(p.plan.search.file())
			}
			return has.read(p.plan.searchFiles() + name)
		}
	}
	return search.Update(notes, m, write)
}

// searchKey begins the key of a note in the search index: what is found of it
// follows from its text and its path.
func searchKey(content [sha256.Size]byte, path string) sum {
	return sumOf(pack.Text(content[:], path))
}
