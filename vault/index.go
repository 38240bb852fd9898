package vault

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"
)

// An index finds the files of a vault by what links call them. It is not
// changed once it is finished, and then any number of goroutines may use it.
type index struct {
	// paths and names hold entries by their folded path and base name.
	paths, names map[string][]*entry
	// outside holds the files of Options.Attachments by folded base name.
	outside map[string][]*entry
	aliases map[string][]*entry
	// plain holds entries by names that are written as the file is called, which
	// most links are: those of a note without its `.md`, if it is the only file
	// of that name and the name needs no folding. What it finds is found
	// without it, in more steps.
	plain map[string]*entry
	// near finds public entries whose name has the same letters; hints are
	// made of it, and only when there is a link to nothing.
	near    func() map[string][]*entry
	entries []*entry
}

// An entry is a file that links may lead to. One without note and file is a
// note that is not published.
type entry struct {
	path string // as on disk
	key  string // folded
	dir  string // the folder's part of key, "." for the root
	note *Note
	file *File
}

func newIndex(files int) *index {
	return &index{
		paths: make(map[string][]*entry, files), names: make(map[string][]*entry, files),
		outside: map[string][]*entry{}, aliases: map[string][]*entry{},
	}
}

// fold makes names comparable: letter case makes no difference, nor does the
// normal form of Unicode that a disk or an editor has chosen.
func fold(s string) string {
	upper := false
	for i := range len(s) {
		c := s[i]
		if c >= 0x80 {
			return norm.NFC.String(strings.ToLower(normalize(s)))
		}
		upper = upper || 'A' <= c && c <= 'Z'
	}
	if upper {
		return strings.ToLower(s)
	}
	return s
}

// normalize does to a path what Obsidian does (its API, normalizePath):
// spaces that do not break are spaces, and letters are composed.
func normalize(s string) string {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return norm.NFC.String(unbroken.Replace(s))
		}
	}
	return s
}

var unbroken = strings.NewReplacer("\u00A0", " ", "\u202F", " ")

func newEntry(name string) *entry {
	key := fold(name)
	return &entry{path: name, key: key, dir: path.Dir(key)}
}

func (ix *index) add(e *entry) *entry {
	ix.entries = append(ix.entries, e)
	ix.paths[e.key] = append(ix.paths[e.key], e)
	name := path.Base(e.key)
	ix.names[name] = append(ix.names[name], e)
	return e
}

func (ix *index) addHidden(name string) { ix.add(newEntry(name)) }
func (ix *index) addFile(f *File)       { ix.add(newEntry(f.Path)).file = f }

func (ix *index) addNote(n *Note) {
	e := ix.add(newEntry(n.Path))
	e.note = n
	for _, alias := range n.Properties.Aliases {
		key := fold(alias)
		ix.aliases[key] = append(ix.aliases[key], e)
	}
}

func (ix *index) addAttachment(f *File) {
	e := newEntry(f.Path)
	e.file = f
	name := path.Base(e.key)
	ix.outside[name] = append(ix.outside[name], e)
}

// finish sorts the entries, so that the order of adding makes no difference.
func (ix *index) finish() {
	for _, m := range []map[string][]*entry{
		ix.paths, ix.names, ix.outside, ix.aliases,
	} {
		for _, entries := range m {
			slices.SortFunc(entries, func(a, b *entry) int {
				return cmp.Compare(a.path, b.path)
			})
		}
	}
	ix.plain = make(map[string]*entry, len(ix.names))
	for _, entries := range ix.names {
		if name, ok := strings.CutSuffix(path.Base(entries[0].path), ".md"); ok && len(entries) == 1 && path.Ext(name) == "" && isASCII(name) {
			ix.plain[name] = entries[0]
		}
	}
	ix.near = sync.OnceValue(ix.nearNames)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
