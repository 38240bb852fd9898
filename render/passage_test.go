package render

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"golang.org/x/net/html"

	"runnel/vault"
)

// loadOne loads a vault of one note beside two others.
func loadOne(t testing.TB, source string) *vault.Note {
	t.Helper()
	v, err := vault.Load(t.Context(), fstest.MapFS{
		"note.md":  {Data: []byte(source)},
		"Other.md": {Data: []byte("text")},
		"x y.md":   {Data: []byte("text")},
	}, vault.Options{All: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range v.Notes {
		if n.Path == "note.md" {
			return n
		}
	}
	t.Fatal("the note is not there")
	return nil
}

// describe writes passages down, links in brackets and code in backquotes.
func describe(all []Passage) string {
	var b strings.Builder
	for _, p := range all {
		if p.Section != nil {
			fmt.Fprintf(&b, "#%s", p.Section.ID)
			if p.IsHeading {
				b.WriteByte('=')
			}
			b.WriteByte(' ')
		}
		at := 0
		for _, s := range p.Spans {
			open, shut := "`", "`"
			if s.Link != nil {
				open, shut = "[", "]"
			}
			b.WriteString(p.Text[at:s.Start] + open + p.Text[s.Start:s.End] + shut)
			at = s.End
		}
		b.WriteString(p.Text[at:] + "\n")
	}
	return b.String()
}

func TestPassages(t *testing.T) {
	for name, c := range map[string]struct{ source, want string }{
		"paragraphs": {"One *two*\nthree [the\nother](Other.md).\n\nFour", "One two three [the other].\nFour\n"},
		"headings":   {"# note\n\nfirst\n\n## A [[Other]]\n\nsecond", "first\n#a-other= A [Other]\n#a-other second\n"},
		"lists":      {"- one [[Other]]\n  - [x] two\n    \n    more\n- three", "one [Other]\ntwo\nmore\nthree\n"},
		"code":       {"a `b  c` $d+e$ <https://example.com> [f](https://example.com)\n\n```\nnot this\n```\n\n$$\nnor this\n$$", "a `b c` `d+e` `https://example.com` `f`\n"},
		"table":      {"| a | [[Other]] |\n|---|---|\n| 1 | 2 |", "a · [Other]\n1 · 2\n"},
		"callout":    {"> [!note] Mind [[Other]]\n> the *gap*", "Mind [Other]\nthe gap\n"},
		"embeds":     {"see ![[Other]] and ![alt](x%20y.md) here", "see and here\n"},
		"comments":   {"see %%secret%% this <!-- secret -->\n\n%%\nsecret\n%%\n\nthat", "see this\nthat\n"},
		"escapes":    {`a \* b &amp; c &#x41; \[d]`, "a * b & c A [d]\n"},
		"html":       {"a <b>b</b><br>c <a href=\"Other.md\">d *e*</a> f", "a b c [d e] f\n"},
		"footnotes":  {"## H\n\na[^1] b^[inline [[Other]]]\n\n[^1]: the note\n[^2]: unused", "#h= H\n#h a b\nthe note\ninline [Other]\n"},
		"emphasis":   {"**a [Other|b *c*](Other.md) d**", "a [Other|b c] d\n"},
	} {
		if got := describe(Passages(loadOne(t, c.source))); got != c.want {
			t.Errorf("%s: got\n%swant\n%s", name, got, c.want)
		}
	}
}

func TestPassage_Sentence(t *testing.T) {
	long := strings.Repeat("word ", 60)
	for _, c := range []struct{ text, mark, want string }{
		{"First. The second has a link here. Third.", "link", "The second has a |link| here."},
		{"No stop at all link", "link", "No stop at all |link|"},
		{"See v1.2, e.g. the link of Mr. Smith. Next.", "link", "See v1.2, e.g. the |link| of Mr. Smith."},
		{"He said “stop.” Then a link! And", "link", "Then a |link|!"},
		{"Is it? Yes, a link", "link", "Yes, a |link|"},
		{"最初。二番目のlinkです。三番目", "link", "二番目の|link|です。"},
		{"Ends with link. Next", "link", "Ends with |link|."},
		{"A dot in link.go. Next", "link.go", "A dot in |link.go|."},
		{long + "link " + long, "link", "…" + strings.Repeat("word ", 17) + "|link| " + strings.TrimSpace(strings.Repeat("word ", 17)) + "…"},
	} {
		p := Passage{Text: c.text}
		at := strings.Index(c.text, c.mark)
		before, marked, after := p.Sentence(at, at+len(c.mark))
		if got := before + "|" + marked + "|" + after; got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

// Whatever a sentence shows stands on the note's own page: passages hold
// nothing that the page does not. What is in a passage is compared with the
// text of the HTML, without white space.
func TestPassages_onPage(t *testing.T) {
	notes := 0
	err := fs.WalkDir(os.DirFS("../notes"), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".md") {
			return err
		}
		data, err := os.ReadFile("../notes/" + name)
		if err != nil {
			return err
		}
		if strings.Contains(string(data), "draft: true") {
			return nil
		}
		notes++
		page := squeeze(pageText(t, renderNote(t, string(data)+"\n\nExtra: [[Other]] %%hidden%%\n")))
		shown := func(text string) {
			if !strings.Contains(page, squeeze(text)) {
				t.Errorf("%s: the page does not show %q", name, text)
			}
		}
		for _, p := range Passages(loadOne(t, string(data))) {
			at := 0
			for _, s := range append(p.Spans, Span{Start: len(p.Text), End: len(p.Text)}) {
				shown(p.Text[at:s.Start])
				if at = s.End; s.Link != nil {
					shown(p.Text[s.Start:s.End])
				}
			}
		}
		return nil
	})
	if err != nil || notes < 5 {
		t.Fatalf("read %d notes: %v", notes, err)
	}
}

// pageText is the text of a piece of HTML without the numbers of footnotes.
func pageText(t *testing.T, page string) string {
	t.Helper()
	var b strings.Builder
	inNumber := false
	z := html.NewTokenizer(strings.NewReader(page))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		name, _ := z.TagName()
		if string(name) == "sup" {
			inNumber = kind == html.StartTagToken
		}
		if kind == html.TextToken && !inNumber {
			b.Write(z.Text())
		}
	}
	return b.String()
}

// squeeze takes out white space, and what stands between the cells of a row.
func squeeze(s string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(s), ""), "·", "")
}

