package site

import (
	"path"
	"strings"

	"runnel/search"
)

// searchFiles is the folder of the search index's files, but for the first.
func (p *plan) searchFiles() string { return path.Dir(p.search.file()) + "/files/" }

// A hoard is a sink that may keep a file of before whose name is a hash of its content.
type hoard interface {
	keepNamed(name string, size int) bool
}

// searchIndex writes the search index. It needs no trees.
func (p *pages) searchIndex(out sink) error {
	notes := make([]search.Note, 0, len(p.nearby.notes))
	for _, n := range p.nearby.notes {
		dir := path.Dir(n.Path)
		said := p.nearby.hear(n)
		notes = append(notes, search.Note{Entry: said.entry(n), Sections: said.sections, Address: p.plan.notes[n].escape(),
			Folder: strings.TrimPrefix(dir, ".")})
	}
	return search.Write(notes, func(name string, data []byte) error {
		if name == search.Index {
			return out.Write(p.plan.search.file(), data)
		}
		full := p.plan.searchFiles() + name
		if has, ok := out.(hoard); ok && has.keepNamed(full, len(data)) {
			return nil
		}
		return out.Write(full, data)
	})
}
