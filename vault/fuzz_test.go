package vault

import (
	"fmt"
	"path"
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"
)

// pieces are what names and links of FuzzResolve are made of: enough for
// every rule, and so few that names often meet.
var pieces = []string{
	"a", "A", "b", "/", "./", "../", ".", ".md", ".MD", ".png", ".PNG", "#",
	"^", "%20", "%2F", "%23", "%25", "%c3%a9", "%ff", "%", " ", "\u00A0",
	"\u00e9", "e\u0301", "\u00c9", ".excalidraw", ".svg", "-", "c.md", "日",
	"/a.md", "/b/",
}

// spell makes a text of bytes, each of which stands for a piece.
func spell(data string) string {
	var b strings.Builder
	for i := range len(data) {
		b.WriteString(pieces[int(data[i])%len(pieces)])
	}
	return b.String()
}

// FuzzResolve compares the index with the oracle. Each of the words is a
// file, but for the last, which is the link; a word's first byte says what
// kind it is of.
func FuzzResolve(f *testing.F) {
	for _, c := range resolveCases {
		f.Add(respell(c))
	}
	f.Add("x\x00|x\x04|x\x05\x04")
	f.Fuzz(func(t *testing.T, data string) {
		words := strings.Split(data, "|")
		if len(words) > 20 {
			t.Skip("more files than need be")
		}
		ix, o, from := plant(words[:len(words)-1])
		kind, link := cutByte(words[len(words)-1])
		if from == "" {
			t.Skip("no note to link from")
		}
		wiki, embed := kind%2 == 0, kind/2%2 == 0
		found := ix.lookup(path.Dir(from),
			address{text: spell(link), wiki: wiki, embed: embed})
		got := answer{self: found.self, sub: found.sub, byAlias: found.alias,
			doubt: found.other != nil}
		if found.entry != nil {
			got.path = found.entry.path
		}
		want := o.look(from, spell(link), wiki, embed)
		if got != want {
			t.Errorf("from %q to %q (wiki %t, embed %t) in %q and %q:\n"+
				"got  %+v\nwant %+v", from, spell(link), wiki, embed,
				o.vault, o.outside, got, want)
		}
	})
}

// FuzzFindHeading compares chains of headings with a search by hand. Each
// word is a heading, but for the last, which is the chain.
func FuzzFindHeading(f *testing.F) {
	for _, seed := range []string{
		"1a|2b|3a|ab", "1a|1b|2a|ba", "1a|3b|2a|1b|3a|bab", "2a|1b|3a|ba", "x|",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data string) {
		words := strings.Split(data, "|")
		n := &Note{Doc: ast.NewDocument(), headings: map[ast.Node]*Heading{}}
		var headings []*Heading
		for _, word := range words[:len(words)-1] {
			level, name := cutByte(word)
			node := ast.NewHeading(1 + int(level)%6)
			n.Doc.AppendChild(n.Doc, node)
			name = stripHeading(headingName(name))
			headings = append(headings, &Heading{Level: node.Level, Text: name,
				Node: node, written: name, shown: name})
		}
		n.addHeadings(headings)
		var chain []string
		for i := range len(words[len(words)-1]) {
			chain = append(chain, headingName(words[len(words)-1][i:i+1]))
		}
		var want *Heading
		for i := len(headings) - 1; i >= 0 && len(chain) > 0; i-- {
			if leadsTo(headings, i, chain) {
				want = headings[i]
			}
		}
		got := n.findHeading(strings.Join(chain, "#"))
		if got != want && (want != nil || len(chain) > 1) {
			t.Errorf("%q finds %+v, want %+v", chain, got, want)
		}
	})
}

// headingName is one of three names.
func headingName(s string) string {
	first, _ := cutByte(s)
	return [...]string{"a", "b", "a b"}[first%3]
}

// leadsTo tries all ways to find the chain in a heading and those above it.
func leadsTo(headings []*Heading, at int, chain []string) bool {
	last := len(chain) - 1
	if headings[at].Text != chain[last] {
		return false
	}
	if last == 0 {
		return true
	}
	level := headings[at].Level
	for i := at - 1; i >= 0; i-- {
		if headings[i].Level >= level {
			continue
		}
		level = headings[i].Level
		if leadsTo(headings, i, chain[:last]) {
			return true
		}
	}
	return false
}

func cutByte(word string) (first byte, rest string) {
	if word == "" {
		return 0, ""
	}
	return word[0], word[1:]
}

// plant makes an index and an oracle of the same files. The first published
// note is where links stand.
func plant(words []string) (ix *index, o *oracle, from string) {
	ix = newIndex(0)
	o = &oracle{hidden: map[string]bool{}, aliases: map[string][]string{}}
	seen := map[string]bool{}
	for i, word := range words {
		kind, name := cutByte(word)
		name = strings.TrimLeft(path.Clean("/"+spell(name)), "/")
		outside := kind%8 == 1
		if name == "" || strings.Contains("/"+name, "/.") ||
			seen[fmt.Sprint(outside, name)] {
			continue
		}
		seen[fmt.Sprint(outside, name)] = true
		if outside {
			o.outside = append(o.outside, name)
			ix.addAttachment(&File{Path: name})
			continue
		}
		o.vault = append(o.vault, name)
		switch {
		case !isNote(name):
			ix.addFile(&File{Path: name})
			continue
		case kind%8 == 2:
			o.hidden[name] = true
			ix.addHidden(name)
			continue
		case from == "":
			from = name
		}
		n := &Note{Path: name}
		if kind%8 == 3 && i+1 < len(words) {
			_, alias := cutByte(words[i+1])
			n.Properties.Aliases = []string{spell(alias)}
			o.aliases[name] = n.Properties.Aliases
		}
		ix.addNote(n)
	}
	ix.finish()
	return ix, o, from
}

// respell writes a case as words of pieces, as far as there are pieces.
func respell(c resolveCase) string {
	var words []string
	for _, name := range strings.Split(c.files, "|") {
		kind := "\x00"
		switch name[0] {
		case '+':
			kind = "\x01"
		case '-':
			kind = "\x02"
		}
		words = append(words, kind+inPieces(strings.Trim(name, "+-")))
	}
	link, kind := c.link, "\x00"
	if !strings.Contains(link, "[[") {
		kind = "\x01"
	}
	link = strings.NewReplacer("![](", "", "[x](", "", "[[", "", "]]", "",
		")", "", "!", "").Replace(link)
	return strings.Join(append(words, kind+inPieces(link)), "|")
}

// inPieces takes the longest piece at each place and "b" for what is none.
func inPieces(s string) string {
	var b strings.Builder
	for s != "" {
		best := 2
		for i, p := range pieces {
			if strings.HasPrefix(s, p) &&
				(!strings.HasPrefix(s, pieces[best]) ||
					len(p) > len(pieces[best])) {
				best = i
			}
		}
		b.WriteByte(byte(best))
		if strings.HasPrefix(s, pieces[best]) {
			s = s[len(pieces[best]):]
		} else {
			s = s[1:]
		}
	}
	return b.String()
}
