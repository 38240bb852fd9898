package render

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of a sentence, in characters: of what is marked, and of what may
// stand on one side of it.
const (
	maxMarked = 80
	maxBeside = 90
)

// Sentence cuts the sentence around a part of the passage, in three pieces:
// what stands before it, the part, what stands after it. A long one is
// cut off where a word ends, and says so with an ellipsis.
func (p *Passage) Sentence(start, end int) (before, marked, after string) {
	before = p.Text[sentenceStart(p.Text, start):start]
	marked = p.Text[start:end]
	after = p.Text[end:sentenceEnd(p.Text, end)]
	return cutBefore(before, maxBeside), cutAfter(marked, maxMarked), cutAfter(after, maxBeside)
}

// sentenceStart is where the sentence begins that holds the place at.
func sentenceStart(text string, at int) int {
	for i := at; i > 0; {
		r, size := utf8.DecodeLastRuneInString(text[:i])
		if begin := sentenceBreak(text, i-size, r); begin >= 0 && begin <= at {
			return begin
		}
		i -= size
	}
	return 0
}

// sentenceEnd is where the sentence ends that holds what ends at.
func sentenceEnd(text string, at int) int {
	for i, r := range text[at:] {
		if begin := sentenceBreak(text, at+i, r); begin >= 0 {
			return at + i + len(strings.TrimRight(text[at+i:begin], " "))
		}
	}
	return len(text)
}

// sentenceBreak is where the next sentence begins, if one ends with the
// character r at i, else -1. A full stop within a word, or before a word that
// begins small, ends none.
func sentenceBreak(text string, i int, r rune) int {
	next := i + utf8.RuneLen(r)
	switch r {
	case '。', '！', '？':
		return next
	case '.', '!', '?', '…':
	default:
		return -1
	}
	next += len(text[next:]) - len(strings.TrimLeft(text[next:], `"')”’»]`))
	rest, spaced := strings.CutPrefix(text[next:], " ")
	first, _ := utf8.DecodeRuneInString(rest)
	if !spaced || unicode.IsLower(first) || r == '.' && isInitial(text[:i]) {
		return -1
	}
	return next + 1
}

// isInitial reports whether a text ends in one letter by itself, or in one of
// the short forms after which a sentence goes on.
func isInitial(text string) bool {
	word := text[strings.LastIndexAny(text, " (")+1:]
	switch strings.ToLower(word) {
	case "e.g", "i.e", "cf", "vs", "dr", "mr", "mrs", "ms", "prof", "no", "fig", "sec", "ch":
		return true
	}
	return utf8.RuneCountInString(word) == 1 && strings.ToUpper(word) == word && word != "I"
}

// cutAfter cuts a text to most characters, at its end.
func cutAfter(text string, most int) string {
	if len(text) <= most || utf8.RuneCountInString(text) <= most {
		return text
	}
	at := 0
	for range most - 1 {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	if space := strings.LastIndexByte(text[:at], ' '); space > at/2 {
		at = space
	}
	return strings.TrimRight(text[:at], " ") + "…"
}

// cutBefore cuts a text to most characters, at its beginning.
func cutBefore(text string, most int) string {
	if len(text) <= most || utf8.RuneCountInString(text) <= most {
		return text
	}
	at := len(text)
	for range most - 1 {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	if space := strings.IndexByte(text[at:], ' '); space >= 0 && space < (len(text)-at)/2 {
		at += space + 1
	}
	return "…" + text[at:]
}
