package search

import (
	"cmp"
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

// stars makes the words for wide beginnings: the beginning and a `*`. The
// words are sorted, and there are so many parts.
func stars(words []*word, parts int) []*word {
	s := &starrer{best: make([]uint8, parts)}
	s.below(words, 0)
	return s.made
}

type starrer struct {
	best []uint8 // of each part, the level and one
	made []*word
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
	clear(s.best)
	n := utf8.RuneCountInString(beginning)
	for _, w := range words {
		less := stepsDown(n, utf8.RuneCountInString(w.text))
		for _, p := range w.list {
			at := uint8(max(int(p&(1<<levelBits-1))-less, 0) + 1)
			s.best[p>>levelBits] = max(s.best[p>>levelBits], at)
		}
	}
	all := make(list, 0, len(s.best))
	for part, at := range s.best {
		if at > 0 {
			all = append(all, uint32(part)<<levelBits|uint32(coarse(at-1)))
		}
	}
	s.made = append(s.made, &word{text: beginning + "*", list: all, written: all.append(nil)})
}

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
