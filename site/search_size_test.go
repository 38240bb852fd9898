package site

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"runnel/search"
)

// manyDocs makes documents with as many words as notes have, of which some
// are far more common than others, as in any language (Zipf's law).
func manyDocs(n int) []*search.Doc {
	r := rand.New(rand.NewPCG(5, 5))
	c := &corpus{r: r}
	var vocab []string
	for len(vocab) < 40000 {
		vocab = append(vocab, c.syllables(1+int(math.Log(float64(len(vocab)+2))/3)+r.IntN(2)))
	}
	zipf := rand.NewZipf(r, 1.07, 3, uint64(len(vocab)-1))
	text := func(words int) string {
		var b strings.Builder
		for i := range words {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(vocab[zipf.Uint64()])
		}
		return b.String()
	}
	docs := make([]*search.Doc, n)
	for i := range docs {
		d := &search.Doc{Title: text(3), Tags: []string{"topic/" + vocab[r.IntN(40)]}}
		for s := range 4 {
			d.Sections = append(d.Sections, search.Section{ID: fmt.Sprint("part-", s), Heading: text(2),
				Texts: []search.Text{{Text: text(40)}, {Text: text(r.IntN(80))}}})
		}
		docs[i] = d
	}
	return docs
}

func readDocs(docs []*search.Doc) []search.Note {
	notes := make([]search.Note, len(docs))
	for i, d := range docs {
		notes[i] = search.Note{Entry: search.Read(d), Sections: func() []search.Section { return d.Sections }, Address: fmt.Sprintf("Folder-%d/Note-%d/", i/100, i), Folder: fmt.Sprint("Folder ", i/100)}
	}
	return notes
}

// BenchmarkSearch makes the index of 10,000 notes, in two steps.
func BenchmarkSearch(b *testing.B) {
	docs := manyDocs(10000)
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			readDocs(docs)
		}
	})
	notes := readDocs(docs)
	b.Run("write", func(b *testing.B) {
		for b.Loop() {
			_ = search.Write(notes, func(string, []byte) error { return nil })
		}
	})
}

// sizeOf is what a host sends of a file, compressed.
func sizeOf(t *testing.T, file string) int {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(data)
	_ = w.Close()
	return b.Len()
}

// A reader of 10,000 notes who types a query, letter by letter, fetches less
// than 60 KB for it, the dialog's scripts and the index's own beginning
// included.
func TestBrowser_searchSize(t *testing.T) {
	if testing.Short() {
		t.Skip("a large index")
	}
	docs := manyDocs(10000)
	b, out := openIndex(t, readDocs(docs))
	words := strings.Fields(docs[777].Sections[0].Texts[0].Text)
	long := func(from int) string { // a word of some length
		for _, w := range words[from:] {
			if len(w) >= 6 {
				return w
			}
		}
		return words[from]
	}
	swapped := long(0)[:2] + "x" + long(0)[2:]
	for _, query := range []string{
		words[0], long(3), words[1] + " " + words[5] + " " + words[9], long(2) + " " + long(12),
		docs[4321].Title, docs[99].Sections[2].Heading, "#topic", "#topic/" + words[0][:2], swapped, swapped + " " + long(8), "re", "zzzzzzz",
	} {
		b.open("")
		b.eval("new Promise(done => setTimeout(done, 300))")
		b.eval("(performance.setResourceTimingBufferSize(5000), performance.clearResourceTimings(), 0)")
		b.do(chromedp.KeyEvent("/"))
		b.until("document.querySelector('dialog.search')?.open")
		b.eval(`(document.querySelector('.search input').addEventListener('input', () => [window.typed, window.took] = [performance.now(), 0]),
  new MutationObserver(() => window.took ||= performance.now() - window.typed)
    .observe(document.querySelector('.search'), {subtree: true, childList: true, characterData: true}), 0)`)
		for _, key := range query {
			b.do(chromedp.KeyEvent(string(key)))
			time.Sleep(150 * time.Millisecond)
		}
		b.until("document.querySelector('.search-found').dataset.done")
		total, files := 0, 0
		list := b.eval("[...new Set(performance.getEntriesByType('resource').map(r => r.name))].join('\\n')")
		for name := range strings.SplitSeq(list, "\n") {
			total += sizeOf(t, filepath.Join(out, filepath.FromSlash(strings.TrimPrefix(name, b.base))))
			files++
		}
		t.Logf("%6d bytes in %2d files, %s ms after the last letter: %q: %s", total, files, b.eval("window.took.toFixed()"), query,
			b.eval("document.querySelector('.search [role=status]').textContent"))
		if total > 60<<10 {
			t.Errorf("%q: %d bytes", query, total)
		}
	}
}
