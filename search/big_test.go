package search

import (
	"strings"
	"testing"
	"time"
)

// Time grows with length alone, whatever a text holds.
func TestWords_long(t *testing.T) {
	for _, piece := range []string{"a", "é", "e\u0301", "\u0301", "猫", "ำ", "ﷺ", "\xff", "a ", "한", "ﾊﾞ", "_"} {
		text := strings.Repeat(piece, 1<<20/len(piece))
		start := time.Now()
		n := 0
		Words(text, func(w []byte) { n += len(w) })
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("a megabyte of %q takes %v", piece, took)
		}
	}
}
