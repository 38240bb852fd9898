package site

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// What a reader reads in a minute: words of scripts that put spaces between
// them, characters of those that do not.
const (
	wordsPerMinute      = 220
	charactersPerMinute = 500
	wordsPerCharacter   = float64(wordsPerMinute) / charactersPerMinute
	leastMinutesToState = 1
)

// readingTime is how many minutes a note takes, at least one. Code is looked
// at rather than read, and counts for nothing.
func readingTime(body []byte) int {
	words := 0.0
	for len(body) > 0 {
		text, rest := cutMarkup(body)
		words += countWords(text)
		body = rest
	}
	return max(leastMinutesToState, int(words/wordsPerMinute+0.5))
}

// unread are elements that are looked at rather than read, with their ends.
var unread = [][2][]byte{
	{[]byte("pre"), []byte("</pre>")},
	{[]byte("svg"), []byte("</svg>")},
	{[]byte("math"), []byte("</math>")},
	{[]byte(`figure class="lanes"`), []byte("</figure>")},
}

// cutMarkup splits HTML into the text before its next tag, and what comes
// after that, or after the whole of an element that is not read.
func cutMarkup(body []byte) (text, rest []byte) {
	i := bytes.IndexByte(body, '<')
	if i < 0 {
		return body, nil
	}
	text, rest = body[:i], body[i+1:]
	end := []byte(">")
	for _, element := range unread {
		if bytes.HasPrefix(rest, element[0]) {
			end = element[1]
			break
		}
	}
	_, rest, _ = bytes.Cut(rest, end)
	return text, rest
}

// countWords counts words; a character of a script without spaces is a part
// of one.
func countWords(text []byte) float64 {
	words, characters := 0, 0
	inside := false
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf {
			i++
			switch asciiClass[c] {
			case 'w':
				if !inside {
					words++
				}
				inside = true
			case ' ':
				inside = false
			}
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		i += size
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai):
			characters++
			inside = false
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if !inside {
				words++
			}
			inside = true
		case unicode.IsSpace(r):
			inside = false
		}
	}
	return float64(words) + float64(characters)*wordsPerCharacter
}

// asciiClass is 'w' for what words are made of, ' ' for what ends them.
var asciiClass = func() (class [utf8.RuneSelf]byte) {
	for c := range rune(utf8.RuneSelf) {
		switch {
		case unicode.IsLetter(c), unicode.IsDigit(c):
			class[c] = 'w'
		case unicode.IsSpace(c):
			class[c] = ' '
		}
	}
	return class
}()
