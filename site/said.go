package site

import (
	"encoding/binary"
	"slices"
	"sync"
	"sync/atomic"

	"runnel/render"
	"runnel/search"
	"runnel/theme"
	"runnel/vault"
)

// said is what the text of a note says to others: its passages, where its
// links stand in them, and what a searcher finds. It depends on that note
// alone. It is one string, tables of numbers and then text, since it is kept
// of every note, and must cost little to keep: pieces of its own would be half
// a million in a large vault.
type said struct {
	packed string
	heard  atomic.Pointer[heard]
	draft  *render.Draft // of its page; nil where there is none, or none any more
}

// The tables of packed, each with its columns. It begins with where each of
// them begins, and where the last one ends, counted in numbers of four bytes.
const (
	passageTable = iota // start and end of its text, first and next of its skips, kind
	skipTable           // start and end in the passage
	linkTable           // number of its passage and one, start and end there
	sectionTable        // start of the ID, start and end of the heading
	partTable           // start of the words, start and end of the levels
	tables
)

var columns = [tables]int{5, 2, 3, 3, 3}

// Kinds of passages.
const (
	textKind = iota
	headingKind
	codeKind
	kinds // the section is counted in these
)

// listen reads what a note says, while its tree is there.
func listen(n *vault.Note) *said {
	p, _ := packers.Get().(*packer)
	if p == nil {
		p = &packer{}
	}
	defer packers.Put(p)
	p.reset()
	texts := render.Texts(n)
	p.passages(n, texts)
	for _, part := range search.Read(docOf(n, texts)).Parts {
		words := p.add(part.Words)
		levels := p.add(part.Levels)
		p.row(partTable, words, levels, len(p.text))
	}
	return &said{packed: p.pack()}
}

// docOf is a note as it is searched.
func docOf(n *vault.Note, texts []render.Passage) *search.Doc {
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
	return d
}

func sectionOf(h *vault.Heading) search.Section {
	if h == nil {
		return search.Section{}
	}
	return search.Section{ID: h.ID, Heading: h.Text}
}

// A packer gathers the tables of what a note says.
type packer struct {
	rows [tables][]uint32
	text []byte
	all  []byte // for pack
}

var packers sync.Pool // of *packer

func (p *packer) reset() {
	p.text = p.text[:0]
	for i := range p.rows {
		p.rows[i] = p.rows[i][:0]
	}
}

func (p *packer) add(s string) (start int) {
	start = len(p.text)
	p.text = append(p.text, s...)
	return start
}

func (p *packer) row(table int, values ...int) {
	for _, v := range values {
		p.rows[table] = append(p.rows[table], uint32(v))
	}
}

func (p *packer) passages(n *vault.Note, texts []render.Passage) {
	for range n.Links {
		p.row(linkTable, 0, 0, 0)
	}
	numbers := make(map[*vault.Link]int, len(n.Links))
	for i, l := range n.Links {
		numbers[l] = i
	}
	var section *vault.Heading
	for i, t := range texts {
		if i == 0 || t.Section != section {
			section = t.Section
			s := sectionOf(section)
			id := p.add(s.ID)
			heading := p.add(s.Heading)
			p.row(sectionTable, id, heading, len(p.text))
		}
		kind := textKind
		switch {
		case t.IsHeading:
			kind = headingKind
		case t.IsCode:
			kind = codeKind
		}
		skips := len(p.rows[skipTable]) / columns[skipTable]
		for _, span := range t.Spans {
			p.row(skipTable, span.Start, span.End)
			if number, ok := numbers[span.Link]; ok && span.Link != nil {
				copy(p.rows[linkTable][columns[linkTable]*number:], []uint32{uint32(i + 1), uint32(span.Start), uint32(span.End)})
			}
		}
		start := p.add(t.Text)
		p.row(passageTable, start, len(p.text), skips, skips+len(t.Spans), kind+kinds*(len(p.rows[sectionTable])/columns[sectionTable]-1))
	}
}

