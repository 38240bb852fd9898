package site

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"runnel/runner"
)

// What is wrong stands where it is: in the item, above the row, at the end of
// the line of code; and without it a page is that of a build.
func TestLive_noticesAtTheirPlace(t *testing.T) {
	const note = "---\npublish: true\n---\n# Title with [[no title]]\n\nFirst paragraph.\n\n" + // 1-7
		"- one\n- two [[no item]]\n  - deep\n  - deeper [[no deep]]\n\n" + // 8-12
		"| a | b |\n|---|---|\n| 1 | 2 |\n| [[no row]] | 4 |\n\n" + // 13-17
		"> [!tip]- Folded [[no callout]]\n> words\n>\n> second [[no quote]]\n\n" + // 18-22
		"```go\npackage main\n\nfunc main() {\n\tundefined()\n}\n```\n\n" + // 23-29
		"Text with a note[^n].\n\n[^n]: It says [[no footnote]]\n\n" + // 31-34
		"```go code=hide\npackage main\n\nfunc main() { hidden() }\n```\n\n" + // 35-39
		"1. ordered\n\n   loose [[no loose]]\n"
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "index.md"), []byte(note), 0o666); err != nil {
		t.Fatal(err)
	}
	l := openTestLive(t, Build{Notes: dir, Runner: testRunner(t), Engine: runner.Yaegi}, false)
	defer l.Close()
	for l.runNext(t.Context()) {
	}
	page, err := l.Page(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	text := string(page.HTML)
	for _, want := range []struct{ before, notice, after string }{
		// The title is no block of the article: it stands above the first.
		{"", `line 4: links to "no title"`, "<p>First paragraph."},
		{"<li>", `line 9: links to "no item"`, "two "},
		{"<li>", `line 11: links to "no deep"`, "deeper "},
		{`<tr class="preview-row"><td colspan="2">`, `line 16: links to "no row"`, "<tr>\n<td>"},
		{"", `line 18: links to "no callout"`, `<details class="callout"`},
		{"", `line 21: links to "no quote"`, "<p>second "},
		{`<span class="nf">undefined</span>()`, "undefined: undefined", "\n</span>"},
		{"", `line 33: links to "no footnote"`, "<p>It says "},
		{"", "line 38: undefined: hidden", "<figure"},
		{"", `line 43: links to "no loose"`, "<p>loose "},
	} {
		text := strings.ReplaceAll(text, "&#34;", `"`)
		before, rest, found := strings.Cut(text, `role="note">`+want.notice)
		mark := strings.LastIndex(before, noticeOpen)
		_, after, _ := strings.Cut(rest, noticeClose)
		after = strings.TrimLeft(after, " ")
		switch {
		case !found:
			t.Errorf("no notice %q", want.notice)
		case strings.Contains(rest, `role="note">`+want.notice):
			t.Errorf("notice %q more than once", want.notice)
		case !strings.HasSuffix(before[:mark], want.before) && !strings.HasPrefix(before[mark+len(noticeOpen):], want.before):
			t.Errorf("%q is not behind %q", want.notice, want.before)
		case !strings.HasPrefix(after, want.after):
			t.Errorf("%q is before %.60q, not %q", want.notice, after, want.after)
		}
	}

	if n := strings.Count(text, `role="note"`); n != len(page.Problems) {
		t.Errorf("%d problems, and %d notices: %v", len(page.Problems), n, page.Problems)
	}
	plain, err := l.Open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(Plain(page.HTML), plain.Data) {
		t.Errorf("without notices: got\n%s\nwant\n%s", Plain(page.HTML), plain.Data)
	}
	if t.Failed() {
		t.Log(text)
	}
}
