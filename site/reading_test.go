package site

import (
	"strings"
	"testing"
)

func TestReadingTime(t *testing.T) {
	t.Parallel()
	words := func(n int) string { return strings.Repeat("word ", n) }
	for name, test := range map[string]struct {
		body string
		want int
	}{
		"nothing":     {"", 1},
		"short":       {"<p>a few words</p>", 1},
		"two minutes": {"<p>" + words(440) + "</p>", 2},
		"marked up":   {strings.Repeat(`<a href="a b c d">one</a> <em>two</em>`, 220), 2},
		"code":        {"<p>" + words(220) + "</p><pre>" + words(2000) + "</pre>", 1},
		"drawing":     {"<svg><text>" + words(2000) + "</text></svg><p>" + words(660) + "</p>", 3},
		"chinese":     {"<p>" + strings.Repeat("水渠", 500) + "</p>", 2},
		"apostrophes": {"<p>" + strings.Repeat("don't ", 330) + "</p>", 2},
		"unclosed":    {"<p>word <pre>word", 1},
	} {
		if got := readingTime([]byte(test.body)); got != test.want {
			t.Errorf("%s: got %d minutes, want %d", name, got, test.want)
		}
	}
}
