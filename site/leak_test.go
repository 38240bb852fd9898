package site

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var leaks = flag.Int("leaks", 60, "how many random vaults to look for leaks in")

// A leakVault is a random vault in which all that must stay private carries
// a marker of its own.
type leakVault struct {
	files   map[string]string
	markers int
	r       *rand.Rand
}

// marker makes a word that stands nowhere else.
func (v *leakVault) marker() string {
	v.markers++
	return fmt.Sprintf("leak%dmarker", v.markers)
}

// attachment adds a file with a marker in its name and returns that name.
func (v *leakVault) attachment() string {
	name := v.marker()
	v.files["files/"+name+".png"] = v.marker()
	return name
}

// private properties hide a note.
var private = []string{
	"", "publish: false", "draft: true", "publish: true\ndraft: true", "publish: \"no\"", "publish:",
	"publish: [true", "publish: true\ndraft: true\nbad: [x",
}

func newLeakVault(seed uint64) *leakVault {
	v := &leakVault{files: make(map[string]string), r: rand.New(rand.NewPCG(seed, 1))}
	var hidden, shown []string
	for i := range 6 {
		hidden = append(hidden, fmt.Sprintf("%s/Hidden %d", []string{"A", "A/B", "C"}[v.r.IntN(3)], i))
		shown = append(shown, fmt.Sprintf("%s/Shown %d", []string{"A", "A/B", "D"}[v.r.IntN(3)], i))
	}
	for _, name := range hidden {
		v.hide(name, shown)
	}
	for i, name := range shown {
		v.show(name, hidden, shown[(i+1)%len(shown)])
	}
	v.files["index.md"] = "---\npublish: true\ntitle: Home\n---\n" + "[[Shown 0]]\n"
	return v
}

// hide adds a note that is not published, with an attachment of its own.
func (v *leakVault) hide(name string, shown []string) {
	m := v.marker
	props := private[v.r.IntN(len(private))]
	picture := m() + ".png"
	v.files["files/"+picture] = m()
	drawn := m() + ".png"
	v.files["files/"+drawn] = m()
	v.files[name+".md"] = "---\n" + props + "\ntitle: " + m() + "\ntags: [" + m() + "]\naliases: " + m() +
		"\npermalink: " + m() + "\nsecret: " + m() + "\n---\n# " + m() + "\n\n" + m() + " #" + m() +
		" ![[" + picture + "]] <img src=\"../files/" + drawn + "\"> [[" + filepath.Base(shown[0]) + "|" + m() + "]]\n\n## Part\n\n" + m() + " ^block\n\n" +
		"```go\npackage main\n// " + m() + "\nfunc main() {}\n```\n"
}

