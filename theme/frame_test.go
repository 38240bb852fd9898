package theme

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestFrame fills frames with texts that need escaping, and compares them with
// what the template makes of the same page.
func TestFrame(t *testing.T) {
	th, err := New()
	if err != nil {
		t.Fatal(err)
	}
	site := &Site{Title: "Site & co", All: "all/", Tags: "tags/", Base: "https://example.com/a%20b/", Styles: []string{"s.css"}}
	nasty := `"quoted" 'single' <b>&amp; + a` + "\x00\u2028é😀 ]]> --> ${x} `y` {{.}} %41 % -"
	note := &Note{Body: []byte("<p>" + nasty + "</p>"), Classes: []string{nasty, "b"},
		Date: time.Date(2024, 2, 9, 0, 0, 0, 0, time.UTC), Tags: []Link{{nasty, "./t"}},
		Minutes: 3, Contents: []Entry{{Link: Link{nasty, "#a"}}}, Backlinks: []Backlink{{Link{nasty, "./b"}, []Sentence{{nasty, nasty, nasty}}}},
		Outgoing: []Link{{nasty, "./o"}}, Mentions: []Backlink{{Link: Link{nasty, "./m#:~:text=a"}}}, Graph: []byte("<svg></svg>"),
		Properties: []Property{{nasty, []Link{{nasty, ""}, {nasty, "./c"}}}}}
	pages := []*Page{
		{Title: "Plain", Note: &Note{}},
		{Title: site.Title, Note: &Note{Body: []byte("x")}},
		{Title: "Home", Here: "home", Note: &Note{}},
		{Title: nasty, Description: nasty, Image: "https://example.com/i.png?a=b&c", Path: "A-b/%C3%A9%2B+:@$&=/", Root: "../../", Note: note,
			Crumbs: []Link{{nasty, ""}}, Tree: []Branch{{Link: Link{nasty, "./a"}, Folder: true}}},
		{Title: "", Description: nasty, Lang: nasty, Root: "../", Note: &Note{Backlinks: note.Backlinks, Graph: note.Graph}},
		{Title: "T", Path: "p/", Note: &Note{Tags: note.Tags, Contents: note.Contents}},
		{Title: "T", Path: "p/", Note: &Note{Properties: note.Properties, Date: note.Date}},
	}
	for i, p := range pages {
		p.Site = site
		var want strings.Builder
		if err := th.page.Execute(&want, fullView(p)); err != nil {
			t.Fatal(err)
		}
		for _, which := range []string{"made", "kept"} {
			var got strings.Builder
			if err := th.Execute(&got, p); err != nil {
				t.Fatal(err)
			}
			if got.String() != want.String() {
				t.Errorf("page %d, frame %s: got\n%s\nwant\n%s", i, which, got.String(), want.String())
			}
		}
	}
}

// fullView is the view of a page with its own texts in it, not marks.
func fullView(p *Page) *view {
	v := &view{Page: *p}
	for h := range holes {
		var b strings.Builder
		if h >= crumbs && p.has(h) {
			p.write(&writer{w: &b}, h)
		} else {
			b.WriteString(p.text(h))
		}
		v.put(h, b.String())
	}
	return v
}

// Pages of one shape share a frame, others do not.
func TestFrame_shape(t *testing.T) {
	th, err := New()
	if err != nil {
		t.Fatal(err)
	}
	site := &Site{Title: "Site"}
	count := func() (n int) {
		th.frames.made.Range(func(_, _ any) bool { n++; return true })
		return n
	}
	for i := range 10 {
		p := &Page{Site: site, Title: fmt.Sprint("Note ", i), Note: &Note{Body: []byte("x")}}
		if i >= 8 {
			p.Description = "d"
		}
		if err := th.Execute(&strings.Builder{}, p); err != nil {
			t.Fatal(err)
		}
	}
	if got := count(); got != 2 {
		t.Errorf("ten pages of two shapes have %d frames", got)
	}
}
