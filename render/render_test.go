package render

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"
	"golang.org/x/tools/txtar"

	"runnel/vault"
)

var update = flag.Bool("update", false, "rewrite the wanted HTML of the cases")

// renderNote renders a note named "note" of a vault that holds a few others.
func renderNote(tb testing.TB, source string) string {
	tb.Helper()
	r := &Renderer{
		Href: func(_ *vault.Note, to vault.Target) string {
			switch {
			case to.File != nil:
				return "./" + to.File.Path
			case to.Heading != nil:
				return "./" + to.Note.Title + "/#" + to.Heading.ID
			case to.Block != nil:
				return "./" + to.Note.Title + "/#^" + to.Block.ID
			}
			return "./" + to.Note.Title + "/"
		},
		TagHref: func(_ *vault.Note, tag string) string { return "./tags/" + tag + "/" },
		Picture: func(f *vault.File) Picture {
			return Picture{Width: 400, Height: 300, Dark: strings.Contains(f.Path, "dark")}
		},
	}
	drafts := &Renderer{Href: r.Href}
	v, err := vault.Load(tb.Context(), fstest.MapFS{
		"note.md":     {Data: []byte(source)},
		"Other.md":    {Data: []byte("# Other\n\n## Part\n\nText ^block\n")},
		"Noted.md":    {Data: []byte("# Noted\n\n## Last\n\nText[^1]\n\n[^1]: The footnote.\n")},
		"picture.png": {Data: []byte("png")},
		"dark.svg":    {Data: []byte("svg")},
		"film.mp4":    {Data: []byte("mp4")},
		"song.mp3":    {Data: []byte("mp3")},
		"paper.pdf":   {Data: []byte("pdf")},
		"table.csv":   {Data: []byte("csv")},
	}, vault.Options{All: true, Read: func(n *vault.Note) any { return drafts.Draft(n) }})
	if err != nil {
		tb.Fatal(err)
	}
	for _, n := range v.Notes {
		if n.Path == "note.md" {
			var got strings.Builder
			problems, err := r.Note(&got, n)
			if err != nil {
				tb.Fatal(err)
			}
			if d := n.Extra.(*Draft); d != nil && d.Fits(n) {
				checkFill(tb, r, n, d, got.String(), problems)
			}
			return got.String()
		}
	}
	return "" // the properties say that the note is private
}

// checkFill checks that a draft, made before it was known where links lead,
// comes to the same as the note.
func checkFill(tb testing.TB, r *Renderer, n *vault.Note, d *Draft, want string, problems []vault.Problem) {
	tb.Helper()
	var got bytes.Buffer
	found, err := r.Fill(&got, n, d)
	if err != nil {
		tb.Fatal(err)
	}
	if got.String() != want {
		tb.Errorf("the draft of\n%s\ncomes to\n%s\nwant\n%s", n.Source, got.String(), want)
	}
	if !slices.Equal(found, problems) {
		tb.Errorf("the draft has the problems %v, want %v", found, problems)
	}
}

