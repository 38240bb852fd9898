package search

import "slices"

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

// A word is one with its list.
type word struct {
	text    string
	list    list
	written []byte // the list
}

// gather makes the lists of all words, sorted, with the parts numbered as they
// come.
func gather(notes []Note) []*word {
	numbers := make(map[string]int, 1<<12)
	var words []*word
	part := uint32(0)
	for _, n := range notes {
		for i := range n.Parts {
			p := &n.Parts[i]
			text, start, nth := p.Words, 0, 0
			for end := range len(text) {
				if text[end] != '\n' {
					continue
				}
				w, ok := numbers[text[start:end]]
				if !ok {
					w = len(words)
					numbers[text[start:end]] = w
					words = append(words, &word{text: text[start:end]})
				}
				words[w].list = append(words[w].list, part<<levelBits|uint32(p.Levels[nth]))
				start, nth = end+1, nth+1
			}
			part++
		}
	}
	slices.SortFunc(words, byText)
	for _, w := range words {
		w.written = w.list.append(nil)
	}
	return words
}
