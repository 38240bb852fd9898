// Package mention finds names in texts: where one of many names stands, word
// by word, whatever the case of its letters.
//
// A [Finder] holds the names. Finding takes time in proportion to the text,
// however many names there are. A text that holds two names at one place, such
// as "go channels" and "channels", is said to hold the longer one.
package mention

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A Finder finds names. It is safe for concurrent use.
type Finder struct {
	names []name
	words map[string]int32 // those of names, in lower case
	// The names are a tree of words: next is what a node and a word lead to,
	// but for the root, of which first says it, and ends are the names that a
	// node is the end of.
	next  map[step]int32
	first []int32 // by word: 0 where no name begins with it
	later []bool  // by word: whether one goes on with it
	ends  [][]int32
}

// A step is a node, and a word that leads from it. One number is looked up
// sooner than two.
type step uint64

func stepOf(at, word int32) step { return step(at)<<32 | step(uint32(word)) }

// A name in pieces: its words, and what stands before the first and after the
// last of them.
type name struct{ lead, inner, tail string }

// A Hit is a place in a text where a name stands.
type Hit struct {
	Name       int // its number in what New was given
	Start, End int
}

// New makes a finder of names. Those that are not Worthy are never found.
func New(names []string) *Finder {
	f := &Finder{words: make(map[string]int32), next: make(map[step]int32), ends: make([][]int32, 1)}
	var c cutter
	for i, text := range names {
		text = strings.Join(strings.Fields(norm.NFC.String(text)), " ")
		if !Worthy(text) {
			f.names = append(f.names, name{})
			continue
		}
		words := c.cut(text)
		first, last := words[0].start, words[len(words)-1].end
		f.names = append(f.names, name{text[:first], text[first:last], strings.TrimRight(text[last:], "?!.")})
		at := int32(0)
		for _, w := range words {
			at = f.step(at, string(c.lower[w.from:w.to]))
		}
		f.ends[at] = append(f.ends[at], int32(i))
	}
	return f
}

// step leads from a node by a word, where there is no way yet by a new one.
func (f *Finder) step(at int32, word string) int32 {
	id, known := f.words[word]
	if !known {
		id = int32(len(f.words))
		f.words[word] = id
		f.first, f.later = append(f.first, 0), append(f.later, false)
	}
	to := f.follow(at, id)
	if to > 0 {
		return to
	}
	to = int32(len(f.ends))
	f.ends = append(f.ends, nil)
	if at == 0 {
		f.first[id] = to
	} else {
		f.next[stepOf(at, id)], f.later[id] = to, true
	}
	return to
}

// follow is the node that a word leads to; 0 for none.
func (f *Finder) follow(at, id int32) int32 {
	switch {
	case at == 0:
		return f.first[id]
	case f.later[id]:
		return f.next[stepOf(at, id)]
	}
	return 0
}

// Find appends the places of names in a text, in their order, none over
// another. What stands between skip's pairs of offsets, which are sorted, is
// not searched. Of two names that are alike, both are found.
func (f *Finder) Find(hits []Hit, text string, skip [][2]int) []Hit {
	c := cutters.Get().(*cutter)
	defer cutters.Put(c)
	words := c.cut(text)
	ids := c.ids[:0]
	for _, w := range words {
		for len(skip) > 0 && skip[0][1] <= w.start {
			skip = skip[1:]
		}
		id, known := f.words[string(c.lower[w.from:w.to])]
		if !known || len(skip) > 0 && skip[0][0] < w.end {
			id = -1
		}
		ids = append(ids, id)
	}
	c.ids = ids
	for i := 0; i < len(words); {
		if ids[i] < 0 || f.first[ids[i]] == 0 {
			i++
			continue
		}
		count, found := f.longest(ids[i:], words[i:], text)
		if count == 0 {
			i++
			continue
		}
		for _, n := range found {
			hits = append(hits, Hit{int(n), words[i].start - len(f.names[n].lead),
				words[i+count-1].end + len(f.names[n].tail)})
		}
		i += count
	}
	return hits
}

