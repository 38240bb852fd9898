package obsidian

import (
	"strings"
	"testing"
	"time"

	"github.com/yuin/goldmark/text"
)

// TestParser_big parses a megabyte of what might take quadratic time. Each
// takes a second at most, and would take minutes if it blew up; the bound
// between is for slow machines.
func TestParser_big(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const size = 1 << 20
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
	}
	for _, unit := range units {
		t.Run(strings.Map(printable, unit), func(t *testing.T) {
			source := []byte(strings.Repeat(unit, size/len(unit)))
			start := time.Now()
			Parser().Parse(text.NewReader(source))
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("%d bytes of %q took %v", size, unit, took)
			} else {
				t.Log(took)
			}
		})
	}
}

func printable(r rune) rune {
	if r == '/' {
		return '|'
	}
	return r
}
