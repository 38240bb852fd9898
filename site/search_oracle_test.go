package site

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/bits"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"runnel/search"
	"runnel/theme"
)

// openIndex serves a page that searches some notes, and opens it.
func openIndex(t *testing.T, notes []search.Note) (b *tab, out string) {
	t.Helper()
	chromium(t)
	out = t.TempDir()
	write := func(name string, data []byte) error {
		file := filepath.Join(out, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		return os.WriteFile(file, data, 0o644)
	}
	th, err := theme.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range th.Assets() {
		if err := write(a.Path, a.Data); err != nil {
			t.Fatal(err)
		}
	}
	var html bytes.Buffer
	site := &theme.Site{Title: "Many notes", All: "all/", Styles: []string{th.Style.Path}, Icon: th.Icon.Path, Scheme: th.Scheme,
		Main: th.Main, Search: "search/index.json"}
	if err := th.Execute(&html, &theme.Page{Site: site, Title: "Many notes", Lang: "en", Root: "./", List: &theme.List{}}); err != nil {
		t.Fatal(err)
	}
	if err := write("index.html", html.Bytes()); err != nil {
		t.Fatal(err)
	}
	err = search.Write(notes, func(name string, data []byte) error {
		if name != search.Index {
			name = "files/" + name
		}
		return write("search/"+name, data)
	})
	if err != nil {
		t.Fatal(err)
	}
	b = openTab(t, out)
	b.size(1440, 900)
	b.open("")
	scripts := b.base + strings.TrimSuffix(th.Main, "main.js")
	b.eval(fmt.Sprintf(`Promise.all([import('%[1]sshelves.js'), import('%[1]srank.js')]).then(async ([s, r]) => {
  window.index = await s.load(new URL('search/index.json', location));
  window.rank = query => r.rank(window.index, query, {});
  return 0;
})`, scripts))
	return b, out
}

// A said word is one as somebody writes it, and as words are compared.
type saidWord struct{ written, plain string }

// variants are words that are one to a searcher.
var variants = []saidWord{
	{"café", "cafe"}, {"CAFÉ", "cafe"}, {"cafe\u0301", "cafe"}, {"Straße", "strasse"}, {"STRASSE", "strasse"}, {"Smørrebrød", "smorrebrod"},
	{"İstanbul", "istanbul"}, {"Łódź", "lodz"}, {"ΛΌΓΟΣ", "λογοσ"}, {"λόγος", "λογοσ"}, {"Ёлка", "елка"}, {"ﬁne", "fine"}, {"Ｇｏ", "go"}, {"한국어", "한국어"},
}

const han = "日本語処理並行通信時間"

// A corpus is random notes with what is in them, word by word.
type corpus struct {
	r     *rand.Rand
	vocab []string
	notes []search.Note
	words []map[string]int // of each note, by plain form
	runs  [][]string       // of letters of a dense script
	parts map[string]int   // how many have a word
}

func newCorpus(seed uint64, notes int) *corpus {
	c := &corpus{r: rand.New(rand.NewPCG(seed, 7)), parts: map[string]int{}}
	for range 700 {
		c.vocab = append(c.vocab, c.syllables(1+c.r.IntN(5)))
	}
	for i := range notes {
		c.note(i)
	}
	return c
}

func (c *corpus) syllables(n int) string {
	var b strings.Builder
	for range n {
		b.WriteByte("bcdfglmnrst"[c.r.IntN(11)])
		b.WriteByte("aeio"[c.r.IntN(4)])
	}
	return b.String()
}

// word is one at random, the first ones more often.
func (c *corpus) word() saidWord {
	if c.r.IntN(12) == 0 {
		return variants[c.r.IntN(len(variants))]
	}
	w := c.vocab[min(c.r.IntN(len(c.vocab)), c.r.IntN(len(c.vocab)))]
	if c.r.IntN(3) == 0 {
		return saidWord{strings.ToUpper(w[:1]) + w[1:], w}
	}
	return saidWord{w, w}
}

func (c *corpus) run() string {
	letters := []rune(han)
	var b strings.Builder
	for range 1 + c.r.IntN(5) {
		b.WriteRune(letters[c.r.IntN(len(letters))])
	}
	return b.String()
}

func (c *corpus) note(i int) {
	words := map[string]int{}
	var runs []string
	text := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteString([]string{" ", ", ", " – ", "\u00a0", "_", ". "}[c.r.IntN(6)])
			if c.r.IntN(15) == 0 {
				run := c.run()
				runs = append(runs, run)
				b.WriteString(run)
				continue
			}
			w := c.word()
			words[w.plain]++
			b.WriteString(w.written)
		}
		return b.String()
	}
	d := &search.Doc{Title: text(2)}
	if c.r.IntN(4) == 0 {
		d.Aliases = []string{text(1)}
	}
	for s := range 1 + c.r.IntN(3) {
		d.Sections = append(d.Sections, search.Section{ID: fmt.Sprint("s", s), Heading: text(1), Texts: []search.Text{
			{Text: text(c.r.IntN(12))}, {Text: text(c.r.IntN(4)), Code: true}}})
	}
	for w := range words {
		c.parts[w]++
	}
	c.notes = append(c.notes, search.Note{Entry: search.Read(d), Sections: func() []search.Section { return d.Sections }, Address: fmt.Sprintf("n/%d/", i)})
	c.words, c.runs = append(c.words, words), append(c.runs, runs)
}

// A sought word is one of a query: its plain form, and whether others that
// begin with it are wanted.
type sought struct {
	plain  string
	begins bool
	dense  bool
}

