package render

import (
	"strings"
	"testing"
	"time"
)

// TestNote_big renders a quarter of a megabyte of what might take quadratic
// time. Each takes well under a second, and would take minutes if it blew up;
// the bound between is for slow machines.
func TestNote_big(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const size = 1 << 18
	for _, unit := range []string{
		"[[Other]] ", "![[Other]] ", "![[Other]]\n\n", "> ", "> [!note]\n> ", "==a== ", "<b>", "<div>", "</b>",
		"<b>x\n\n", "<details>\n\n", "$x$ ", "$$x$$ ", "^[a] ", "[^1]", "#tag ", "- ", "- [ ] x\n", "`a` ", "*a* ",
		"# a\n", "a ^b\n\n", "| a ", "|a|\n|-|\n", "~~a~~ ", "http://a.b ", "<!-- ", "&amp;", "\\", "```go\nx\n```\n",
		"```go\n", "a\n", "\x00", "<iframe src=\"https://a.b\">", "![a](https://b.c) ", "%%a%% ",
	} {
		t.Run(strings.ReplaceAll(unit, "/", "|"), func(t *testing.T) {
			start := time.Now()
			page := renderNote(t, strings.Repeat(unit, size/len(unit)))
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("%d bytes of %q took %v", size, unit, took)
			} else if took > time.Second {
				t.Log(took)
			}
			checkBalance(t, page)
		})
	}
}
