package site

import (
	"path"
	"strings"

	"runnel/render"
	"runnel/search"
	"runnel/vault"
)

// readForSearch says what a searcher finds in a note: a function of its text,
// and of what its page shows of that alone.
func readForSearch(n *vault.Note, texts []render.Passage) *search.Entry {
	d := &search.Doc{Title: n.Title, Aliases: n.Properties.Aliases, Tags: n.Tags}
	var section *vault.Heading
	for _, p := range texts {
		if len(d.Sections) == 0 || p.Section != section {
			section = p.Section
			d.Sections = append(d.Sections, sectionOf(section))
		}
		if !p.IsHeading {
			s := &d.Sections[len(d.Sections)-1]
			s.Texts = append(s.Texts, search.Text{Text: p.Text, Code: p.IsCode})
		}
	}
	return search.Read(d)
}

func sectionOf(h *vault.Heading) search.Section {
	if h == nil {
		return search.Section{}
	}
	return search.Section{ID: h.ID, Heading: h.Text}
}

// searchFiles is the folder of the search index's files, but for the first.
func (p *plan) searchFiles() string { return path.Dir(p.search.file()) + "/files/" }

// searchIndex writes the search index. It needs no trees.
func (p *pages) searchIndex(out sink) error {
	notes := make([]search.Note, 0, len(p.nearby.notes))
	for _, n := range p.nearby.notes {
		dir := path.Dir(n.Path)
		notes = append(notes, search.Note{Entry: p.nearby.hear(n).entry, Address: p.plan.notes[n].escape(),
			Folder: strings.TrimPrefix(dir, ".")})
	}
	return search.Write(notes, func(name string, data []byte) error {
		if name == search.Index {
			return out.Write(p.plan.search.file(), data)
		}
		return out.Write(p.plan.searchFiles()+name, data)
	})
}
