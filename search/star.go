package search

import (
	"cmp"
	"iter"
	"slices"
	"unicode/utf8"
)

// Beginnings of words whose lists take more than wide bytes get a list of
// their own, of whatever begins so, so that a reader need not fetch all of
// those.
const wide = 5 << 10

// byText orders words as the dialog does: by their bytes, but what is kept for
// a beginning stands right behind that beginning as a word.
func byText(a, b *word) int { return cmp.Compare(a.text, b.text) }

// A starrer makes the words for wide beginnings: the beginning and a `*`.
type starrer struct {
	parts  int     // of all notes
	before []*word // of those beginnings that are known already, sorted
	best   []uint8 // of each part, the level and one
	made   []*word
}

// stars makes them for words that are sorted.
func (s *starrer) stars(words []*word) []*word {
	s.below(words, 0)
	return s.made
}

// below makes those for words that have their first size bytes in common.
func (s *starrer) below(words []*word, size int) {
	for len(words) > 0 {
		if len(words[0].text) == size { // the beginning itself
			words = words[1:]
			continue
		}
		_, letter := utf8.DecodeRuneInString(words[0].text[size:])
		beginning := words[0].text[:size+letter]
		some, bytes := 0, 0
		for some < len(words) && len(words[some].text) >= len(beginning) && words[some].text[:len(beginning)] == beginning {
			bytes += len(words[some].text) + len(words[some].written)
			some++
		}
		if some > 1 && bytes > wide {
			if beginning != "#" {
				s.add(beginning, words[:some])
			}
			s.below(words[:some], len(beginning))
		}
		words = words[some:]
	}
}

func (s *starrer) add(beginning string, words []*word) {
	if at, ok := slices.BinarySearchFunc(s.before, &word{text: beginning + "*"}, byText); ok {
		s.made = append(s.made, s.before[at])
		return
	}
	if s.best == nil {
		s.best = make([]uint8, s.parts)
	}
	clear(s.best)
	n := utf8.RuneCountInString(beginning)
	for _, w := range words {
		less := stepsDown(n, utf8.RuneCountInString(w.text))
		for _, p := range w.read() {
			at := lessen(uint8(p&(1<<levelBits-1)), less) + 1
			s.best[p>>levelBits] = max(s.best[p>>levelBits], at)
		}
	}
	all := make(list, 0, len(s.best))
	for part, at := range s.best {
		if at > 0 {
			all = append(all, uint32(part)<<levelBits|uint32(coarse(at-1)))
		}
	}
	s.made = append(s.made, &word{text: beginning + "*", list: all, written: all.append(nil), parts: len(all)})
}

// beginnings gives those of a word that may get a list, with by how many levels
// the word counts for less.
func beginnings(text string) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		letters, n := utf8.RuneCountInString(text), 0
		for at := range text {
			if n > 0 && text[:at] != "#" && !yield(text[:at], stepsDown(n, letters)) {
				return
			}
			n++
		}
		if text != "#" {
			yield(text, 0)
		}
	}
}

// lessen is a level by so many steps less.
func lessen(level uint8, steps int) uint8 { return uint8(max(int(level)-steps, 0)) }

// coarse is a level of a part that has a word somewhere in its text, rounded:
// how often that begins with a letter or two says little, and takes room.
func coarse(level uint8) uint8 {
	switch {
	case level >= 7:
		return level
	case level >= 4:
		return 5
	}
	return 2
}

// stepsDown is by how many levels a word counts for less than its beginning,
// of so many letters.
func stepsDown(beginning, letters int) int {
	switch {
	case letters == beginning:
		return 0
	case letters <= beginning+2:
		return 1
	}
	return 2
}

// merge is all words in order.
func merge(words, stars []*word) []*word {
	all := slices.Concat(words, stars)
	slices.SortFunc(all, byText)
	return all
}
