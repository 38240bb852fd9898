package site

import (
	"context"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"runnel/mention"
	"runnel/pack"
	"runnel/theme"
	"runnel/vault"
)

// names are what the notes of a vault are called: titles, names of files and
// aliases. They change only with the plan of the site.
type names struct {
	finder func() *mention.Finder // made when somebody asks
	sum    sum                    // of all names, by their numbers
	notes  [][]*vault.Note        // that have it, by number of the name
	words  []int                  // how many spaces each has
}

// A name of more notes than this says nothing of any of them.
const maxNamesakes = 3

func newNames(v *vault.Vault, home *vault.Note) *names {
	ns, texts := &names{}, []string(nil)
	number := make(map[string]int)
	for _, n := range v.Notes {
		if n == home {
			continue // its name is that of the site
		}
		own := make(map[int]bool)
		for _, text := range append([]string{n.Title, strings.TrimSuffix(path.Base(n.Path), path.Ext(n.Path))}, n.Properties.Aliases...) {
			key := strings.ToLower(text)
			i, known := number[key]
			if !known {
				i = len(texts)
				number[key] = i
				texts = append(texts, text)
				ns.notes, ns.words = append(ns.notes, nil), append(ns.words, strings.Count(strings.TrimSpace(text), " "))
			}
			if !own[i] {
				own[i] = true
				ns.notes[i] = append(ns.notes[i], n)
			}
		}
	}
	for i, notes := range ns.notes {
		if len(notes) > maxNamesakes {
			texts[i], ns.notes[i] = "", nil
		}
	}
	ns.finder = sync.OnceValue(func() *mention.Finder { return mention.New(texts) })
	ns.sum = sumOf(pack.Texts(nil, texts))
	return ns
}

// A hit is the first place where a note says a name.
type hit struct{ name, passage, start, end int32 }

// heard are the names that a note says, as far as they are known.
type heard struct {
	sum  sum // of all names
	hits []hit
}

// heardOf is what is known of some names, nil where that is nothing.
func (s *said) heardOf(ns *names) *heard {
	if h := s.heard.Load(); h != nil && h.sum == ns.sum {
		return h
	}
	return nil
}

// find gives the names that a note says in its text, not in its links and its
// code, each once. It keeps them as long as it is asked for the same names.
func (s *said) find(ns *names) []hit {
	if h := s.heardOf(ns); h != nil {
		return h.hits
	}
	h := &heard{sum: ns.sum}
	var found []mention.Hit
	var skips [][2]int
	for i := range s.rows(passageTable) {
		text, kind, _ := s.passage(i)
		if kind != textKind {
			continue
		}
		skips = s.skips(skips[:0], i)
		found = ns.finder().Find(found[:0], text, skips)
		for _, f := range found {
			if !slices.ContainsFunc(h.hits, func(one hit) bool { return int(one.name) == f.Name }) {
				h.hits = append(h.hits, hit{int32(f.Name), int32(i), int32(f.Start), int32(f.End)})
			}
		}
	}
	s.heard.Store(h)
	return h.hits
}

// maxMentions bounds the notes that a page lists because they name it.
const maxMentions = 10

// A named is a note that names another.
type named struct {
	by *vault.Note
	hit
}

// findMentions gives for each note the first of those that name it and do not
// link to it.
func (near *nearby) findMentions() map[*vault.Note][]named {
	ns := near.plan.names()
	_ = each(context.Background(), near.notes, func(n *vault.Note) error {
		near.hear(n).find(ns)
		return nil
	})
	said := make([]int, len(ns.notes)) // by how many notes, of each name
	for _, n := range near.notes {
		for _, h := range near.hear(n).find(ns) {
			said[h.name]++
		}
	}
	all, g := make(map[*vault.Note][]named), near.graph()
	for i, n := range near.notes {
		for _, h := range near.hear(n).find(ns) {
			if ns.isCommon(int(h.name), said[h.name], len(near.notes)) {
				continue
			}
			for _, to := range ns.notes[h.name] {
				list := all[to]
				if to == n || len(list) == maxMentions || len(list) > 0 && list[len(list)-1].by == n || g.Leads(i, near.index[to]) {
					continue
				}
				all[to] = append(list, named{n, h})
			}
		}
	}
	return all
}

// isCommon reports whether so many of a vault's notes say a name that it is a
// word like any other there.
func (ns *names) isCommon(name, said, notes int) bool {
	if ns.words[name] == 0 {
		return said > max(5, notes/10)
	}
	return said > max(20, notes/5)
}

// mentionsOf lists the notes that name n without linking to it, and leads to
// the places.
func (near *nearby) mentionsOf(from URL, n *vault.Note) []theme.Backlink {
	var out []theme.Backlink
	for _, m := range near.mentions()[n] {
		said, start, end := near.hear(m.by), int(m.start), int(m.end)
		text, _, _ := said.passage(int(m.passage))
		to := relative(from, near.plan.notes[m.by], "") + "#:~:" + textFragment(text, start, end)
		out = append(out, theme.Backlink{Link: theme.Link{Text: m.by.Title, Href: to},
			Sentences: []theme.Sentence{said.around(int(m.passage), start, end)}})
	}
	return out
}

// textFragment names a place in a text as browsers find it
// (https://wicg.github.io/scroll-to-text-fragment): by the words there, and
// one before or after them.
func textFragment(text string, start, end int) string {
	before, after := strings.Fields(text[:start]), strings.Fields(text[end:])
	f := "text="
	if len(before) > 0 && strings.HasSuffix(text[:start], " ") {
		f += fragmentEscape(before[len(before)-1]) + "-,"
	}
	f += fragmentEscape(text[start:end])
	if len(after) > 0 && strings.HasPrefix(text[end:], " ") {
		f += ",-" + fragmentEscape(after[0])
	}
	return f
}

var fragmentMarks = strings.NewReplacer("-", "%2D", ",", "%2C", "&", "%26")

func fragmentEscape(s string) string { return fragmentMarks.Replace(url.PathEscape(s)) }
