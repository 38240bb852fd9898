package search

import (
	"math"
	"strings"
	"sync"
	"unicode/utf8"
)

// partSize is about how many bytes of text a part has.
const partSize = 6 << 10

// What a word is worth by where it stands. A title or an alias is worth more
// the fewer other words it has.
const (
	titleWorth   = 8
	aliasWorth   = 6
	tagWorth     = 4
	headingWorth = 3
	saturation   = 1.2 // of the times that a word comes (BM25's k1)
	byLength     = 0.7 // how much a long text counts for less (its b)
	usualLength  = 250 // words
)

// A level is a worth, to the next of these steps. The dialog turns it back
// (theme/search/rank.js).
const (
	levels     = 12
	leastWorth = 0.35
	worthStep  = 1.38
)

func level(worth float64) byte {
	n := math.Floor(math.Log(worth/leastWorth) / math.Log(worthStep))
	return byte(min(max(n, 0), levels-1))
}

// Read says what a document holds for a searcher.
func Read(d *Doc) *Entry {
	r, _ := readers.Get().(*reader)
	if r == nil {
		r = &reader{numbers: map[string]int{}}
	}
	defer readers.Put(r)
	e := &Entry{Title: valid(d.Title), Aliases: d.Aliases, Tags: d.Tags}
	r.begin()
	r.names(d)
	for i := range d.Sections {
		r.section(e, &d.Sections[i])
	}
	r.end(e)
	return e
}

// A reader counts the words of a part. It keeps the words that it has seen
// for the next document, which will have most of them too.
type reader struct {
	numbers map[string]int // of words
	words   []string
	counts  []count // of each word, good if of this part
	part    int     // counts up with each

	seen    []int // numbers of the words of the part
	length  int   // of its text, in words
	text    []byte
	started bool // text has a section that is not closed,
	bare    bool // with no text yet
}

var readers sync.Pool // of *reader

// A count is how often a word comes in a part, and what it is worth beside.
type count struct {
	part  int
	times float32
	worth float32
}

const maxKnown = 1 << 17 // words that a reader keeps

func (r *reader) begin() {
	if len(r.words) > maxKnown {
		*r = reader{numbers: map[string]int{}, part: r.part}
	}
	r.part++
	r.seen, r.length, r.text, r.started = r.seen[:0], 0, append(r.text[:0], '['), false
}

// of is the count of a word.
func (r *reader) of(word []byte) *count {
	n, ok := r.numbers[string(word)]
	if !ok {
		n = len(r.words)
		s := string(word)
		r.numbers[s] = n
		r.words, r.counts = append(r.words, s), append(r.counts, count{})
	}
	c := &r.counts[n]
	if c.part != r.part {
		*c = count{part: r.part}
		r.seen = append(r.seen, n)
	}
	return c
}

// names counts what a document is called.
func (r *reader) names(d *Doc) {
	r.name(d.Title, titleWorth)
	for _, alias := range d.Aliases {
		r.name(alias, aliasWorth)
	}
	for _, tag := range d.Tags {
		Words(tag, func(w []byte) { r.raise(w, tagWorth) })
		for t := tag; t != ""; t = t[:max(strings.LastIndexByte(t, '/'), 0)] {
			r.raise([]byte(tagWord(t)), tagWorth)
		}
	}
}

func (r *reader) name(name string, worth float32) {
	words := 0
	Words(name, func([]byte) { words++ })
	Words(name, func(w []byte) { r.raise(w, worth/(1+0.15*float32(min(words, 8)-1))) })
}

// raise gives a word at least so much worth.
func (r *reader) raise(word []byte, worth float32) {
	c := r.of(word)
	c.worth = max(c.worth, worth)
}

func (r *reader) section(e *Entry, s *Section) {
	if r.full(len(s.Heading)) {
		r.end(e)
		r.begin()
	}
	Words(s.Heading, func(w []byte) { r.raise(w, headingWorth) })
	r.open(s)
	for _, t := range s.Texts {
		for text := valid(t.Text); text != ""; {
			if r.full(min(len(text), partSize/2)) {
				r.end(e)
				r.begin()
				r.open(s)
			}
			var piece string
			piece, text = cutText(text)
			r.paragraph(piece, t.Code)
		}
	}
}

// full reports whether a part has no room for so many bytes.
func (r *reader) full(more int) bool {
	return len(r.text) > 1 && len(r.text)+more > partSize
}

func (r *reader) paragraph(text string, code bool) {
	worth := float32(1)
	if code {
		worth = 0.5
	}
	Words(text, func(w []byte) {
		r.of(w).times += worth
		r.length++
	})
	if !r.bare {
		r.text = append(r.text, `\n`...)
	}
	r.bare = false
	if code {
		r.text = append(r.text, `\t`...)
	}
	r.text = appendEscaped(r.text, text)
}

// open begins a section of the text.
func (r *reader) open(s *Section) {
	r.closeText()
	if len(r.text) > 1 {
		r.text = append(r.text, ',')
	}
	r.text = append(r.text, `["`...)
	r.text = appendEscaped(r.text, valid(s.ID))
	r.text = append(r.text, `","`...)
	r.text = appendEscaped(r.text, valid(s.Heading))
	r.text = append(r.text, `","`...)
	r.started, r.bare = true, true
}

func (r *reader) closeText() {
	if r.started {
		r.text = append(r.text, `"]`...)
	}
	r.started = false
}

// end makes a part of what was counted.
func (r *reader) end(e *Entry) {
	r.closeText()
	size := 0
	for _, n := range r.seen {
		size += len(r.words[n]) + 1
	}
	words, at := make([]byte, 0, size), make([]byte, 0, len(r.seen))
	long := saturation * (1 - byLength + byLength*float32(roughly(r.length))/usualLength)
	for _, n := range r.seen {
		words = append(append(words, r.words[n]...), '\n')
		c := r.counts[n]
		at = append(at, level(float64(c.worth+c.times*(saturation+1)/(c.times+long))))
	}
	e.Parts = append(e.Parts, Part{Words: string(words), Levels: string(at), Text: string(r.text) + "]"})
}

// roughly rounds a number, so that a word more or less changes nothing.
func roughly(n int) int {
	if n < 16 {
		return 16
	}
	return int(math.Pow(1.5, math.Round(math.Log(float64(n))/math.Log(1.5))))
}

func valid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return strings.ToValidUTF8(s, "\ufffd")
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
