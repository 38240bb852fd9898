package vault

import "strings"

// An infoWord is one word of a fence's first line: `key` or `key=value`.
type infoWord struct {
	key, value string
	valued     bool // there is an =
	at         int  // the offset of key
	valueAt    int  // the offset of value, without a quote
}

// infoWords splits the first line of a fence after its language. What is for
// other tools is left out: {braces}, key:value, and text in quotes.
func infoWords(info string) (words []infoWord, faults []infoFault) {
	r := infoReader{text: info}
	for r.skipSpace(); r.i < len(info); r.skipSpace() {
		switch c := info[r.i]; c {
		case '{':
			r.skipBraces()
			continue
		case '"', '\'':
			r.quoted()
			continue
		}
		if r.foreign() {
			continue
		}
		w := infoWord{at: r.i}
		w.key = r.until("= \t")
		if r.i == len(info) || info[r.i] != '=' {
			words = append(words, w)
			continue
		}
		r.i++
		w.valued, w.valueAt = true, r.i
		closed := true
		if r.i < len(info) && (info[r.i] == '"' || info[r.i] == '\'') {
			w.valueAt++
			w.value, closed = r.quoted()
		} else {
			w.value = r.until(" \t")
		}
		if !closed {
			faults = append(faults, infoFault{w.valueAt - 1,
				"the quote of " + w.key + "= is not closed on its line"})
			continue
		}
		words = append(words, w)
	}
	return words, faults
}

// An infoReader goes through an info string.
type infoReader struct {
	text string
	i    int
}

func (r *infoReader) skipSpace() {
	for r.i < len(r.text) && strings.IndexByte(" \t\r", r.text[r.i]) >= 0 {
		r.i++
	}
}

// until takes what comes before one of the bytes, or the rest.
func (r *infoReader) until(stops string) string {
	start := r.i
	if n := strings.IndexAny(r.text[start:], stops); n >= 0 {
		r.i += n
	} else {
		r.i = len(r.text)
	}
	return r.text[start:r.i]
}

// foreign skips a word that other tools write with a colon, `title:"a b"`.
func (r *infoReader) foreign() bool {
	end := strings.IndexAny(r.text[r.i:], ":= \t")
	if end < 0 || r.text[r.i+end] != ':' {
		return false
	}
	for r.i < len(r.text) && r.text[r.i] != ' ' && r.text[r.i] != '\t' {
		switch r.text[r.i] {
		case '"', '\'':
			r.quoted()
		case '{':
			r.skipBraces()
		default:
			r.i++
		}
	}
	return true
}

// skipBraces skips a pair of braces and what is between them.
func (r *infoReader) skipBraces() {
	depth := 0
	for r.i < len(r.text) {
		switch r.text[r.i] {
		case '{':
			depth++
		case '}':
			depth--
		case '"', '\'':
			r.quoted()
			continue
		}
		r.i++
		if depth == 0 {
			return
		}
	}
}

// escapes are those of a value in double quotes.
var escapes = map[byte]byte{
	'n': '\n', 't': '\t', 'r': '\r', '"': '"', '\\': '\\'}

// quoted takes a text in quotes. In double ones a backslash has a meaning;
// before any other letter than those of escapes it is one itself.
func (r *infoReader) quoted() (value string, closed bool) {
	quote := r.text[r.i]
	var b strings.Builder
	for r.i++; r.i < len(r.text); r.i++ {
		c := r.text[r.i]
		if c == quote {
			r.i++
			return b.String(), true
		}
		if c == '\\' && quote == '"' && r.i+1 < len(r.text) {
			if e, ok := escapes[r.text[r.i+1]]; ok {
				c = e
				r.i++
			}
		}
		b.WriteByte(c)
	}
	return b.String(), false
}

// splitArgs splits a command line into its words as a shell does: at white
// space, but for what is in quotes or after a backslash.
func splitArgs(line string) (args []string, closed bool) {
	var word strings.Builder
	inWord := false
	var quote byte
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case c == '\\' && quote != '\'' && i+1 < len(line):
			i++
			word.WriteByte(line[i])
			inWord = true
		case quote != 0 && c == quote:
			quote = 0
		case quote != 0:
			word.WriteByte(c)
		case c == '"' || c == '\'':
			quote, inWord = c, true
		case strings.IndexByte(" \t\r\n", c) >= 0:
			if inWord {
				args = append(args, word.String())
			}
			word.Reset()
			inWord = false
		default:
			word.WriteByte(c)
			inWord = true
		}
	}
	if inWord {
		args = append(args, word.String())
	}
	return args, quote == 0
}
