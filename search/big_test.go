package search

import (
	"strings"
	"testing"
	"time"
)

// Time grows with length alone, whatever a text holds: a text eight times as
// long takes some eight times as long, not sixty-four times.
func TestWords_long(t *testing.T) {
	for _, piece := range []string{"a", "é", "e\u0301", "\u0301", "猫", "ำ", "ﷺ", "\xff", "a ", "한", "ﾊﾞ", "_"} {
		short, long := wordsTake(piece, 32<<10), wordsTake(piece, 256<<10)
		if long > 32*max(short, time.Millisecond) {
			t.Errorf("%q: eight times the text takes %v after %v", piece, long, short)
		}
	}
}

// wordsTake is the best of three, since others use the machine too.
func wordsTake(piece string, size int) time.Duration {
	text := strings.Repeat(piece, size/len(piece))
	best := time.Hour
	for range 3 {
		start := time.Now()
		Words(text, func([]byte) {})
		best = min(best, time.Since(start))
	}
	return best
}