func (p *packer) pack() string {
	b := p.all[:0]
	at := uint32(tables + 1)
	for _, rows := range p.rows {
		b = binary.LittleEndian.AppendUint32(b, at)
		at += uint32(len(rows))
	}
	b = binary.LittleEndian.AppendUint32(b, at)
	for _, rows := range p.rows {
		for _, v := range rows {
			b = binary.LittleEndian.AppendUint32(b, v)
		}
	}
	p.all = append(b, p.text...)
	return string(p.all)
}

// number is one of packed, by its place.
func (s *said) number(i int) int {
	b := s.packed[4*i : 4*i+4]
	return int(uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24)
}

func (s *said) rows(table int) int {
	return (s.number(table+1) - s.number(table)) / columns[table]
}

func (s *said) cell(table, row, column int) int {
	return s.number(s.number(table) + row*columns[table] + column)
}

func (s *said) slice(start, end int) string {
	text := s.packed[4*s.number(tables):]
	return text[start:end]
}

// passage is the text of one, with its kind and its section's number.
func (s *said) passage(i int) (text string, kind, section int) {
	k := s.cell(passageTable, i, 4)
	return s.slice(s.cell(passageTable, i, 0), s.cell(passageTable, i, 1)), k % kinds, k / kinds
}

// skips appends what is no plain text in a passage.
func (s *said) skips(spans [][2]int, passage int) [][2]int {
	for i := s.cell(passageTable, passage, 2); i < s.cell(passageTable, passage, 3); i++ {
		spans = append(spans, [2]int{s.cell(skipTable, i, 0), s.cell(skipTable, i, 1)})
	}
	return spans
}

// sentence is the one around a link, and the number of its passage; false for
// a link that stands in no text, or alone in it.
func (s *said) sentence(l *vault.Link) (around theme.Sentence, passage int, ok bool) {
	i := slices.Index(l.From.Links, l)
	if i < 0 || s.cell(linkTable, i, 0) == 0 {
		return theme.Sentence{}, 0, false
	}
	passage = s.cell(linkTable, i, 0) - 1
	around = s.around(passage, s.cell(linkTable, i, 1), s.cell(linkTable, i, 2))
	return around, passage, around.Before != "" || around.After != ""
}

// around is the sentence around a place in a passage.
func (s *said) around(passage, start, end int) theme.Sentence {
	text, _, _ := s.passage(passage)
	before, marked, after := (&render.Passage{Text: text}).Sentence(start, end)
	return theme.Sentence{Before: before, Marked: marked, After: after}
}

// entry is what a searcher finds in the note.
func (s *said) entry(n *vault.Note) *search.Entry {
	return &search.Entry{Title: n.Title, Aliases: n.Properties.Aliases, Tags: n.Tags, Parts: s.parts()}
}

func (s *said) parts() []search.Part {
	all := make([]search.Part, s.rows(partTable))
	for i := range all {
		words, levels, end := s.cell(partTable, i, 0), s.cell(partTable, i, 1), s.cell(partTable, i, 2)
		all[i] = search.Part{Words: s.slice(words, levels), Levels: s.slice(levels, end)}
	}
	return all
}

// sections are the note's text as it is searched.
func (s *said) sections() []search.Section {
	all := make([]search.Section, s.rows(sectionTable))
	for i := range all {
		id, heading, end := s.cell(sectionTable, i, 0), s.cell(sectionTable, i, 1), s.cell(sectionTable, i, 2)
		all[i] = search.Section{ID: s.slice(id, heading), Heading: s.slice(heading, end)}
	}
	for i := range s.rows(passageTable) {
		if text, kind, section := s.passage(i); kind != headingKind {
			all[section].Texts = append(all[section].Texts, search.Text{Text: text, Code: kind == codeKind})
		}
	}
	return all
}
