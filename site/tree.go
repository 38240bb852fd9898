package site

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"runnel/theme"
	"runnel/vault"
)

// A folder is one of the vault that has published notes in it or below it.
type folder struct {
	Path    string // "." for the vault itself
	URL     URL    // of its own page, or of the note that stands for it
	Index   *vault.Note
	Folders []*folder     // sorted by name
	Notes   []*vault.Note // sorted by title, without Index
}

// name is the folder's own.
func (f *folder) name() string { return path.Base(f.Path) }

// size is how many notes are in it and below it.
func (f *folder) size() int {
	n := len(f.Notes)
	if f.Index != nil {
		n++
	}
	for _, sub := range f.Folders {
		n += sub.size()
	}
	return n
}

// planFolders gives each folder a page: the note index.md in it, or a list of
// what it holds.
func (p *plan) planFolders(v *vault.Vault) {
	p.folders = map[string]*folder{}
	p.top = p.folder(".")
	for _, n := range v.Notes {
		f := p.folder(path.Dir(n.Path))
		if n == p.home || f != p.top && isIndex(n) && p.notes[n] == folderURL(f.Path) {
			f.Index = n
			continue
		}
		f.Notes = append(f.Notes, n)
	}
	for _, f := range p.sortedFolders() {
		f.Notes = byTitle(f.Notes)
		switch {
		case f == p.top:
			f.URL = p.all
		case f.Index != nil:
			f.URL = p.notes[f.Index]
		default:
			f.URL = p.claim(folderURL(f.Path), "the folder "+f.Path)
		}
	}
}

func folderURL(dir string) URL { return URL(slug(dir) + "/") }

func isIndex(n *vault.Note) bool {
	base := path.Base(n.Path)
	return strings.EqualFold(strings.TrimSuffix(base, path.Ext(base)), "index")
}

// folder is the one at a path, made if need be with those above it.
func (p *plan) folder(dir string) *folder {
	f := p.folders[dir]
	if f == nil {
		f = &folder{Path: dir}
		p.folders[dir] = f
		if dir != "." {
			above := p.folder(path.Dir(dir))
			above.Folders = append(above.Folders, f)
		}
	}
	return f
}

// sortedFolders are all folders by their paths; those in each are sorted by
// name.
func (p *plan) sortedFolders() []*folder {
	all := make([]*folder, 0, len(p.folders))
	for _, f := range p.folders {
		slices.SortFunc(f.Folders, func(a, b *folder) int {
			return cmp.Or(cmp.Compare(strings.ToLower(a.Path), strings.ToLower(b.Path)), cmp.Compare(a.Path, b.Path))
		})
		all = append(all, f)
	}
	slices.SortFunc(all, func(a, b *folder) int { return cmp.Compare(a.Path, b.Path) })
	return all
}

// How much of a folder the tree shows around what is open: pages must not
// grow with the vault.
const (
	treeFolders = 16
	treeNotes   = 12
)

// tree is the part of the folder tree that a page shows: the folders on the
// way to dir with what is in them, and in dir the notes around here. here may
// be nil.
func (p *plan) tree(from URL, dir string, here *vault.Note) []theme.Branch {
	return p.branches(p.top, from, dir, here)
}

func (p *plan) branches(f *folder, from URL, dir string, here *vault.Note) []theme.Branch {
	out := make([]theme.Branch, 0, min(len(f.Folders), treeFolders)+min(len(f.Notes), treeNotes)+1)
	open := slices.IndexFunc(f.Folders, func(sub *folder) bool {
		return sub.Path == dir || strings.HasPrefix(dir, sub.Path+"/")
	})
	first, last := window(len(f.Folders), max(open, 0), treeFolders)
	for i, sub := range f.Folders[first:last] {
		b := theme.Branch{Link: theme.Link{Text: sub.name(), Href: relative(from, sub.URL, "")}, Folder: true}
		b.Here = from == sub.URL
		if first+i == open {
			b.Open, b.Branches = true, p.branches(sub, from, dir, here)
		}
		out = append(out, b)
	}
	hidden := len(f.Folders) - (last - first)
	if f.Path == dir || f == p.top {
		first, last = window(len(f.Notes), max(slices.Index(f.Notes, here), 0), treeNotes)
		for _, n := range f.Notes[first:last] {
			out = append(out, theme.Branch{Here: n == here,
				Link: theme.Link{Text: n.Title, Href: relative(from, p.notes[n], "")}})
		}
		hidden += len(f.Notes) - (last - first)
	}
	if hidden > 0 {
		out = append(out, theme.Branch{More: hidden, Link: theme.Link{Href: relative(from, f.URL, "")}})
	}
	return out
}

// window is a range of at most size out of n around at.
func window(n, at, size int) (first, last int) {
	first = max(0, min(at-size/2, n-size))
	return first, min(n, first+size)
}
