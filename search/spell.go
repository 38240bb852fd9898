package search

import (
	"math/bits"
	"slices"
	"unicode/utf8"
)

// leastSpelling is how many letters a word has at least that somebody may have
// meant who wrote another.
const leastSpelling = 4

// spell writes the words that may be meant by others, each with a digit of how
// many parts have it, by their beginnings and by their ends.
func (w *writer) spell(words []*word, ix *index) error {
	var back []*word
	f := files{writer: w, shelf: &ix.Spellings, size: spellSize}
	for _, word := range words {
		if !isSpelled(word.text) {
			continue
		}
		rank := digits[min(bits.Len(uint(word.parts)), len(digits)-1)]
		if err := f.line(word.text, []byte{rank}); err != nil {
			return err
		}
		word := *word
		word.text, word.written = reversed(word.text), []byte{rank}
		back = append(back, &word)
	}
	if err := f.end(); err != nil {
		return err
	}
	slices.SortFunc(back, byText)
	f = files{writer: w, shelf: &ix.Backwards, size: spellSize}
	for _, word := range back {
		if err := f.line(word.text, word.written); err != nil {
			return err
		}
	}
	return f.end()
}

// isSpelled reports whether a word has letters, enough of them, and is of a
// script with spaces.
func isSpelled(word string) bool {
	if word[0] == '#' || utf8.RuneCountInString(word) < leastSpelling {
		return false
	}
	number := true
	for _, r := range word {
		if isDense(r) {
			return false
		}
		number = number && '0' <= r && r <= '9'
	}
	return !number
}

func reversed(word string) string {
	letters := []rune(word)
	slices.Reverse(letters)
	return string(letters)
}
