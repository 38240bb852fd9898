package search

import (
	"hash/maphash"
	"slices"
	"strings"
)

// A list is where a word is: the parts that have it, in order, each with its
// level in the lowest bits.
type list []uint32

const levelBits = 4

// digits are those of base 64.
const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// marks begin the parts of one level; none is a digit.
const levelMarks = "!#$%&()*,-.:"

// appendNumber writes a number in digits of five bits, the lowest first; a
// digit of 32 and more says that another follows (as in source maps).
func appendNumber(dst []byte, n uint32) []byte {
	for n >= 32 {
		dst = append(dst, digits[n&31|32])
		n >>= 5
	}
	return append(dst, digits[n])
}

// append writes a list: for each level, from the highest, its mark, and how
// far each part is from the one before. Most of these are small numbers, which
// a host's compression makes a few bits each.
func (l list) append(dst []byte) []byte {
	var count [levels]int
	for _, p := range l {
		count[p&(1<<levelBits-1)]++
	}
	for lv := levels - 1; lv >= 0; lv-- {
		if count[lv] == 0 {
			continue
		}
		dst = append(dst, levelMarks[lv])
		next, left := uint32(0), count[lv]
		for _, p := range l {
			if p&(1<<levelBits-1) != uint32(lv) {
				continue
			}
			dst = appendNumber(dst, p>>levelBits-next)
			next = p>>levelBits + 1
			if left--; left == 0 {
				break
			}
		}
	}
	return dst
}

// readList reads what append has written, in whatever order it stands there.
func readList(written []byte) (l list) {
	level, next, number, shift := uint32(0), uint32(0), uint32(0), 0
	for _, c := range written {
		digit := digitOf[c]
		switch {
		case digit < 0:
			level, next = uint32(strings.IndexByte(levelMarks, c)), 0
			continue
		case digit >= 32:
			number += uint32(digit&31) << shift
			shift += 5
			continue
		}
		next += number + uint32(digit)<<shift
		l = append(l, next<<levelBits|level)
		next, number, shift = next+1, 0, 0
	}
	return l
}

// countList counts the parts of a list that is written.
func countList(written []byte) (n int) {
	for _, c := range written {
		if d := digitOf[c]; 0 <= d && d < 32 {
			n++
		}
	}
	return n
}

// digitOf is what each digit stands for, -1 for what is none.
var digitOf = func() (of [256]int8) {
	for c := range of {
		of[c] = int8(strings.IndexByte(digits, byte(c)))
	}
	return of
}()

// A word is one with its list.
type word struct {
	text    string
	list    list // nil where it is only written,
	written []byte
	parts   int // how long it is
}

// read gives the list.
func (w *word) read() list {
	if w.list == nil {
		w.list = readList(w.written)
	}
	return w.list
}

// gather makes the lists of all words, sorted, with the parts numbered as they
// come.
func gather(notes []Note) []*word {
	d := newDictionary()
	total := 0
	for _, n := range notes {
		for i := range n.Parts {
			total += len(n.Parts[i].Levels)
		}
	}
	// The number of each word of each part, one after another.
	numbers := make([]uint32, 0, total)
	var counts []int
	for _, n := range notes {
		for i := range n.Parts {
			for text := n.Parts[i].Words; text != ""; {
				end := strings.IndexByte(text, '\n')
				number := d.number(text[:end])
				text = text[end+1:]
				if int(number) == len(counts) {
					counts = append(counts, 0)
				}
				counts[number]++
				numbers = append(numbers, number)
			}
		}
	}
	all, words := make([]word, len(counts)), make([]*word, len(counts))
	lists := make(list, len(numbers))
	for i, count := range counts {
		all[i], words[i] = word{text: d.words[i], list: lists[:0:count]}, &all[i]
		lists = lists[count:]
	}
	part := uint32(0)
	for _, n := range notes {
		for i := range n.Parts {
			levels := n.Parts[i].Levels
			for nth := range len(levels) {
				w := &all[numbers[nth]]
				w.list = append(w.list, part<<levelBits|uint32(levels[nth]))
			}
			numbers = numbers[len(levels):]
			part++
		}
	}
	slices.SortFunc(words, byText)
	for _, w := range words {
		w.written, w.parts = w.list.append(nil), len(w.list)
	}
	return words
}

// A dictionary numbers words as they come. It is a map of strings that takes
// half the time: where a million words are looked up, most of an index's time
// is spent here.
type dictionary struct {
	words []string
	// slots are numbers of words and one, each as near as can be behind the
	// place that its hash gives.
	slots []uint32
	seed  maphash.Seed
}

func newDictionary() *dictionary {
	return &dictionary{slots: make([]uint32, 1<<12), seed: maphash.MakeSeed()}
}

func (d *dictionary) number(word string) uint32 {
	at := d.find(word)
	if n := d.slots[at]; n > 0 {
		return n - 1
	}
	d.words = append(d.words, word)
	d.slots[at] = uint32(len(d.words))
	if len(d.words) > len(d.slots)/4 {
		d.grow()
	}
	return uint32(len(d.words) - 1)
}

// numberOf is number for a word that may change later.
func (d *dictionary) numberOf(word []byte) uint32 {
	if n := d.slots[d.find(string(word))]; n > 0 {
		return n - 1
	}
	return d.number(string(word))
}

// find is the slot of a word, or the free one that it would get.
func (d *dictionary) find(word string) int {
	last := len(d.slots) - 1
	at := int(maphash.String(d.seed, word)) & last
	for d.slots[at] > 0 && d.words[d.slots[at]-1] != word {
		at = (at + 1) & last
	}
	return at
}

func (d *dictionary) grow() {
	d.slots = make([]uint32, 4*len(d.slots))
	for i, word := range d.words {
		d.slots[d.find(word)] = uint32(i + 1)
	}
}
