package search

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// partSize is about how many bytes of text a part has.
const partSize = 6 << 10

// parts cuts a document into parts, and writes down the text of each as it is
// fetched: JSON, an array for each section with its anchor, its heading and
// its text, a line for each piece. Those of code begin with a tab.
type parts struct {
	text    []byte
	started bool // text has a section that is not closed,
	bare    bool // with no text yet
	told
}

// told is who hears what a part holds, piece by piece, and at its end its text,
// which is good until it returns.
type told struct {
	heading   func(text string)
	paragraph func(text string, code bool)
	end       func(text []byte)
}

// eachText calls f with the text of each part.
func eachText(sections []Section, f func(text []byte)) {
	p, _ := writers.Get().(*parts)
	if p == nil {
		p = new(parts)
	}
	p.read(sections, told{func(string) {}, func(string, bool) {}, f})
	p.told = told{}
	writers.Put(p)
}

var writers sync.Pool // of *parts

func (p *parts) read(sections []Section, to told) {
	p.told = to
	p.text = append(p.text[:0], '[')
	for i := range sections {
		p.section(&sections[i])
	}
	p.cut()
}

// cut ends the part and begins the next.
func (p *parts) cut() {
	p.closeText()
	p.text = append(p.text, ']')
	p.end(p.text)
	p.text = append(p.text[:0], '[')
}

func (p *parts) section(s *Section) {
	if p.full(len(s.Heading)) {
		p.cut()
	}
	p.heading(s.Heading)
	p.open(s)
	for _, t := range s.Texts {
		for text := valid(t.Text); text != ""; {
			if p.full(min(len(text), partSize/2)) {
				p.cut()
				p.open(s)
			}
			var piece string
			piece, text = cutText(text)
			p.paragraph(piece, t.Code)
			p.write(piece, t.Code)
		}
	}
}

// full reports whether a part has no room for so many bytes.
func (p *parts) full(more int) bool {
	return len(p.text) > 1 && len(p.text)+more > partSize
}

func (p *parts) write(text string, code bool) {
	if !p.bare {
		p.text = append(p.text, `\n`...)
	}
	p.bare = false
	if code {
		p.text = append(p.text, `\t`...)
	}
	p.text = appendEscaped(p.text, text)
}

// open begins a section of the text.
func (p *parts) open(s *Section) {
	p.closeText()
	if len(p.text) > 1 {
		p.text = append(p.text, ',')
	}
	p.text = append(p.text, `["`...)
	p.text = appendEscaped(p.text, valid(s.ID))
	p.text = append(p.text, `","`...)
	p.text = appendEscaped(p.text, valid(s.Heading))
	p.text = append(p.text, `","`...)
	p.started, p.bare = true, true
}

func (p *parts) closeText() {
	if p.started {
		p.text = append(p.text, `"]`...)
	}
	p.started = false
}

// cutText cuts a text that is longer than a part can be, between words if
// that can be.
func cutText(text string) (piece, rest string) {
	const most = partSize / 2
	if len(text) <= most {
		return text, ""
	}
	at := strings.LastIndexByte(text[:most], ' ') + 1
	if at < most/2 {
		for at = most; !utf8.RuneStart(text[at]); {
			at--
		}
	}
	return text[:at], text[at:]
}

// appendEscaped appends a text as it stands in a string of JSON.
func appendEscaped(dst []byte, text string) []byte {
	const hex = "0123456789abcdef"
	last := 0
	for i := range len(text) {
		c := text[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		dst = append(dst, text[last:i]...)
		if c < ' ' {
			dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		} else {
			dst = append(dst, '\\', c)
		}
		last = i + 1
	}
	return append(dst, text[last:]...)
}
