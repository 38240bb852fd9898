package obsidian

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/yuin/goldmark/text"
)

// TestParser_big parses a megabyte of what might take quadratic time. Each
// takes a second at most, and would take minutes if it blew up; the bound
// between is for slow machines. Eight times as much takes some eight times as
// long.
func TestParser_big(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	units := []string{
		"[[", "]]", "![[", "[[a", "[[a|", "[[a]]", "[[a]]\n", "> ", ">", "> [!a]",
		"> [!", "[!", "==", "==a", "==a ", "== ", "%%", "%%a", "%%\n", "a%%\n",
		"%%a\n\n", "a %% b\n%%x\n", "- ", "* a\n", "+ ", "1. ", "- [ ] a\n", "- [",
		"#", "#a", "#a,", "#1", "# ", "# a\n", "^a ", "^a\n\n", "a ^a\n\n", "- ^a\n",
		"[^", "[^1]", "[^1]:", "~~", "~~a ", "`", "` ", "<", "<a", "<!--", "!",
		"http://", "http://a.b ", "http://a(", "ftp:", "a@b.c ", "_a", "*a", "*a ",
		"**a", "__", "[a](", "[a](b)", "[a](<", "[a](b (", "[a](b (\n", "[a][", "[a]\n", "[^1]\n", "![[a]]\n", "#a\n", "[a]:", "[a]: b\n", "[a](b \"", "[", "]", "![", "(", "\\", "\\[", "&", "&amp;",
		"|", "| ", "|a|\n|-|\n", "a|b\n", "|-", "\n", "\r\n", " ", "\t", "\x00", "é",
		"😀", "#😀", "a", "a ", "a\n", "a\n\n", "- a\n  ", "```\n", "~~~", "    ",
		"$", "$$", "$a ", "$a\n", "$$a ", "$$\n", "^[", "^[a]", "^[a", "```ad-a\n", "---\n", "\xff", "a\n===\n", "<div>\n", "> a\n\n", "=a=",
		"*a_ ", "**a b*c ", "*a~~b==", "[*a](b) ", "*a *b ***c ", "a**b ", "_a *b ", "==a ~~b ", "**a*", "a*b_",
		"^[*a] ", "[[a]] *b ", "a ^b\n", "a ^b\n\n", "- a ^b\n", "- a\n--\n", "$x$ ", "$x$\n\n", "<b>", "<a href=x>",
		"<div>\n\n", "[^1]: a\n\n",
	}
	numbered := []string{
		"[^%d] ", "[^%d]: a\n\n", "a[^%[1]d]\n\n[^%[1]d]: b\n\n", "[^%[1]d]: a[^%[1]d]\n\n", "[%d] ", "[%d]: a\n\n",
		"^[a%d] ", "# %d\n", "a ^b%d\n\n", "[[%d]] ", "<a href=\"%d\"> ", "#t%d ", "> [!t%d] a\n\n", "$x_%d$ ",
	}
	parse := func(source string) { Parser().Parse(text.NewReader([]byte(source))) }
	for _, unit := range units {
		checkGrowth(t, unit, parse, func(size int) string { return strings.Repeat(unit, size/len(unit)) })
	}
	for _, unit := range numbered {
		checkGrowth(t, unit, parse, func(size int) string {
			var b strings.Builder
			for i := 1; b.Len() < size; i++ {
				fmt.Fprintf(&b, unit, i)
			}
			return b.String()
		})
	}
	checkGrowth(t, "nested emphasis", parse, func(size int) string {
		return strings.Repeat("*a ", size/6) + strings.Repeat("b* ", size/6)
	})
	checkGrowth(t, "links, then footnotes", parse, func(size int) string {
		var links, notes strings.Builder
		for i := range size / 20 {
			fmt.Fprintf(&links, "[^%d] ", i)
			fmt.Fprintf(&notes, "[^%d]: a\n\n", i)
		}
		return links.String() + "\n\n" + notes.String()
	})
}

// checkGrowth has a megabyte parsed and an eighth of it. Other work on the
// machine may slow down one of them, so that it takes three tries to fail.
func checkGrowth(t *testing.T, name string, parse func(string), source func(size int) string) {
	t.Run(strings.Map(printable, name), func(t *testing.T) {
		const size = 1 << 20
		took := func(size int) time.Duration {
			source := source(size)
			start := time.Now()
			parse(source)
			return time.Since(start)
		}
		var small, big time.Duration
		for range 3 {
			small, big = took(size/8), took(size)
			if big <= 24*small+200*time.Millisecond && big < 20*time.Second {
				t.Log(small, big)
				return
			}
		}
		t.Errorf("%d bytes took %v, 8 times as many %v", size/8, small, big)
	})
}

func printable(r rune) rune {
	if r == '/' {
		return '|'
	}
	return r
}
