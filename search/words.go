package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxWord is how many letters of a word count.
const maxWord = 32

// Words calls found with each word of a text, as words are compared: without
// case and diacritics. A run of letters of a script that has no spaces gives
// each pair of neighbours, and its last letter. The search dialog has the same
// rules (theme/search/words.js).
//
// The bytes are good until found returns.
func Words(text string, found func(word []byte)) {
	var buf [64]byte
	for i := 0; i < len(text); {
		end, class := run(text, i)
		switch {
		case class == dense:
			pairs(string(foldSlow(text[i:end])), found)
		case class == spaced:
			if word := fold(buf[:0], text[i:end]); len(word) > 0 {
				found(word)
			}
		}
		i = end
	}
}

// Classes of characters.
const (
	other  = iota // between words
	spaced        // of words with spaces around them
	dense         // of scripts without spaces
	mark          // belongs to whatever is before it
)

// run is where the run of one class ends that begins at i.
func run(text string, i int) (end, class int) {
	r, size := utf8.DecodeRuneInString(text[i:])
	class, end = classOf(r), i+size
	if class == mark {
		class = spaced
	}
	for end < len(text) {
		if c := text[end]; c < utf8.RuneSelf {
			if asciiClass(c) != class {
				break
			}
			end++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[end:])
		if c := classOf(r); c != class && (c != mark || class == other) {
			break
		}
		end += size
	}
	return end, class
}

func asciiClass(c byte) int {
	if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' {
		return spaced
	}
	return other
}

func classOf(r rune) int {
	switch {
	case r < utf8.RuneSelf:
		return asciiClass(byte(r))
	case isDense(r):
		return dense
	case unicode.IsMark(r):
		return mark
	case unicode.IsLetter(r), unicode.IsNumber(r):
		return spaced
	}
	return other
}

// isDense reports whether a character is of a script that has no spaces
// between words.
func isDense(r rune) bool {
	if r < 0x0e00 {
		return false
	}
	return strings.ContainsRune("ーｰﾞﾟ", r) || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

func pairs(letters string, found func([]byte)) {
	last := 0 // where the letter before begins
	for i := range letters {
		_, size := utf8.DecodeRuneInString(letters[i:])
		if i > 0 {
			found([]byte(letters[last : i+size]))
		}
		last = i
	}
	if letters != "" {
		found([]byte(letters[last:]))
	}
}

// fold appends a word as words are compared.
func fold(dst []byte, word string) []byte {
	for i := range len(word) {
		c := word[i]
		if c >= utf8.RuneSelf {
			return append(dst[:0], cut(foldSlow(word))...)
		}
		if i == maxWord {
			break
		}
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		dst = append(dst, c)
	}
	return dst
}

// foldSlow takes letters apart, drops the marks that only some writers set,
// and puts together what is left.
func foldSlow(word string) []byte {
	var b strings.Builder
	for _, r := range norm.NFKD.String(word) {
		if unicode.In(r, accents) || unicode.IsSpace(r) {
			continue
		}
		r = unicode.ToLower(r)
		if plain, ok := plainLetters[r]; ok {
			b.WriteString(plain)
		} else {
			b.WriteRune(r)
		}
	}
	return norm.NFC.Bytes([]byte(b.String()))
}

func cut(word []byte) []byte {
	letters := 0
	for i := range string(word) {
		if letters == maxWord {
			return word[:i]
		}
		letters++
	}
	return word
}

// accents are the marks without which a word is still the same: of Latin,
// Greek and Cyrillic, the vowels of Hebrew and Arabic.
var accents = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x0300, Hi: 0x036f, Stride: 1}, {Lo: 0x0483, Hi: 0x0487, Stride: 1},
	{Lo: 0x0591, Hi: 0x05bd, Stride: 1}, {Lo: 0x05bf, Hi: 0x05bf, Stride: 1},
	{Lo: 0x05c1, Hi: 0x05c2, Stride: 1}, {Lo: 0x05c4, Hi: 0x05c5, Stride: 1}, {Lo: 0x05c7, Hi: 0x05c7, Stride: 1},
	{Lo: 0x0610, Hi: 0x061a, Stride: 1}, {Lo: 0x0640, Hi: 0x0640, Stride: 1},
	{Lo: 0x064b, Hi: 0x065f, Stride: 1}, {Lo: 0x0670, Hi: 0x0670, Stride: 1},
}}

// plainLetters are letters with a diacritic that Unicode does not take apart.
var plainLetters = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ł': "l", 'ħ': "h", 'ı': "i", 'ŧ': "t", 'ς': "σ",
}

// tagWord is a tag as tags are compared, with a `#` before it.
func tagWord(tag string) string {
	return "#" + strings.ReplaceAll(string(cut(foldSlow(tag))), "*", "")
}