// The pieces of a sentence are bounded, valid, and stand in the passage.
func FuzzSentence(f *testing.F) {
	f.Add("First. The second has a link here. Third.", 24, 28)
	f.Add("最初。二番目のlinkです。三番目", 21, 25)
	f.Add("a.) b! c? …", 3, 4)
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		if !utf8.ValidString(text) || start < 0 || start > end || end > len(text) ||
			!utf8.ValidString(text[:start]) || !utf8.ValidString(text[:end]) {
			t.Skip()
		}
		p := Passage{Text: text}
		before, marked, after := p.Sentence(start, end)
		whole := before + marked + after
		if n := utf8.RuneCountInString(whole); !utf8.ValidString(whole) || n > maxMarked+2*maxBeside {
			t.Errorf("got %q of %d characters", whole, n)
		}
		if !strings.HasSuffix(text[:start], strings.TrimPrefix(before, "…")) ||
			!strings.HasPrefix(text[end:], strings.TrimSuffix(after, "…")) {
			t.Errorf("%q: got %q and %q", text, before, after)
		}
	})
}

func BenchmarkPassages(b *testing.B) {
	n := loadOne(b, strings.Repeat("## A heading\n\nText with *stress*, `code` and a [[Other|link]] that goes on for a while. And more.\n\n- one\n- two\n\n", 50))
	b.SetBytes(int64(len(n.Source)))
	b.ReportAllocs()
	for b.Loop() {
		Passages(n)
	}
}
