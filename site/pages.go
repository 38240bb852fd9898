package site

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"runnel/render"
	"runnel/theme"
	"runnel/vault"
)

// A sink takes the files of a site, by their paths in it.
type sink interface {
	Write(name string, data []byte) error
}

// pages makes the site's pages and writes them to the output.
type pages struct {
	settings settings
	dates    *dates
	plan     *plan
	nearby   *nearby
	theme    *theme.Theme
	rend     *render.Renderer
	out      sink
	site     *theme.Site
	buffers  *sync.Pool // of *bytes.Buffer
}

// onto is the same pages for another sink. Parts of a site are made at once,
// each for a sink that knows what is in it.
func (p *pages) onto(out sink) *pages {
	other := *p
	other.out = out
	return &other
}

// base is what every page at an address has, in a folder of the vault.
func (p *pages) base(u URL, title, dir string, here *vault.Note) *theme.Page {
	return &theme.Page{Site: p.site, Title: title, Lang: p.settings.Lang, Dir: direction(p.settings.Lang), Root: u.root(), Path: u.escape(),
		Tree: p.plan.tree(u, dir, here)}
}

// direction is "rtl" for a language that is written from right to left.
func direction(lang string) string {
	script, _ := language.Make(lang).Script()
	switch script.String() {
	case "Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg":
		return "rtl"
	}
	return ""
}

func (p *pages) write(u URL, page *theme.Page) error {
	b := p.buffer()
	defer p.buffers.Put(b)
	if err := p.theme.Execute(b, page); err != nil {
		return err
	}
	return p.out.Write(u.file(), b.Bytes())
}

// buffer is an empty one that others have used before.
func (p *pages) buffer() *bytes.Buffer {
	b, _ := p.buffers.Get().(*bytes.Buffer)
	if b == nil {
		b = new(bytes.Buffer)
	}
	b.Reset()
	return b
}

// note makes the page of a note, and gives back what rendering found wrong.
func (p *pages) note(n *vault.Note) ([]vault.Problem, error) {
	body := p.buffer()
	defer p.buffers.Put(body)
	drawing := p.buffer()
	defer p.buffers.Put(drawing)
	problems, err := p.body(body, n)
	if err != nil {
		return nil, err
	}
	u := p.plan.notes[n]
	page := p.base(u, n.Title, path.Dir(n.Path), n)
	if n == p.plan.home {
		page.Here, page.Title = "home", p.settings.Title
	}
	page.Lang = cmp.Or(n.Properties.Lang, page.Lang)
	page.Dir = direction(page.Lang)
	page.Crumbs = p.crumbs(u, path.Dir(n.Path))
	page.Description, page.Image = n.Properties.Description, p.cover(n)
	drawing.Write(p.nearby.drawing(drawing.AvailableBuffer(), u, n))
	page.Note = &theme.Note{
		Body:       body.Bytes(), // render cleans what the note writes
		Minutes:    readingTime(body.Bytes()),
		Tags:       p.tagLinks(u, n.Tags),
		Classes:    n.Properties.CSSClasses,
		Date:       p.dates.of(n),
		Properties: p.properties(u, n),
		Contents:   contents(n),
		Backlinks:  p.nearby.backlinks(u, n),
		Outgoing:   p.nearby.outgoing(u, n),
		Mentions:   p.nearby.mentionsOf(u, n),
		Graph:      drawing.Bytes(),
	}
	return problems, p.write(u, page)
}

// body writes what a note says, from its draft where it has one.
func (p *pages) body(b *bytes.Buffer, n *vault.Note) ([]vault.Problem, error) {
	if d := p.nearby.hear(n).draft; d != nil {
		return p.rend.Fill(b, n, d)
	}
	return p.rend.Note(b, n)
}

// crumbs leads to the folders on the way to dir.
func (p *pages) crumbs(from URL, dir string) []theme.Link {
	var out []theme.Link
	for ; dir != "."; dir = path.Dir(dir) {
		f := p.plan.folders[dir]
		link := theme.Link{Text: f.name()}
		if f.URL != from {
			link.Href = relative(from, f.URL, "")
		}
		out = append(out, link)
	}
	slices.Reverse(out)
	return out
}

func (p *pages) tagLinks(from URL, tags []string) []theme.Link {
	var out []theme.Link
	for _, name := range tags {
		to := p.plan.tagByName[strings.ToLower(name)].URL
		out = append(out, theme.Link{Text: "#" + name, Href: relative(from, to, "")})
	}
	return out
}

// properties lists the properties that a reader may care for.
func (p *pages) properties(from URL, n *vault.Note) []theme.Property {
	var out []theme.Property
	for _, q := range n.Properties.Other {
		if isCover(q) {
			continue
		}
		row := theme.Property{Name: q.Name}
		for i, value := range q.Values {
			link := theme.Link{Text: value}
			switch {
			case q.Links != nil && q.Links[i] != nil:
				if t := q.Links[i].Target; t.State == vault.Found {
					to, fragment := p.plan.url(t)
					link.Href = relative(from, to, fragment)
				}
			case strings.HasPrefix(value, "https://"), strings.HasPrefix(value, "http://"):
				link.Href = value
			}
			row.Values = append(row.Values, link)
		}
		out = append(out, row)
	}
	return out
}

// isCover reports whether a property names the picture that stands for a note
// elsewhere (Obsidian help, Social sharing).
func isCover(q vault.Property) bool {
	return strings.EqualFold(q.Name, "cover") || strings.EqualFold(q.Name, "image")
}

// cover is the full address of that picture. Other sites fetch it, so that it
// needs the address of this one.
func (p *pages) cover(n *vault.Note) string {
	for _, q := range n.Properties.Other {
		switch {
		case !isCover(q):
		case q.Links == nil:
			return q.Values[0]
		case q.Links[0] != nil && q.Links[0].Target.File != nil && p.settings.BaseURL != "":
			return p.settings.BaseURL + p.plan.files[q.Links[0].Target.File].escape()
		}
	}
	return ""
}