// longest finds the longest name that a text begins with at a word: of how
// many words it is, and its number, or numbers.
func (f *Finder) longest(ids []int32, words []word, text string) (count int, found []int32) {
	at := int32(0)
	for i, id := range ids {
		if id < 0 {
			break
		}
		if at = f.follow(at, id); at == 0 {
			break
		}
		var here []int32
		for _, n := range f.ends[at] {
			if f.names[n].stands(text, words[0].start, words[i].end) {
				here = append(here, n)
			}
		}
		if here != nil {
			count, found = i+1, here
		}
	}
	return count, found
}

// stands reports whether a name stands in a text where its words do: what is
// between and around them must be alike, too.
func (n *name) stands(text string, start, end int) bool {
	return strings.HasSuffix(text[:start], n.lead) && strings.HasPrefix(text[end:], n.tail) &&
		strings.EqualFold(text[start:end], n.inner)
}

// Worthy reports whether a name is worth looking for: it has some letters, and
// is none of the words that stand in every text.
func Worthy(text string) bool {
	letters, packed, digits := 0, 0, 0
	for _, r := range text {
		switch {
		case isPacked(r):
			packed++
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r):
			digits++
		}
	}
	if packed < 2 && (letters == 0 || packed+letters+digits < 4) {
		return false
	}
	_, found := slices.BinarySearch(common, strings.ToLower(strings.TrimSpace(text)))
	return !found
}

// common are names that notes have and that mean something else in a text.
var common = func() []string {
	all := strings.Fields(`about after also archive article articles attachments because before being
		between book books both change changelog changes code contents daily data days could does done draft
		drafts each even every example examples file files first folder from good have here home ideas
		inbox index info into introduction items just like link links list lists made main make many
		meeting meetings misc more most much must name names need next note notes only other others
		over overview page pages part people person point project projects question questions readme
		reading reference references resources same section should some start such summary tags task
		tasks template templates test tests text than that their them then there these they thing
		things this those three time title todo untitled used using very want welcome well what when
		where which while will with word words work would year your`)
	slices.Sort(all)
	return all
}()

// A word is a part of a text, and where its lower case stands in a cutter.
type word struct{ start, end, from, to int }

// A cutter cuts texts into words: runs of letters, digits and underscores. In
// scripts without spaces each letter is one.
type cutter struct {
	words []word
	lower []byte
	ids   []int32 // for Find
}

var cutters = sync.Pool{New: func() any { return new(cutter) }}

func (c *cutter) cut(text string) []word {
	c.words, c.lower = c.words[:0], c.lower[:0]
	begun, from := -1, 0
	end := func(at int) {
		if begun >= 0 {
			c.words = append(c.words, word{begun, at, from, len(c.lower)})
		}
		begun = -1
	}
	for i, r := range text {
		if r < utf8.RuneSelf {
			if l := asciiLower[r]; l == 0 {
				end(i)
			} else {
				if begun < 0 {
					begun, from = i, len(c.lower)
				}
				c.lower = append(c.lower, l)
			}
			continue
		}
		packed := r >= firstPacked && isPacked(r)
		if packed || !isWord(r) {
			end(i)
		}
		if packed || isWord(r) {
			if begun < 0 {
				begun, from = i, len(c.lower)
			}
			c.lower = utf8.AppendRune(c.lower, unicode.ToLower(r))
		}
		if packed {
			end(i + utf8.RuneLen(r))
		}
	}
	end(len(text))
	return c.words
}

// asciiLower are the letters of words in lower case, 0 for what is in none.
var asciiLower = func() (lower [utf8.RuneSelf]byte) {
	for c := range byte(utf8.RuneSelf) {
		switch {
		case 'A' <= c && c <= 'Z':
			lower[c] = c + 'a' - 'A'
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '_':
			lower[c] = c
		}
	}
	return lower
}()

// isWord is for what is not ASCII.
func isWord(r rune) bool { return unicode.In(r, unicode.L, unicode.M, unicode.N) }

// packedScripts have no spaces between words.
var packedScripts = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar}

// firstPacked is before the first letter of those.
const firstPacked = 0x0E00

func isPacked(r rune) bool { return r >= firstPacked && unicode.In(r, packedScripts...) }
