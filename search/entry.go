package search

import (
	"math"
	"strings"
	"sync"
	"unicode/utf8"
)

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
	n := 0
	for n < levels-1 && worth >= steps[n] {
		n++
	}
	return byte(n)
}

// steps are where the levels after the first begin.
var steps = func() (steps [levels - 1]float64) {
	for i := range steps {
		steps[i] = leastWorth * math.Pow(worthStep, float64(i+1))
	}
	return steps
}()

// Read says what a document holds for a searcher.
func Read(d *Doc) *Entry {
	r, _ := readers.Get().(*reader)
	if r == nil {
		r = &reader{dictionary: newDictionary()}
	}
	defer readers.Put(r)
	e := &Entry{Title: valid(d.Title), Aliases: d.Aliases, Tags: d.Tags}
	r.begin()
	r.names(d)
	r.parts.read(d.Sections, told{r.heading, r.paragraph, func([]byte) {
		e.Parts = append(e.Parts, r.end())
		r.begin()
	}})
	return e
}

// A reader counts the words of a part. It keeps the words that it has seen
// for the next document, which will have most of them too.
type reader struct {
	*dictionary
	parts  parts
	counts []count // of each word, good if of this part
	part   int     // counts up with each

	seen   []uint32 // numbers of the words of the part
	length int      // of its text, in words
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
		r.dictionary, r.counts = newDictionary(), nil
	}
	r.part++
	r.seen, r.length = r.seen[:0], 0
}

// of is the count of a word.
func (r *reader) of(word []byte) *count {
	n := r.numberOf(word)
	if int(n) == len(r.counts) {
		r.counts = append(r.counts, count{})
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

func (r *reader) heading(text string) {
	Words(text, func(w []byte) { r.raise(w, headingWorth) })
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
}

// end makes a part of what was counted.
func (r *reader) end() Part {
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
	return Part{Words: string(words), Levels: string(at)}
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