// Most notes have a draft; those have none where an embed that may be of a
// note stands beside other things.
func TestDraft(t *testing.T) {
	for source, want := range map[string]bool{
		"# A\n\n## B\n\n[[Other]] #tag [x](y) [^1]\n\n[^1]: foot [[Other]]": true,
		"```go\nfunc f() {}\n```\n\n> [!tip] [[Other]]\n> <b>x</b>":         true,
		"![[Other]]\n\n> ![[Other#A|b]]\n\n![](Other.md)":                   true,
		"![](picture.png) and ![[picture.png|100]]":                         true,
		"![[Other]] and more":     false,
		"![[Other]] ^id":          false,
		"- ![[Other]]":            false,
		"# ![[Other]]":            false,
		"<a href=\"Other\">x</a>": false,
	} {
		_, err := vault.Load(t.Context(), fstest.MapFS{"note.md": {Data: []byte(source)}}, vault.Options{All: true,
			Read: func(n *vault.Note) any {
				r := &Renderer{Href: func(*vault.Note, vault.Target) string { return "" }}
				if got := r.Draft(n) != nil; got != want {
					t.Errorf("%q has a draft: %t, want %t", source, got, want)
				}
				return nil
			}})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// What has the name of a picture may be a note, whose draft is then no good.
func TestDraft_fits(t *testing.T) {
	drafts := &Renderer{Href: func(*vault.Note, vault.Target) string { return "" }}
	for file, want := range map[string]bool{"a.png": true, "a.png.md": false, "b.png": true} {
		v, err := vault.Load(t.Context(), fstest.MapFS{file: {Data: []byte("x")}, "note.md": {Data: []byte("an ![[a.png]]")}},
			vault.Options{All: true, Read: func(n *vault.Note) any { return drafts.Draft(n) }})
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range v.Notes {
			if n.Path == "note.md" && n.Extra.(*Draft).Fits(n) != want {
				t.Errorf("beside %s the draft fits: %t, want %t", file, !want, want)
			}
		}
	}
}

// TestNote renders the cases of each archive: x.md gives x.html.
func TestNote(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives in testdata", err)
	}
	for _, name := range archives {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+1 < len(a.Files); i += 2 {
			title := strings.TrimSuffix(a.Files[i].Name, ".md")
			t.Run(filepath.Base(name)+"/"+title, func(t *testing.T) {
				got := renderNote(t, string(a.Files[i].Data))
				checkBalance(t, got)
				if *update {
					a.Files[i+1].Data = []byte(got)
				} else if want := string(a.Files[i+1].Data); got != want {
					t.Errorf("got\n%s\nwant\n%s", got, want)
				}
			})
		}
		if *update {
			if err := os.WriteFile(name, txtar.Format(a), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// checkBalance reports tags that do not close what they should, and elements
// that a page must not hold.
func checkBalance(tb testing.TB, page string) {
	tb.Helper()
	for _, fault := range faults(page) {
		tb.Errorf("%s in\n%s", fault, page)
	}
}

// refused are elements that never reach a page.
var refused = []string{"script", "style", "object", "embed", "form", "base", "link", "meta", "frame", "frameset", "template"}

func faults(page string) []string {
	var open, out []string
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		kind := z.Next()
		t := z.Token()
		switch {
		case kind == html.ErrorToken:
			if len(open) > 0 {
				out = append(out, fmt.Sprintf("left open: %q", open))
			}
			return out
		case slices.Contains(refused, t.Data) && (kind == html.StartTagToken || kind == html.SelfClosingTagToken):
			out = append(out, fmt.Sprintf("element <%s>", t.Data))
		case kind == html.StartTagToken && !void[t.Data]:
			open = append(open, t.Data)
		case kind == html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != t.Data {
				return append(out, fmt.Sprintf("</%s> closes %q", t.Data, open))
			}
			open = open[:len(open)-1]
		}
		for _, a := range t.Attr {
			if kind != html.EndTagToken && (strings.HasPrefix(a.Key, "on") ||
				strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:")) {
				out = append(out, fmt.Sprintf("attribute %s=%q", a.Key, a.Val))
			}
		}
	}
}

// The check itself finds what it is for.
func TestFaults(t *testing.T) {
	for _, bad := range []string{
		"<p>", "</p>", "<b><i></b></i>", "<script></script>", `<a onclick="x">y</a>`, `<a href="javascript:x">y</a>`,
	} {
		if len(faults(bad)) == 0 {
			t.Errorf("%s passes", bad)
		}
	}
	if got := faults(`<p>a<br><img src="x"></p>`); got != nil {
		t.Errorf("good HTML has faults: %q", got)
	}
}

func FuzzNote(f *testing.F) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		f.Fatal("no archives in testdata", err)
	}
	for _, name := range archives {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for i := 0; i < len(a.Files); i += 2 {
			f.Add(string(a.Files[i].Data))
		}
	}
	f.Fuzz(func(t *testing.T, source string) {
		checkBalance(t, renderNote(t, source))
	})
}

// BenchmarkNote renders a note of some 100 KB.
func BenchmarkNote(b *testing.B) {
	section := "## Part\n\nText with *stress*, `code`, ==light==, [[Other]] and [a link](Other.md#part).\n\n" +
		"> [!tip] A title\n> - one\n> - two\n\n```go\nfunc f() { return }\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
	v, err := vault.Load(b.Context(), fstest.MapFS{
		"note.md":  {Data: []byte(strings.Repeat(section, 100_000/len(section)))},
		"Other.md": {Data: []byte("## Part\n")},
	}, vault.Options{All: true})
	if err != nil {
		b.Fatal(err)
	}
	r := &Renderer{
		Href:    func(*vault.Note, vault.Target) string { return "./" },
		TagHref: func(*vault.Note, string) string { return "./" },
	}
	b.ReportAllocs()
	b.SetBytes(int64(len(v.Notes[1].Source)))
	for b.Loop() {
		if _, err := r.Note(io.Discard, v.Notes[1]); err != nil {
			b.Fatal(err)
		}
	}
}
