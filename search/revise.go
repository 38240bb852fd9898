package search

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
)

// Known is what is remembered of a note of before.
type Known struct {
	Key   string // as in [Note]
	Parts int
}

// most says how many notes may have changed for an index of so many to be
// revised: a thirtieth. More are gathered anew in about the same time.
func most(notes int) int { return notes/30 + 1 }

// revise makes the lists of words from those of the index of before, of which
// only what the notes that have changed say is another. It is not ok where the
// notes do not stand where they stood, or it is not known what was there.
func (w *writer) revise(notes []Note, parts int) (words, all []*word, ok bool) {
	changes, ok := w.changes(notes)
	if !ok {
		return nil, nil, false
	}
	before, ok := w.linesOf()
	if !ok {
		return nil, nil, false
	}
	revised := make([]word, 0, len(before)+len(changes))
	var starred []*word
	rest := sortedChanges(changes)
	take := func(line word) {
		if line.parts > 0 {
			revised = append(revised, line)
		}
	}
	// A beginning that had no list gets one from all its words, if any.
	fresh := func(c *change) {
		if !isStar(c.text) {
			take(c.apply(word{}))
		}
	}
	for _, line := range before {
		for ; len(rest) > 0 && rest[0].text < line.text; rest = rest[1:] {
			fresh(rest[0])
		}
		if len(rest) > 0 && rest[0].text == line.text {
			line = rest[0].apply(line)
			rest = rest[1:]
		}
		take(line)
	}
	for _, c := range rest {
		fresh(c)
	}
	for i := range revised {
		if isStar(revised[i].text) {
			starred = append(starred, &revised[i])
		} else {
			words = append(words, &revised[i])
		}
	}
	return words, merge(words, (&starrer{parts: parts, before: starred}).stars(words)), true
}

func isStar(text string) bool { return strings.HasSuffix(text, "*") }

// A change says what the list of a word is to hold of some parts.
type change struct {
	text   string
	levels map[uint32]uint8 // by part, the level and one; 0 where it has the word no more
}

func (c *change) apply(w word) word {
	next := make(list, 0, w.parts+len(c.levels))
	for _, p := range readList(w.written) {
		if _, changed := c.levels[p>>levelBits]; !changed {
			next = append(next, p)
		}
	}
	for part, level := range c.levels {
		if level > 0 {
			next = append(next, part<<levelBits|uint32(level-1))
		}
	}
	slices.Sort(next)
	return word{text: c.text, list: next, parts: len(next), written: next.append(nil)}
}

func sortedChanges(changes map[string]*change) []*change {
	all := make([]*change, 0, len(changes))
	for _, c := range changes {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b *change) int { return cmp.Compare(a.text, b.text) })
	return all
}

// changes compares notes with those of before.
func (w *writer) changes(notes []Note) (map[string]*change, bool) {
	m := w.memory
	if m == nil || m.Old == nil || m.Read == nil || len(m.Notes) != len(notes) {
		return nil, false
	}
	changes := map[string]*change{}
	part, changed := uint32(0), 0
	for i, n := range notes {
		if n.Key == "" || m.Notes[i].Parts != len(n.Parts) {
			return nil, false
		}
		if n.Key != m.Notes[i].Key {
			old := m.Old(m.Notes[i].Key)
			if changed++; len(old) != len(n.Parts) || changed > most(len(notes)) {
				return nil, false
			}
			for at := range old {
				changePart(changes, part+uint32(at), old[at], n.Parts[at])
			}
		}
		part += uint32(len(n.Parts))
	}
	return changes, true
}

// changePart notes how a part has changed.
func changePart(changes map[string]*change, number uint32, old, now Part) {
	set := func(text string, level uint8) {
		c := changes[text]
		if c == nil {
			c = &change{text: text, levels: map[uint32]uint8{}}
			changes[text] = c
		}
		c.levels[number] = level
	}
	before, after := old.levels(), now.levels()
	for text, level := range after {
		if before[text] != level {
			set(text, level)
		}
	}
	for text := range before {
		if after[text] == 0 {
			set(text, 0)
		}
	}
}

// levels are those of a part's words, and of the beginnings of these that may
// have lists of their own, each and one.
func (p Part) levels() map[string]uint8 {
	all := make(map[string]uint8, 4*len(p.Levels))
	for word, level := range p.each {
		all[word] = level + 1
		for beginning, less := range beginnings(word) {
			text := beginning + "*"
			all[text] = max(all[text], coarse(lessen(level, less))+1)
		}
	}
	return all
}

// each gives the words of a part with their levels.
func (p Part) each(yield func(word string, level uint8) bool) {
	text := p.Words
	for i := range len(p.Levels) {
		end := strings.IndexByte(text, '\n')
		if end < 0 || !yield(text[:end], p.Levels[i]) {
			return
		}
		text = text[end+1:]
	}
}

// linesOf reads the words of before, those with a `*` too, in order.
func (w *writer) linesOf() ([]word, bool) {
	data := w.memory.Read(Index)
	ix := index{}
	if data == nil || json.Unmarshal(data, &ix) != nil {
		return nil, false
	}
	files, ok := w.filesOf(ix.Words, 2)
	if !ok {
		return nil, false
	}
	var all []word
	for _, file := range files {
		for text := file; len(text) > 0; {
			end := slices.Index(text, '\n')
			space := slices.Index(text[:max(end, 0)], ' ')
			if space < 0 {
				return nil, false
			}
			written := text[space+1 : end : end]
			all = append(all, word{text: string(text[:space]), written: written, parts: countList(written)})
			text = text[end+1:]
		}
	}
	return all, true
}

// filesOf reads the files of a shelf, which may be so deep.
func (w *writer) filesOf(s shelf, depth int) (files [][]byte, ok bool) {
	ending := ".txt"
	if s.Deep {
		ending = ".json"
	}
	for names := s.Files; names != ""; names = names[nameSize:] {
		if len(names) < nameSize || depth == 0 {
			return nil, false
		}
		name := names[:nameSize]
		data := w.memory.Read(name + ending)
		if data == nil || nameOf(data) != name {
			return nil, false
		}
		if !s.Deep {
			files = append(files, data)
			continue
		}
		var below shelf
		if json.Unmarshal(data, &below) != nil {
			return nil, false
		}
		more, ok := w.filesOf(below, depth-1)
		if !ok {
			return nil, false
		}
		files = append(files, more...)
	}
	return files, true
}
