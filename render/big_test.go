package render

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestNote_big renders a quarter of a megabyte of what might take quadratic
// time. Each takes well under a second, and would take minutes if it blew up;
// the bound between is for slow machines. Eight times as much takes some eight
// times as long.
func TestNote_big(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	for _, unit := range []string{
		"[[Other]] ", "![[Other]] ", "![[Other]]\n\n", "> ", "> [!note]\n> ", "==a== ", "<b>", "<div>", "</b>",
		"<b>x\n\n", "<details>\n\n", "$x$ ", "$$x$$ ", "$$\n", "$$a ", "^[a] ", "[^1]", "#tag ", "- ", "- [ ] x\n",
		"`a` ", "*a* ", "*a_ ", "*a~~b==", "**a b*c ", "[*a](b) ", "a[^1]\n\n[^1]: b\n\n", "```dataview\n```\n",
		"# a\n", "a ^b\n\n", "| a ", "|a|\n|-|\n", "~~a~~ ", "http://a.b ", "<!-- ", "&amp;", "\\", "```go\nx\n```\n",
		"```go\n", "a\n", "\x00", "<iframe src=\"https://a.b\">", "![a](https://b.c) ", "%%a%% ",
		"<a href=\"Other.md\">", "<img src=\"picture.png\">", "<img src=none>\n\n",
	} {
		checkGrowth(t, unit, func(size int) string { return strings.Repeat(unit, size/len(unit)) })
	}
	for _, unit := range []string{
		"[^%d] ", "a[^%[1]d]\n\n[^%[1]d]: b\n\n", "^[a%d] ", "# %d\n", "a ^b%d\n\n", "[[%d]] ", "<a href=\"%d\"> ", "$x_%d$ ",
	} {
		checkGrowth(t, unit, func(size int) string {
			var b strings.Builder
			for i := 1; b.Len() < size; i++ {
				fmt.Fprintf(&b, unit, i)
			}
			return b.String()
		})
	}
	checkGrowth(t, "nested emphasis", func(size int) string {
		return strings.Repeat("*a ", size/6) + strings.Repeat("b* ", size/6)
	})
}

// checkGrowth renders a quarter of a megabyte and an eighth of it. Other work
// on the machine may slow down one of them, so that it takes three tries to
// fail.
func checkGrowth(t *testing.T, name string, source func(size int) string) {
	t.Run(strings.ReplaceAll(name, "/", "|"), func(t *testing.T) {
		const size = 1 << 18
		page := ""
		took := func(size int) time.Duration {
			source := source(size)
			start := time.Now()
			page = renderNote(t, source)
			return time.Since(start)
		}
		var small, big time.Duration
		for range 3 {
			small, big = took(size/8), took(size)
			if big <= 24*small+200*time.Millisecond && big < 20*time.Second {
				t.Log(small, big)
				checkBalance(t, page)
				return
			}
		}
		t.Errorf("%d bytes took %v, 8 times as many %v", size/8, small, big)
	})
}
