package site

import (
	"crypto/sha256"
	"io/fs"
	"slices"
	"sync"
	"time"

	"runnel/pack"
	"runnel/search"
	"runnel/vault"
)

// A sum is a hash of all that something is made of.
type sum [16]byte

func sumOf(b []byte) sum {
	h := sha256.Sum256(b)
	return sum(h[:len(sum{})])
}

// A part of a site is one or several files with what they were made of. As
// long as that is the same they need not be made again.
type part struct {
	Name     string // in the site; of a page that of its file
	Key      sum
	Files    []string
	Problems []vault.Problem // that making them found
}

// A reuse knows which parts of a site are there from the build before, and
// gathers those of this one. Where it is nil, all are made. It is safe for
// concurrent use.
type reuse struct {
	out    *output
	record *record
	old    map[string]*part // by name, those of which all files are there
	looks  []map[string]int // by folder and name, the number in record.Read

	mu    sync.Mutex
	parts []part
	kept  int

	index *search.Memory // made when somebody asks
}

// newReuse finds what there is in an output folder; nil where no record is
// kept.
func newReuse(r *record, out *output) *reuse {
	if r == nil {
		return nil
	}
	u := &reuse{out: out, record: r}
	for _, read := range r.Read {
		numbers := make(map[string]int, len(read))
		for i, l := range read {
			numbers[l.Name] = i
		}
		u.looks = append(u.looks, numbers)
	}
	if r.old == nil || r.there == nil || out.mark != r.old.Mark {
		return u
	}
	out.there = r.there
	u.old = make(map[string]*part, len(r.old.Parts))
	for i := range r.old.Parts {
		p := &r.old.Parts[i]
		if !slices.ContainsFunc(p.Files, func(name string) bool { _, ok := r.there[name]; return !ok }) {
			u.old[p.Name] = p
		}
	}
	return u
}

// memory is what is remembered of the search index; nil where no record is
// kept.
func (u *reuse) memory() *search.Memory {
	if u == nil {
		return nil
	}
	u.index = &search.Memory{}
	if old := u.record.old; old != nil {
		u.index.Groups, u.index.Notes = old.Groups, old.Searched
		u.index.Old = func(key string) []search.Part {
			if len(key) < len(sum{}) {
				return nil
			}
			if was := u.record.changed[sum([]byte(key[:len(sum{})]))]; was != nil {
				return was.parts()
			}
			return nil
		}
	}
	return u.index
}

// indexed are the groups and notes of the search index as it is now.
func (u *reuse) indexed() (map[string]search.Group, []search.Known) {
	switch {
	case u.index != nil:
		return u.index.Groups, u.index.Notes
	case u.record.old != nil:
		return u.record.old.Groups, u.record.old.Searched // it was kept whole
	}
	return nil, nil
}

// places are where notes stood in the graph of before.
func (u *reuse) places() places {
	if u == nil || u.record.old == nil {
		return places{}
	}
	return u.record.old.Places
}

// isMost reports whether most of the site is there, as far as one can tell.
func (u *reuse) isMost() bool { return u != nil && len(u.old) > 0 }

// keep keeps the files of a part as they are, if it would be made of the same
// again. The problems are those that were found then.
func (u *reuse) keep(name string, key sum) ([]vault.Problem, bool) {
	if u == nil {
		return nil, false
	}
	p := u.old[name]
	if p == nil || p.Key != key || key == (sum{}) {
		return nil, false
	}
	u.out.keepAll(p.Files)
	u.note(*p)
	u.mu.Lock()
	u.kept++
	u.mu.Unlock()
	return p.Problems, true
}

// note remembers a part for the next build. One without a key is not kept.
func (u *reuse) note(p part) {
	if u == nil || p.Key == (sum{}) {
		return
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	u.parts = append(u.parts, p)
}

// count says how many parts are kept.
func (u *reuse) count() int {
	if u == nil {
		return 0
	}
	return u.kept
}

// made are the parts of this build.
func (u *reuse) made() []part { return u.parts }

// looksOf are those of a file of a folder that is read.
func (u *reuse) looksOf(folder int, name string) (looks, bool) {
	i, ok := u.looks[folder][name]
	if !ok {
		return looks{}, false
	}
	return u.record.Read[folder][i], true
}

// file is a key for what is in a file that was read: its looks, if they say so.
func (u *reuse) file(f *vault.File) sum {
	if u == nil {
		return sum{}
	}
	r := u.record
	i := slices.IndexFunc(r.roots, func(root fs.FS) bool { return root == f.FS })
	if i < 0 {
		return sum{}
	}
	l, ok := u.looksOf(i, f.Name)
	if !ok || l.isNew(r.started) {
		return sum{}
	}
	b := pack.Int(nil, i)
	for _, n := range []int64{l.Size, l.Modified, l.Changed, int64(l.Inode)} {
		b = pack.Int(b, int(n))
	}
	return sumOf(pack.Text(b, l.Name))
}

// modified is when a note's file was last written, as it was looked at.
func (u *reuse) modified(name string) (time.Time, bool) {
	if u == nil {
		return time.Time{}, false
	}
	l, ok := u.looksOf(0, name)
	return time.Unix(0, l.Modified).UTC(), ok
}