// contents nests the headings of a note by their levels. A note with fewer
// than two has no table of contents.
func contents(n *vault.Note) []theme.Entry {
	var top theme.Entry
	path := []*theme.Entry{&top} // the entries that the next heading may go below
	levels := []int{0}
	count := 0
	for _, h := range n.Headings {
		if h == n.TitleHeading || h.Text == "" {
			continue
		}
		count++
		for levels[len(levels)-1] >= h.Level {
			path, levels = path[:len(path)-1], levels[:len(levels)-1]
		}
		parent := path[len(path)-1]
		parent.Entries = append(parent.Entries, theme.Entry{
			Link: theme.Link{Text: h.Text, Href: "#" + escapeFragment(h.ID)}})
		// The entries above no longer grow while this one does, so that the
		// pointer stays good.
		path = append(path, &parent.Entries[len(parent.Entries)-1])
		levels = append(levels, h.Level)
	}
	if count < 2 {
		return nil
	}
	return top.Entries
}

// lists makes the pages that belong to no note.
func (p *pages) lists(ctx context.Context, v *vault.Vault) error {
	if err := p.all(v); err != nil {
		return err
	}
	if err := p.missing(); err != nil {
		return err
	}
	if err := each(ctx, p.plan.sortedFolders(), p.folder); err != nil {
		return err
	}
	if len(p.plan.tags) == 0 {
		return nil
	}
	page := p.base(p.plan.tagsURL, "Tags", ".", nil)
	page.Here = "tags"
	for _, t := range p.plan.tags {
		page.Cloud = append(page.Cloud, theme.Tag{
			Link:  theme.Link{Text: "#" + t.Name, Href: relative(p.plan.tagsURL, t.URL, "")},
			Count: len(t.Notes),
		})
	}
	if err := p.write(p.plan.tagsURL, page); err != nil {
		return err
	}
	return each(ctx, p.plan.tags, func(t *tagPage) error {
		page := p.base(t.URL, "#"+t.Name, ".", nil)
		page.List = &theme.List{Groups: []theme.Group{{Items: p.items(t.URL, t.Notes, true)}}}
		return p.write(t.URL, page)
	})
}

// all makes the list of all notes, a group for each folder.
func (p *pages) all(v *vault.Vault) error {
	folders := make(map[string][]*vault.Note)
	for _, n := range v.Notes {
		dir := path.Dir(n.Path)
		folders[dir] = append(folders[dir], n)
	}
	names := make([]string, 0, len(folders))
	for name := range folders {
		names = append(names, name)
	}
	slices.Sort(names)
	page := p.base(p.plan.all, "All notes", ".", nil)
	page.Here = "all"
	if p.plan.home == nil {
		page.Title, page.Description = p.settings.Title, p.settings.Description
	}
	page.List = &theme.List{}
	for _, name := range names {
		group := theme.Group{Title: name, Items: p.items(p.plan.all, folders[name], false)}
		if name == "." {
			group.Title = "" // the vault's own folder sorts first
		}
		page.List.Groups = append(page.List.Groups, group)
	}
	return p.write(p.plan.all, page)
}

// folder makes the page of a folder, if no note stands for it.
func (p *pages) folder(f *folder) error {
	if f == p.plan.top || f.Index != nil {
		return nil
	}
	page := p.base(f.URL, f.name(), f.Path, nil)
	page.Crumbs = p.crumbs(f.URL, path.Dir(f.Path))
	page.List = &theme.List{}
	var folders []theme.Item
	for _, sub := range f.Folders {
		folders = append(folders, theme.Item{
			Link:  theme.Link{Text: sub.name(), Href: relative(f.URL, sub.URL, "")},
			Aside: count(sub.size(), "note"), Folder: true,
		})
	}
	for _, items := range [][]theme.Item{folders, p.items(f.URL, f.Notes, false)} {
		if len(items) > 0 {
			page.List.Groups = append(page.List.Groups, theme.Group{Items: items})
		}
	}
	return p.write(f.URL, page)
}

// items lists notes by title, with the folder of each if asked for.
func (p *pages) items(from URL, notes []*vault.Note, folders bool) []theme.Item {
	var out []theme.Item
	for _, n := range byTitle(notes) {
		item := theme.Item{Link: theme.Link{Text: n.Title, Href: relative(from, p.plan.notes[n], "")}}
		if dir := path.Dir(n.Path); folders && dir != "." {
			item.Aside = dir
		}
		out = append(out, item)
	}
	return out
}

// byTitle sorts notes by their titles, whatever the case of letters; those of
// one title stay in order.
func byTitle(notes []*vault.Note) []*vault.Note {
	type titled struct {
		title string
		at    int
	}
	order := make([]titled, len(notes))
	for i, n := range notes {
		order[i] = titled{strings.ToLower(n.Title), i}
	}
	slices.SortFunc(order, func(a, b titled) int {
		return cmp.Or(cmp.Compare(a.title, b.title), cmp.Compare(a.at, b.at))
	})
	sorted := make([]*vault.Note, len(notes))
	for i, t := range order {
		sorted[i] = notes[t.at]
	}
	return sorted
}

// missing makes the page that a host sends for addresses that lead nowhere.
// It is sent for any address, so its own links begin at the root of the host.
func (p *pages) missing() error {
	page := p.base("", "Not found", ".", nil)
	page.Root, page.Tree = p.settings.basePath(), nil
	page.Missing = true
	if err := p.write("404.html", page); err != nil {
		return fmt.Errorf("write the page for missing addresses: %w", err)
	}
	return nil
}
