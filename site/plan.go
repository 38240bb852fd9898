package site

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"runnel/search"
	"runnel/vault"
)

// A plan says which pages the site has and where each stands. It is made
// before anything is rendered, so that every link is known to every page.
type plan struct {
	home  *vault.Note // nil where the site's first page is the list of notes
	notes map[*vault.Note]URL
	files map[*vault.File]URL
	// tags are the pages of tags, sorted by name.
	tags      []*tagPage
	tagByName map[string]*tagPage // by name in lower case
	all       URL                 // the list of all notes
	tagsURL   URL                 // the list of all tags
	search    URL                 // the search index's first file
	redirects []redirect
	folders   map[string]*folder // by path
	names     func() *names      // made when somebody asks
	// graph is the page of the graph of all notes, "" for a single note, and
	// graphData what is drawn there.
	graph, graphData URL
	placing          placing
	top              *folder // the vault itself

	taken    map[string]string // output file, in lower case -> what stands there
	problems []vault.Problem
}

// A tagPage is the page of one tag, with the notes that have it or a tag
// below it.
type tagPage struct {
	Name  string // in the letter case first seen
	URL   URL
	Notes []*vault.Note
}

// homeNames are the notes that may be the site's first page; the first that
// is there counts.
var homeNames = []string{"index.md", "home.md", "readme.md"}

func newPlan(v *vault.Vault) *plan {
	p := &plan{
		notes:     make(map[*vault.Note]URL, len(v.Notes)),
		files:     make(map[*vault.File]URL),
		tagByName: make(map[string]*tagPage),
		taken:     make(map[string]string, 2*len(v.Notes)),
	}
	p.home = findHome(v)
	p.names = sync.OnceValue(func() *names { return newNames(v, p.home) })
	if p.home != nil {
		p.notes[p.home] = p.claim("", p.home.Path)
	}
	p.permalinks(v)
	for _, n := range v.Notes {
		if _, ok := p.notes[n]; !ok {
			p.notes[n] = p.claimNote(n)
		}
	}
	if p.home == nil {
		p.all = p.claim("", "the list of notes")
	} else {
		p.all = p.claim("all-notes/", "the list of notes")
	}
	if len(v.Notes) > 1 {
		p.graph = p.claim("graph/", "the graph of all notes")
		p.graphData = p.claim(p.graph+"data.json", "the data of the graph")
	}
	p.planFolders(v)
	p.planTags(v)
	p.planFiles(v)
	p.planRedirects(v)
	p.search = p.claim("search/"+search.Index, "the search index")
	return p
}

func findHome(v *vault.Vault) *vault.Note {
	for _, name := range homeNames {
		for _, n := range v.Notes {
			if strings.EqualFold(n.Path, name) {
				return n
			}
		}
	}
	return nil
}

// permalinks gives the notes that ask for an address what they ask for,
// before any other note can take it.
func (p *plan) permalinks(v *vault.Vault) {
	for _, n := range v.Notes {
		link := slug(n.Properties.Permalink)
		if link == "" || n == p.home {
			continue
		}
		p.notes[n] = p.claim(URL(link+"/"), n.Path)
	}
}

// claimNote gives a note the address of its path. A folder's index note
// stands at the folder itself.
func (p *plan) claimNote(n *vault.Note) URL {
	base := slug(strings.TrimSuffix(n.Path, path.Ext(n.Path)))
	dir, name := path.Split(base)
	if strings.EqualFold(name, "index") && dir != "" && !p.isTaken(URL(dir)) {
		return p.claim(URL(dir), n.Path)
	}
	return p.claim(URL(base+"/"), n.Path)
}

func (p *plan) isTaken(u URL) bool {
	_, ok := p.taken[strings.ToLower(u.file())]
	return ok
}

