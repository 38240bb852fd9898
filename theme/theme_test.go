package theme

import (
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Text can be read on each of its grounds: WCAG 2.2, 1.4.3 asks for a contrast
// of 4.5 to 1.
func TestColours_contrast(t *testing.T) {
	palette := readPalette(t)
	grounds := []string{"paper", "sand", "straw"}
	for _, ground := range grounds {
		texts := []string{"ink"}
		if ground != "straw" { // behind highlighted text alone
			texts = append(texts, "stone", "stream", "blue", "green", "ochre", "rust", "plum")
		}
		for _, text := range texts {
			for scheme := range 2 {
				got := contrast(palette[text][scheme], palette[ground][scheme])
				if got < 4.5 {
					t.Errorf("%s on %s, scheme %d: contrast %.2f, want 4.5", text, ground, scheme, got)
				}
			}
		}
	}
	for scheme := range 2 {
		if got := contrast(palette["stream"][scheme], palette["stream-pale"][scheme]); got < 4.5 {
			t.Errorf("tags, scheme %d: contrast %.2f, want 4.5", scheme, got)
		}
	}
}

// Goroutines are drawn in colours of the palette, which stand out from the
// page: more than the 3 to 1 that WCAG 2.2, 1.4.11 asks for.
func TestColours_lanes(t *testing.T) {
	css, err := files.ReadFile("color/color.css")
	if err != nil {
		t.Fatal(err)
	}
	palette := readPalette(t)
	lanes := regexp.MustCompile(`--lane-\d: var\(--([a-z]+)\)`).FindAllStringSubmatch(string(css), -1)
	if len(lanes) != 5 {
		t.Errorf("found %d colours of goroutines, want 5", len(lanes))
	}
	for _, m := range lanes {
		for _, ground := range []string{"paper", "sand"} {
			for scheme := range 2 {
				if got := contrast(palette[m[1]][scheme], palette[ground][scheme]); !(got >= 3) {
					t.Errorf("%s on %s, scheme %d: contrast %.2f, want 3", m[1], ground, scheme, got)
				}
			}
		}
	}
}

// readPalette reads the light and the dark value of each colour.
func readPalette(t *testing.T) map[string][2]string {
	t.Helper()
	css, err := files.ReadFile("color/color.css")
	if err != nil {
		t.Fatal(err)
	}
	palette := make(map[string][2]string)
	for _, m := range regexp.MustCompile(`--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)`).FindAllStringSubmatch(string(css), -1) {
		palette[m[1]] = [2]string{m[2], m[3]}
	}
	if len(palette) < 10 {
		t.Fatalf("found %d colours, too few", len(palette))
	}
	return palette
}

// contrast is the ratio of WCAG 2.2, "contrast ratio".
func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// luminance is that of WCAG 2.2, "relative luminance".
func luminance(hex string) float64 {
	var sum float64
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		if err != nil {
			return math.NaN()
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

// Raw colours stand in one file, so that there is one list of dark ones.
func TestColours_oneFile(t *testing.T) {
	raw := regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b|\b(rgb|hsl)a?\(|light-dark`)
	for _, part := range parts {
		css, err := files.ReadFile(part + "/" + part + ".css")
		if err != nil {
			t.Fatal(err)
		}
		if found := raw.FindAllString(string(css), -1); part != "color" && len(found) > 0 {
			t.Errorf("%s.css holds the colours %q", part, found)
		}
	}
}

// Whatever a vault says is text on a page, never markup.
func TestExecute_escapes(t *testing.T) {
	th, err := New()
	if err != nil {
		t.Fatal(err)
	}
	evil := `"><script>alert(1)</script>`
	link := Link{Text: evil, Href: "javascript:alert(1)"}
	site := &Site{Title: evil, All: "all/", Tags: "tags/"}
	for name, p := range map[string]*Page{
		"note": {Note: &Note{Body: []byte("<p>body</p>"), Tags: []Link{link},
			Classes: []string{evil}, Properties: []Property{{evil, []Link{link}}},
			Contents: []Entry{{Link: link}}, Backlinks: []Backlink{{link, []Sentence{{evil, evil, evil}}}},
			Outgoing: []Link{link}, Mentions: []Backlink{{Link: link}}}},
		"list":    {List: &List{Groups: []Group{{Title: evil, Items: []Item{{Link: link, Aside: evil}}}}}},
		"cloud":   {Cloud: []Tag{{Link: link, Count: 3}}},
		"missing": {Missing: true},
	} {
		t.Run(name, func(t *testing.T) {
			p.Site, p.Title, p.Description, p.Lang = site, evil, evil, evil
			p.Crumbs, p.Tree = []Link{link}, []Branch{{Link: link, Folder: true, Open: true, Branches: []Branch{{Link: link}}}}
			var b strings.Builder
			if err := th.Execute(&b, p); err != nil {
				t.Fatal(err)
			}
			for _, bad := range []string{"<script>", `href="javascript`} {
				if strings.Contains(b.String(), bad) {
					t.Errorf("the page holds %q:\n%s", bad, b.String())
				}
			}
		})
	}
}

func BenchmarkExecute(b *testing.B) {
	th, err := New()
	if err != nil {
		b.Fatal(err)
	}
	p := &Page{Site: &Site{Title: "Site"}, Title: "Note", Lang: "en", Note: &Note{Body: []byte("<p>body</p>")}}
	for i := range 20 {
		l := Link{Text: "A heading", Href: "#h" + strconv.Itoa(i)}
		p.Note.Contents = append(p.Note.Contents, Entry{Link: l})
		p.Note.Backlinks = append(p.Note.Backlinks, Backlink{Link: l, Sentences: []Sentence{{"This is ", "a link", "."}}})
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := th.Execute(io.Discard, p); err != nil {
			b.Fatal(err)
		}
	}
}
