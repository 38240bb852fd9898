package outcome

import (
	"strings"
	"testing"

	"runnel/runner/timeline"
)

// Lines of the code before are folded away, but for one that the program
// goes on with.
func TestAfter(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		writes        []timeline.Write
		earlier       int
		folded, shown string
	}{
		{[]timeline.Write{out(0, "a\n"), out(0, "b\n")}, 0, "", "a b"},
		{[]timeline.Write{out(0, "a\n"), out(0, "b\n")}, 1, "a", "b"},
		{[]timeline.Write{out(0, "a\nb\n"), errOut(0, "c"), out(0, "d")}, 2, "a b c", "d"},
		{[]timeline.Write{out(0, "a\nb"), out(0, "c\n")}, 1, "a", "bc"},
		{[]timeline.Write{out(0, "a"), out(0, ""), out(0, "b")}, 2, "", "ab"},
		{[]timeline.Write{out(0, "a\n")}, 1, "a", ""},
	} {
		rec := timeline.Recording{Writes: c.writes, End: timeline.End{Kind: timeline.OK}}
		page := After(&rec, nil, c.earlier)
		rest := string(page)
		folded := ""
		if before, after, ok := strings.Cut(rest, "</details>"); ok {
			folded, rest = strings.Join(textOf(t, []byte(before), "text"), " "), after
		}
		shown := strings.Join(textOf(t, []byte(rest), "text"), " ")
		if folded != c.folded || shown != c.shown {
			t.Errorf("%d of %+v: folded %q, shown %q, want %q and %q",
				c.earlier, c.writes, folded, shown, c.folded, c.shown)
		}
	}
}