// query makes a query at random: words, beginnings, slips, letters.
func (c *corpus) query() (query string, want []sought) {
	n := 1 + c.r.IntN(3)
	for i := range n {
		last := i == n-1
		if c.r.IntN(8) == 0 {
			letters := []rune(c.run())
			letters = letters[:min(len(letters), 2)]
			query += " " + string(letters)
			want = append(want, sought{string(letters), len(letters) == 1, true})
			continue
		}
		w := c.word()
		switch {
		case c.r.IntN(3) == 0 && w.written == w.plain:
			w.plain = w.plain[:1+c.r.IntN(len(w.plain))]
			w.written = w.plain
		case c.r.IntN(3) == 0 && w.written == w.plain:
			w.plain = c.slip(w.plain)
			w.written = w.plain
		}
		query += " " + w.written
		want = append(want, sought{w.plain, last || len([]rune(w.plain)) >= 3, false})
	}
	return query[1:], want
}

func (c *corpus) slip(w string) string {
	for range 1 + c.r.IntN(2) {
		i := c.r.IntN(len(w))
		switch c.r.IntN(4) {
		case 0:
			w = w[:i] + "x" + w[i:]
		case 1:
			w = w[:i] + "e" + w[i+1:]
		case 2:
			if len(w) > 1 {
				w = w[:i] + w[i+1:]
			}
		default:
			if i+1 < len(w) {
				w = w[:i] + w[i+1:i+2] + w[i:i+1] + w[i+2:]
			}
		}
	}
	return w
}

// found says which notes have most of what is sought, by looking at all words
// of all notes.
func (c *corpus) found(want []sought) []int {
	seen := map[string]bool{}
	score := make([]int, len(c.notes))
	for _, s := range want {
		if seen[s.plain] {
			continue
		}
		seen[s.plain] = true
		any := false
		for i := range c.notes {
			if c.has(i, s) {
				any = true
				score[i]++
			}
		}
		if any || s.dense {
			continue
		}
		meant := c.meant(s)
		for i := range c.notes {
			if slices.ContainsFunc(meant, func(w string) bool { return c.words[i][w] > 0 }) {
				score[i]++
			}
		}
	}
	most := slices.Max(score)
	var out []int
	for i, n := range score {
		if n == most && n > 0 {
			out = append(out, i)
		}
	}
	return out
}

func (c *corpus) has(note int, s sought) bool {
	if s.dense {
		return slices.ContainsFunc(c.runs[note], func(run string) bool { return strings.Contains(run, s.plain) })
	}
	for w := range c.words[note] {
		if w == s.plain || s.begins && strings.HasPrefix(w, s.plain) {
			return true
		}
	}
	return false
}

// meant are the words that are nearest to one that no note has.
func (c *corpus) meant(s sought) []string {
	n := len(s.plain)
	slips, right := 1, (n-1)/2
	if n < 5 {
		return nil
	}
	if n >= 9 {
		slips, right = 2, 3
	}
	best, near := slips+1, []string(nil)
	for w := range c.parts {
		head, tail := strings.HasPrefix(w, s.plain[:right]), strings.HasSuffix(w, s.plain[n-right:])
		if len([]rune(w)) < 4 || !head && !tail {
			continue
		}
		far := slipsBetween(s.plain, w)
		if s.begins && head {
			for end := range len(w) {
				far = min(far, slipsBetween(s.plain, w[:end]))
			}
		}
		if far < best {
			best, near = far, nil
		}
		if far == best && far <= slips {
			near = append(near, w)
		}
	}
	slices.SortFunc(near, func(a, b string) int {
		if d := bits.Len(uint(c.parts[b])) - bits.Len(uint(c.parts[a])); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return near[:min(len(near), 3)]
}

// slipsBetween counts slips from the end, with no table: what makes two words
// alike is one less on either side, or both.
func slipsBetween(a, b string) int {
	memo := map[[2]int]int{}
	var d func(i, j int) int
	d = func(i, j int) int {
		if i == 0 || j == 0 {
			return i + j
		}
		if n, ok := memo[[2]int{i, j}]; ok {
			return n
		}
		n := min(d(i-1, j)+1, d(i, j-1)+1)
		if a[i-1] == b[j-1] {
			n = min(n, d(i-1, j-1))
		} else {
			n = min(n, d(i-1, j-1)+1)
		}
		if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
			n = min(n, d(i-2, j-2)+1)
		}
		memo[[2]int{i, j}] = n
		return n
	}
	return d(len(a), len(b))
}

// The dialog finds what is found by looking at every word of every note.
func TestBrowser_searchOracle(t *testing.T) {
	c := newCorpus(1, 3000)
	b, _ := openIndex(t, c.notes)
	var queries []string
	var want [][]int
	for range 300 {
		q, s := c.query()
		queries, want = append(queries, q), append(want, c.found(s))
	}
	list, err := json.Marshal(queries)
	if err != nil {
		t.Fatal(err)
	}
	var got [][]int
	answer := b.eval(`(async () => {
  const all = [];
  for (const query of ` + string(list) + `) all.push((await rank(query)).notes.map(n => n.note).sort((a, b) => a - b));
  return JSON.stringify(all);
})()`)
	if err := json.Unmarshal([]byte(answer), &got); err != nil {
		t.Fatal(err)
	}
	some := 0
	for i, q := range queries {
		if !slices.Equal(got[i], want[i]) {
			t.Errorf("%q: found %d notes, want %d", q, len(got[i]), len(want[i]))
		}
		if len(want[i]) > 0 {
			some++
		}
	}
	if some < len(queries)/2 {
		t.Errorf("only %d of %d queries find anything", some, len(queries))
	}
	t.Logf("%d of %d queries find something, in %d files of words", some, len(queries), strings.Count(b.eval("index.words.names.join(' ')"), " ")+1)
}