// show adds a note that is published and does all it can to show the hidden
// ones, and to let its comments be seen.
func (v *leakVault) show(name string, hidden []string, next string) {
	m := v.marker
	var b strings.Builder
	fmt.Fprintf(&b, "---\npublish: true\n---\n# %s\n\n", filepath.Base(name))
	pieces := []func(string){
		func(h string) { fmt.Fprintf(&b, "![[%s]]\n\n", h) },
		func(h string) { fmt.Fprintf(&b, "![[%s#Part]] ![[%s#^block]]\n\n", h, h) },
		func(h string) { fmt.Fprintf(&b, "- ![[%s]]\n- [[%s]] [x](<%s.md>)\n\n", h, h, h) },
		func(string) { fmt.Fprintf(&b, "before %%%%%s%%%% after\n\n", m()) },
		func(string) { fmt.Fprintf(&b, "%%%%\n%s\n\n- %s\n%%%%\n\n", m(), m()) },
		func(string) {
			fmt.Fprintf(&b, "text %%%% a\n\n[^x%d]: %s\n\nmore[^x%[1]d] %%%% b\n\n", v.markers, m())
		},
		func(string) { fmt.Fprintf(&b, "## Heading %%%%%s%%%% end\n\n", m()) },
		func(string) { fmt.Fprintf(&b, "> [!note] Title %%%%%s%%%%\n> text %%%%%s%%%%\n\n", m(), m()) },
		func(string) { fmt.Fprintf(&b, "| a |\n|---|\n| x %%%%%s%%%% |\n\n", m()) },
		func(string) { fmt.Fprintf(&b, "Foot[^%d].\n\n[^%d]: seen %%%%%s%%%%\n\n", v.markers, v.markers, m()) },
		func(string) { fmt.Fprintf(&b, "[[%s|label %%%%%s%%%%]]\n\n", filepath.Base(next), m()) },
		func(string) { fmt.Fprintf(&b, "==light %%%%%s%%%%== **bold %%%%%s%%%%**\n\n", m(), m()) },
		func(string) { fmt.Fprintf(&b, "text ^[inline %%%%%s%%%% note]\n\n", m()) },
		func(h string) { fmt.Fprintf(&b, "![[%s]]\n\n", filepath.Base(next)) },
		func(string) { fmt.Fprintf(&b, "```ad-note\ntitle: T %%%%%s%%%%\ntext %%%%%s%%%%\n```\n\n", m(), m()) },
		func(string) {
			fmt.Fprintf(&b, "[x](https://example.com \"t %%%%%s%%%%\") $x%%%%%s%%%%y$\n\n", m(), m())
		},
		func(string) { fmt.Fprintf(&b, "a <span title=\"%%%%%s%%%%\">b</span> <!-- %s -->\n\n", m(), m()) },
		func(string) { fmt.Fprintf(&b, "<div>\n%%%%%s%%%%\n</div>\n\n", m()) },
		func(h string) { fmt.Fprintf(&b, "<a href=\"%s.md\">a <b>link</b></a> <img src=\"%s\">\n\n", h, h) },
		func(string) {
			fmt.Fprintf(&b, "<div>\n%%%%<img src=\"%s.png\" alt=\"%s\">%%%% <a href=\"%s.md\">x</a>\n</div>\n\n",
				v.attachment(), m(), filepath.Base(next))
		},
	}
	for range 8 {
		pieces[v.r.IntN(len(pieces))](hidden[v.r.IntN(len(hidden))])
	}
	if v.r.IntN(2) == 0 {
		fmt.Fprintf(&b, "%%%%\nnever closed %s\n", m()) // to the end
	}
	v.files[name+".md"] = b.String()
}

// TestLeak builds random vaults and looks for their markers in every name and
// every byte of the output, and in the report.
func TestLeak(t *testing.T) {
	r := testRunner(t)
	for seed := range uint64(*leaks) {
		v := newLeakVault(seed)
		dir := t.TempDir()
		writeFiles(t, filepath.Join(dir, "notes"), v.files)
		b := Build{Notes: filepath.Join(dir, "notes"), Out: filepath.Join(dir, "out"), Runner: r,
			BaseURL: "https://example.com/"}
		report, err := b.Run(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if report.Hidden != 6 || report.Notes != 7 {
			t.Errorf("seed %d: %d notes, %d hidden", seed, report.Notes, report.Hidden)
		}
		var said bytes.Buffer
		report.Print(&said)
		findMarker(t, seed, "the report", said.Bytes(), v)
		err = fs.WalkDir(os.DirFS(b.Out), ".", func(p string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			findMarker(t, seed, "a file's name", []byte(p), v)
			if d.IsDir() {
				return nil
			}
			data, err := os.ReadFile(filepath.Join(b.Out, p))
			findMarker(t, seed, p, data, v)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func findMarker(t *testing.T, seed uint64, where string, data []byte, v *leakVault) {
	t.Helper()
	at := bytes.Index(data, []byte("leak"))
	if at < 0 {
		return
	}
	from, to := max(0, at-80), min(len(data), at+80)
	if bytes.Contains(data[at:min(len(data), at+20)], []byte("marker")) {
		t.Errorf("seed %d: %s holds a marker: %q", seed, where, data[from:to])
	}
}
