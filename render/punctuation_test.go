package render

import (
	"cmp"
	"flag"
	"slices"
	"strings"
	"testing"
	"time"
)

var bigSize = flag.Int("size", 1<<15, "bytes of punctuation in a note")

// TestNote_punctuation renders notes that are one mark of ASCII, or two, over
// and over, closed up, apart and line by line. Most marks mean something to
// Markdown, and each pair may be what makes some part of it look back at all
// that came before. With -v it lists the slowest; -size 1048576 takes longer
// and shows what a megabyte takes.
func TestNote_punctuation(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute")
	}
	type timing struct {
		unit       string
		small, big time.Duration
	}
	var all []timing
	for _, unit := range punctuation() {
		took := func(size int) time.Duration {
			source := strings.Repeat(unit, size/len(unit))
			start := time.Now()
			renderNote(t, source)
			return time.Since(start)
		}
		var small, big time.Duration
		for range 8 { // other work on the machine may slow one of them down
			small, big = took(*bigSize/8), took(*bigSize)
			if big <= 24*small+100*time.Millisecond {
				break
			}
		}
		if big > 24*small+100*time.Millisecond {
			t.Errorf("%q: %d bytes took %v, 8 times as many %v", unit, *bigSize/8, small, big)
		}
		all = append(all, timing{unit, small, big})
	}
	slices.SortFunc(all, func(a, b timing) int { return cmp.Compare(b.big, a.big) })
	for _, one := range all[:40] {
		t.Logf("%-8q %8s %8s", one.unit, one.small.Round(time.Millisecond), one.big.Round(time.Millisecond))
	}
}

// punctuation gives each mark and each pair of two, also with what may come
// between them.
func punctuation() (units []string) {
	const marks = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
	for _, a := range marks {
		units = append(units, string(a), string(a)+" ", string(a)+"a ", string(a)+"\n", string(a)+"a\n\n")
		for _, b := range marks {
			if a != b {
				units = append(units, string(a)+string(b), string(a)+"a"+string(b)+" ")
			}
		}
	}
	return units
}
