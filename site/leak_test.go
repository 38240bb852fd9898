package site

import (
	"bytes"
	"compress/gzip"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
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
	return fmt.Sprintf("leak%d%s", v.markers, markerEnd)
}

// markerEnd is what all markers end in: an index that writes words in pieces,
// each without what it shares with the one before, still holds it.
const markerEnd = "zqxjvk"

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
	v.files["board.canvas"] = `{"nodes":[{"file":"` + v.marker() + `.md"}]}`
	v.files["all.base"] = "views: [" + v.marker() + "]"
	v.files[".obsidian/own.json"], v.files[".trash/own.png"] = v.marker(), v.marker()
	v.files["../outside.png"], v.files["files/open.png"] = v.marker(), "png"
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
		func(string) { fmt.Fprintf(&b, "%%%%#%s [[%s]] [x](%s.md) [^%s]%%%% end\n\n", m(), m(), m(), m()) },
		func(string) {
			fmt.Fprintf(&b, "%%%%\n![[%s.png]] ![](../files/%s.png)\n%%%%\n\n", v.attachment(), v.attachment())
		},
		func(string) {
			fmt.Fprintf(&b, "<!-- ![[%s.png]] <img src=\"%s.png\"> -->\n\n", v.attachment(), v.attachment())
		},
		func(string) { fmt.Fprintf(&b, "> [!x%%%%%s%%%%]- T\n> > %%%%%s\n> > %s%%%% a\n\n", m(), m(), m()) },
		func(string) {
			fmt.Fprintf(&b, "- [ ] a %%%%%s%%%% ^id%d\n  %%%%\n  %s\n  %%%%\n\n", m(), v.markers, m())
		},
		func(string) {
			fmt.Fprintf(&b, "[ref%%%%%s%%%%]: https://example.com \"%%%%%s%%%%\"\n\n", m(), m())
		},
		func(string) {
			fmt.Fprintf(&b, "<details><summary>%%%%%s%%%%</summary>\n\n%%%%%s%%%%\n\n</details>\n\n", m(), m())
		},
		func(string) {
			fmt.Fprintf(&b, "![a%%%%%s%%%%](https://youtu.be/abcdefghijk) ![[%s.png|%%%%%s%%%%]]\n\n", m(), "open", m())
		},
		func(string) {
			fmt.Fprintf(&b, "[a](<.obsidian/%s.json>) ![[.trash/%[1]s.png]] [b](../.obsidian/%[1]s.json)\n\n", "own")
		},
		func(string) {
			fmt.Fprintf(&b, "![[../../outside.png]] [c](..%%2F..%%2Foutside.png) <img src=\"../../outside.png\">\n\n")
		},
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

// findMarker reports a marker in some bytes, or in what they are packed of.
func findMarker(t *testing.T, seed uint64, where string, data []byte, v *leakVault) {
	t.Helper()
	for _, data := range [][]byte{data, unpacked(t, where, data)} {
		if at := bytes.Index(bytes.ToLower(data), []byte(markerEnd)); at >= 0 {
			from, to := max(0, at-80), min(len(data), at+80)
			t.Errorf("seed %d: %s holds a marker: %q", seed, where, data[from:to])
		}
	}
}

// unpacked is what a compressed file holds, nothing for any other.
func unpacked(t *testing.T, name string, data []byte) []byte {
	t.Helper()
	var r io.Reader
	switch {
	case bytes.HasPrefix(data, []byte{0x1F, 0x8B}):
		z, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		r = z
	case strings.HasSuffix(name, ".br"):
		r = brotli.NewReader(bytes.NewReader(data))
	default:
		return nil
	}
	whole, err := io.ReadAll(r)
	if err != nil {
		t.Fatalf("unpack %q: %v", name, err)
	}
	return whole
}

// The search finds markers in what is packed, and in pieces of words.
func TestFindMarker(t *testing.T) {
	t.Parallel()
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	fmt.Fprint(z, "leak1"+markerEnd)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if got := unpacked(t, "x.gz", packed.Bytes()); !bytes.Contains(got, []byte(markerEnd)) {
		t.Errorf("got %q", got)
	}
	if got := unpacked(t, "x", []byte("plain")); got != nil {
		t.Errorf("got %q", got)
	}
}
