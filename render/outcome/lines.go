package outcome

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"runnel/runner/timeline"
)

// What a page shows of a program's output. More is counted, not shown.
const (
	maxLines = 2000
	maxLine  = 8 << 10
	maxBytes = 64 << 10
)

// A line is one line of output: what was written to one stream up to the
// next newline, or up to the next write to the other stream.
type line struct {
	at     time.Duration // of its first byte
	stream timeline.Stream
	g      int // the goroutine that began it
	text   []byte
}

// lines cuts writes into lines, in the order in which they began.
func lines(writes []timeline.Write) []line {
	var out []line
	open := false // the last line of out has no newline yet
	for _, w := range writes {
		text := w.Text
		for len(text) > 0 {
			if !open || out[len(out)-1].stream != w.Stream {
				out = append(out, line{at: w.At, stream: w.Stream, g: w.G})
			}
			part, rest, ended := cutLine(text)
			last := &out[len(out)-1]
			last.text = append(last.text, part...)
			text, open = rest, !ended
		}
	}
	return out
}

// earlierLines is how many lines the first writes make that no later write
// goes on with.
func earlierLines(writes []timeline.Write, earlier int) int {
	if earlier == 0 {
		return 0
	}
	first := lines(writes[:earlier])
	n := len(first)
	if n > 0 && len(lines(writes)[n-1].text) > len(first[n-1].text) {
		n--
	}
	return n
}

// cutLine cuts text after its first newline, which it drops, with the
// carriage return before it.
func cutLine(text []byte) (line, rest []byte, ended bool) {
	for i, c := range text {
		if c == '\n' {
			line = text[:i]
			if i > 0 && text[i-1] == '\r' {
				line = text[:i-1]
			}
			return line, text[i+1:], true
		}
	}
	return text, nil, false
}

// printable makes any bytes safe to show as text: control characters become
// their pictures (U+2400 and up), so that an escape sequence is seen and not
// obeyed; marks that turn the direction of text and bytes that are not UTF-8
// become U+FFFD.
func printable(text []byte) string {
	var b strings.Builder
	b.Grow(len(text))
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		text = text[size:]
		switch {
		case r == '\t':
			b.WriteByte('\t')
		case r < 0x20:
			b.WriteRune(0x2400 + r)
		case r == 0x7f:
			b.WriteRune(0x2421)
		case r >= 0x80 && unicode.Is(unicode.Cc, r), unicode.Is(unicode.Bidi_Control, r):
			b.WriteRune(utf8.RuneError)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// clip cuts text to what a page shows of one line, at a whole character.
func clip(text []byte) (shown []byte, cut bool) {
	if len(text) <= maxLine {
		return text, false
	}
	shown = text[:maxLine]
	for len(shown) > maxLine-utf8.UTFMax && !utf8.RuneStart(text[len(shown)]) {
		shown = shown[:len(shown)-1]
	}
	return shown, true
}
