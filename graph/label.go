package graph

import (
	"strings"
	"unicode"
)

// shorten cuts a text that is wider than so many pixels. It goes by what
// letters take in the wider of the fonts that a page may come out in.
func shorten(text string, most float64) string {
	used, cut := 0.0, 0
	for i, r := range text {
		used += breadth(r)
		if used > most {
			return strings.TrimRight(text[:cut], " ") + "…"
		}
		if used <= most-ellipsis {
			cut = i + len(string(r))
		}
	}
	return text
}

// breadth is about how wide a letter is at the size of labels.
func breadth(r rune) float64 {
	if r < 128 {
		return ascii[r]
	}
	return measure(r)
}

var ellipsis = measure('…')

var ascii = func() (all [128]float64) {
	for r := range all {
		all[r] = measure(rune(r))
	}
	return all
}()

func measure(r rune) float64 {
	switch {
	case unicode.Is(unicode.Mn, r):
		return 0
	case strings.ContainsRune("ijl.,:;'|!I ", r):
		return 3
	case strings.ContainsRune("frt()[]-/", r):
		return 4.2
	case strings.ContainsRune("mwMW@%…—", r):
		return 9.5
	case r >= 0x1100 && unicode.In(r, wide...):
		return 11.2
	case unicode.IsUpper(r):
		return 7.2
	}
	return 6.2
}

// wide are the scripts whose letters are square.
var wide = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.So}
