package site

import (
	"encoding/json"
	"fmt"
	"path"
	"strconv"
	"strings"
	"sync"

	"runnel/pack"
	"runnel/vault"
)

// keys say what the files of a site are made of, without making them: as long
// as a key is the same, so is the file. Each names all that is read in making
// the file: what follows from the text of a note alone is named by the hash of
// that text, what comes from elsewhere (addresses, titles, where a link leads)
// is written down. More than that does no harm but to make a file again. What
// has changed of the tool, the options and what runs the programs is no matter
// of keys: then there is no record.
type keys struct {
	*edition
	common sum   // what all files depend on
	faces  []sum // of each note, how others show it: its address and title
	ties   []sum // of each note, to whom it is tied, and how
	tags   sum   // all tags

	buffers sync.Pool // of *[]byte

	listing func() sum // of list

	mu     sync.Mutex
	chains map[string]sum // of each folder, the tree around it
}

// newKeys gets ready to say keys; nil where nobody wants any.
func newKeys(e *edition) *keys {
	if e.reuse == nil {
		return nil
	}
	k := &keys{edition: e, chains: make(map[string]sum), faces: make([]sum, len(e.nearby.notes)), ties: make([]sum, len(e.nearby.notes))}
	home := ""
	if e.plan.home != nil {
		home = e.plan.home.Path
	}
	k.common = sumOf(fmt.Appendf(nil, "%q %+v %+v %q %q", home, e.settings, *e.site, e.programs.lab, e.plan.graphData))
	var b []byte
	for i, n := range e.nearby.notes {
		b = pack.Text(b[:0], string(e.plan.notes[n]))
		b = pack.Text(b, n.Title)
		k.faces[i] = sumOf(b)
	}
	b = b[:0]
	for _, t := range e.plan.tags {
		b = pack.Text(b, t.Name)
		b = pack.Text(b, string(t.URL))
	}
	k.tags = sumOf(b)
	k.listing = sync.OnceValue(func() sum { return sumOf(k.list()) })
	return k
}

// tie gets ready for keys of pages, and of the graph.
func (k *keys) tie() {
	if k == nil {
		return
	}
	together(
		func() { k.nearby.mentions() },
		func() {
			var b []byte
			for i := range k.nearby.notes {
				b = b[:0]
				for _, near := range k.nearby.graph().Neighbours(i) {
					b = append(b, k.faces[near.Node][:]...)
					b = pack.Int(b, near.Out)
					b = pack.Int(b, near.In)
				}
				k.ties[i] = sumOf(b)
			}
		},
	)
}

func (k *keys) face(b []byte, n *vault.Note) []byte {
	return append(b, k.faces[k.nearby.index[n]][:]...)
}

// note is the key of a note's page. It goes through what (*pages).note makes a
// page of, in that order.
func (k *keys) note(n *vault.Note) sum {
	if k == nil {
		return sum{}
	}
	buffer, _ := k.buffers.Get().(*[]byte)
	if buffer == nil {
		buffer = new([]byte)
	}
	defer k.buffers.Put(buffer)
	b, ok := k.page((*buffer)[:0], n)
	*buffer = b
	if !ok {
		return sum{}
	}
	return sumOf(b)
}

// page appends what a note's page is made of.
func (k *keys) page(b []byte, n *vault.Note) (key []byte, ok bool) {
	b = pack.Text(append(b, k.common[:]...), n.Path)
	b = k.face(b, n)
	for _, m := range shownOn(n) { // the note and what it embeds
		b = append(b, m.Sum[:]...)
		b = k.face(pack.Text(b, m.Path), m)
		b = k.tagsOf(b, m)
		for _, l := range m.AllLinks() {
			if b, ok = k.target(b, l.Target); !ok {
				return b, false
			}
		}
		if b, ok = k.outcomes(b, m); !ok {
			return b, false
		}
	}
	b = k.tree(b, path.Dir(n.Path), n)
	date := k.dates.of(n)
	b = pack.Int(b, int(date.UnixNano()))
	for _, l := range n.Backlinks { // which of its links these are, says its text
		b = k.face(b, l.From)
		b = append(b, l.From.Sum[:]...)
		b = pack.Text(pack.Int(pack.Int(b, l.Line), l.Column), l.Written)
	}
	b = pack.Int(b, len(n.Backlinks))
	for _, m := range k.nearby.mentions()[n] {
		b = k.face(b, m.by)
		b = append(b, m.by.Sum[:]...)
		b = pack.Int(pack.Int(pack.Int(b, int(m.passage)), int(m.start)), int(m.end))
	}
	// The drawing shows whom the note is tied to, and they to each other.
	at := k.nearby.index[n]
	b = append(b, k.ties[at][:]...)
	for _, near := range k.nearby.graph().Neighbours(at) {
		b = append(b, k.ties[near.Node][:]...)
	}
	return b, true
}

// shownOn is vault.Note.Embedded, for the many notes that embed none in no time.
func shownOn(n *vault.Note) []*vault.Note {
	for _, l := range n.Links {
		if l.Embed && l.Target.Note != nil {
			return n.Embedded()
		}
	}
	return []*vault.Note{n}
}