// claim gives out an address once. Who comes second gets the address with a
// number, and if that is a note a problem that names both. Addresses that differ in letter case
// alone count as one, since some disks and hosts cannot tell them apart.
func (p *plan) claim(u URL, who string) URL {
	got, first := u, ""
	for i := 2; ; i++ {
		key := strings.ToLower(got.file())
		owner, ok := p.taken[key]
		if !ok {
			p.taken[key] = who
			break
		}
		if first == "" {
			first = owner
		}
		got = numbered(u, i)
	}
	if first != "" && isNote(who) {
		p.problems = append(p.problems, vault.Problem{Path: who, Message: fmt.Sprintf(
			"wants the address %q, which %s has; it stands at %q", u, first, got)})
	}
	return got
}

func isNote(who string) bool { return strings.HasSuffix(strings.ToLower(who), ".md") }

// numbered is an address with a number at the end of its name.
func numbered(u URL, i int) URL {
	s, n := string(u), "-"+strconv.Itoa(i)
	if base, ok := strings.CutSuffix(s, "/"); ok {
		return URL(base + n + "/")
	}
	if s == "" {
		return URL("index" + n + "/")
	}
	ext := path.Ext(s)
	return URL(strings.TrimSuffix(s, ext) + n + ext)
}

// planTags gathers the notes of each tag. A note with the tag "a/b" has the
// tag "a" too (Obsidian help, Tags).
func (p *plan) planTags(v *vault.Vault) {
	for _, n := range v.Notes {
		for _, tag := range n.Tags {
			for name := tag; name != ""; name = parentTag(name) {
				t := p.tag(name)
				if len(t.Notes) == 0 || t.Notes[len(t.Notes)-1] != n {
					t.Notes = append(t.Notes, n)
				}
			}
		}
	}
	if len(p.tags) == 0 {
		return
	}
	slices.SortFunc(p.tags, func(a, b *tagPage) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)))
	})
	p.tagsURL = p.claim("tags/", "the list of tags")
	for _, t := range p.tags {
		t.URL = p.claim(URL("tags/"+slug(strings.ToLower(t.Name))+"/"), "the tag #"+t.Name)
	}
}

func (p *plan) tag(name string) *tagPage {
	key := strings.ToLower(name)
	t := p.tagByName[key]
	if t == nil {
		t = &tagPage{Name: name}
		p.tagByName[key] = t
		p.tags = append(p.tags, t)
	}
	return t
}

// parentTag is "a" for "a/b", "" for "a".
func parentTag(name string) string {
	i := strings.LastIndexByte(name, '/')
	if i < 0 {
		return ""
	}
	return strings.TrimRight(name[:i], "/")
}

// planFiles gives an address to each file that a published note shows or
// links to, and to no other.
func (p *plan) planFiles(v *vault.Vault) {
	for _, n := range v.Notes {
		for _, l := range n.AllLinks() {
			f := l.Target.File
			if f == nil {
				continue
			}
			if _, ok := p.files[f]; !ok {
				p.files[f] = p.claim(URL(slug(f.Path)), f.Path)
			}
		}
	}
}

// url is where a target stands, with its fragment.
func (p *plan) url(t vault.Target) (URL, string) {
	switch {
	case t.File != nil:
		return p.files[t.File], ""
	case t.Heading != nil:
		return p.notes[t.Note], t.Heading.ID
	case t.Block != nil:
		return p.notes[t.Note], "^" + t.Block.ID
	}
	return p.notes[t.Note], ""
}

// tagHref leads from the page of a note to that of a tag.
func (p *plan) tagHref(from *vault.Note, tag string) string {
	t := p.tagByName[strings.ToLower(tag)]
	if t == nil {
		return ""
	}
	return relative(p.notes[from], t.URL, "")
}

// pages counts the pages of the site: notes, folders, tags, and the lists.
func (p *plan) pages() int {
	n := len(p.notes) + len(p.tags) + 2 // the list of notes and 404.html
	for _, f := range p.folders {
		if f != p.top && f.Index == nil {
			n++
		}
	}
	if len(p.tags) > 0 {
		n++
	}
	if p.graph != "" {
		n++
	}
	return n
}