// target is where a link leads. It is not ok where that is a file of which is
// not known what is in it.
func (k *keys) target(b []byte, t vault.Target) (key []byte, ok bool) {
	b = pack.Int(b, int(t.State))
	switch {
	case t.File != nil:
		content := k.reuse.file(t.File)
		b = pack.Text(b, t.File.Path)
		b = pack.Text(b, string(k.plan.files[t.File]))
		return append(b, content[:]...), content != (sum{})
	case t.Heading != nil:
		b = pack.Text(pack.Text(pack.Int(b, 1), t.Heading.ID), t.Heading.Text)
	case t.Block != nil:
		b = pack.Text(pack.Int(b, 2), t.Block.ID)
	}
	if t.Note != nil {
		b = k.face(b, t.Note)
	}
	return b, true
}

// tagsOf is where the tags of a note lead. Of one that is not plain there may
// be another form in the text than the one that the note is listed by.
func (k *keys) tagsOf(b []byte, n *vault.Note) []byte {
	for _, tag := range n.Tags {
		if t := k.plan.tagByName[strings.ToLower(tag)]; t != nil {
			b = pack.Text(b, string(t.URL))
		}
		if strings.ContainsFunc(tag, func(r rune) bool { return r >= 0x80 }) {
			b = append(b, k.tags[:]...)
		}
	}
	return b
}

// outcomes are what became of the programs of a note.
func (k *keys) outcomes(b []byte, n *vault.Note) (key []byte, ok bool) {
	for _, s := range n.Snippets {
		result, ran := k.programs.results[s]
		if !ran {
			continue
		}
		result.Real, result.Cached = 0, false
		text, err := json.Marshal(result)
		if err != nil {
			return b, false
		}
		b = pack.Text(pack.Int(b, s.Index), string(text))
	}
	return b, true
}

// tree is the part of the folder tree around a note, as (*plan).tree chooses
// it, and the crumbs, which are folders of it.
func (k *keys) tree(b []byte, dir string, here *vault.Note) []byte {
	chain := k.chain(dir)
	b = append(b, chain[:]...)
	return k.listed(b, k.plan.folders[dir], here)
}

// listed are the notes of a folder that a page shows.
func (k *keys) listed(b []byte, f *folder, here *vault.Note) []byte {
	at := 0
	for i, n := range f.Notes {
		if n == here {
			at = i
			break
		}
	}
	first, last := window(len(f.Notes), at, treeNotes)
	for _, n := range f.Notes[first:last] {
		b = k.face(b, n)
	}
	return pack.Int(b, len(f.Notes))
}

// chain are the folders on the way to one, with those beside them.
func (k *keys) chain(dir string) sum {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.chainTo(dir)
}

func (k *keys) chainTo(dir string) sum {
	if known, ok := k.chains[dir]; ok {
		return known
	}
	var b []byte
	f := k.plan.folders[dir]
	if f == k.plan.top {
		b = k.listed(b, f, nil)
	} else {
		above := k.chainTo(path.Dir(dir))
		b = append(b, above[:]...)
		// Which of the folders above is open.
		b = pack.Text(b, f.Path)
	}
	b = pack.Text(b, string(f.URL))
	// All of them rather than those around the open one: a folder that comes or
	// goes is seldom.
	for _, sub := range f.Folders {
		b = pack.Text(pack.Text(b, sub.Path), string(sub.URL))
	}
	b = pack.Int(b, len(f.Folders))
	k.chains[dir] = sumOf(b)
	return k.chains[dir]
}

// search is the key of the search index.
func (k *keys) search() sum {
	if k == nil {
		return sum{}
	}
	b := pack.Text(make([]byte, 0, 1<<10+100*len(k.nearby.notes)), string(k.plan.search))
	for _, n := range k.nearby.notes {
		b = pack.Text(append(b, n.Sum[:]...), n.Path)
		b = k.face(b, n)
	}
	return sumOf(b)
}

// rest is the key of lists, redirects and what pages load.
func (k *keys) rest() sum {
	if k == nil {
		return sum{}
	}
	return k.listing()
}

// list is what lists of notes are made of.
func (k *keys) list() []byte {
	b := append(make([]byte, 0, 1<<10+100*len(k.nearby.notes)), k.common[:]...)
	for _, n := range k.nearby.notes {
		b = k.face(pack.Text(b, n.Path), n)
		b = pack.Texts(b, n.Tags)
	}
	for _, f := range k.plan.sortedFolders() {
		b = pack.Text(pack.Text(b, f.Path), string(f.URL))
		if f.Index != nil {
			b = pack.Text(b, f.Index.Path)
		}
	}
	b = append(b, k.tags[:]...)
	b = fmt.Appendf(b, "%q %q", k.style.URL, k.style.data)
	for _, r := range k.plan.redirects {
		b = pack.Text(pack.Text(b, string(r.from)), string(r.to))
		b = strconv.AppendBool(b, r.page)
	}
	return b
}

// graph is the key of the page of the graph.
func (k *keys) graph() sum {
	if k == nil {
		return sum{}
	}
	listing := k.listing()
	b := append(make([]byte, 0, len(k.ties)*len(sum{})+len(listing)), listing[:]...)
	for i := range k.nearby.notes {
		b = append(b, k.ties[i][:]...)
	}
	return sumOf(b)
}
