package site

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"debug/elf"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"runnel/search"
	"runnel/vault"
)

// A record says of what a site was built and what it looked like then. As long
// as all of that is the same, a build need not be made: its files are there.
// Where some of it is the same, a build reads only the notes that have changed
// ([remembered]) and makes only the files that are made of something else than
// before ([reuse]). Records are kept in the cache, never in the vault.
//
// A record is never believed where it could be wrong: it holds a checksum of
// itself and of what is kept beside it; the hash of the tool that wrote it, and
// of what programs depend on; the looks of each file that was read, and the
// content of those that were new then; the looks of each file that was written,
// and a mark in the output folder that any build changes before it touches a
// file there.
type record struct {
	Key    string
	Head   string // the commit that dates were read at
	Mark   string
	Read   [][]looks // of the notes and each folder of attachments
	Made   []looks
	Report Report
	Parts  []part
	// Memory are the files with what each note says, Chunks their parts.
	Memory []string
	Chunks []chunk
	Names  sum // which names were looked for in the notes
	Groups map[string]search.Group
	// Searched are the notes of the search index, in its order.
	Searched []search.Known
	Places   places // of the graph of all notes

	build   *Build
	roots   []fs.FS // of Read
	started time.Time
	file    string // where it is kept
	// old is the record of the build before, nil where it says nothing of this
	// one; there are those of its Made that are there as they were. As it was
	// is, of what is read, by folder and name, its content.
	old    *record
	there  map[string]looks
	asOld  []map[string][]byte
	allOld bool // all that is read is as it was
	// changed is what was known of notes that are another now, by searchKey.
	changed map[sum]*said
}

// begin looks at all that a build will read. It gives nil where no record can
// be kept, or what is read does not say by its looks whether it has changed.
func (b *Build) begin(ctx context.Context, f *folders) *record {
	if b.Cache == "" {
		return nil
	}
	r := &record{build: b, started: time.Now().Add(b.later), roots: []fs.FS{f.notes.FS()}}
	for _, folder := range f.attachments {
		r.roots = append(r.roots, folder.FS)
	}
	var err error
	if r.file, err = b.recordFile(); err != nil {
		return nil
	}
	var failed atomic.Bool
	together(
		func() {
			if r.Key, err = b.key(ctx); err != nil {
				failed.Store(true)
			}
		},
		func() { r.Head = readHead(ctx, b.Notes) },
		func() {
			for _, dir := range b.reads() {
				read, err := lookAt(ctx, dir)
				if err != nil {
					failed.Store(true)
					return
				}
				r.Read = append(r.Read, read)
			}
		},
		func() {
			r.old, _ = readRecord(r.file)
			if old := r.old; old != nil && old.Mark != "" && old.Mark == readMark(b.Out) {
				r.there = standing(ctx, b.Out, old.Made)
			}
		},
	)
	if failed.Load() {
		return nil
	}
	r.compare(ctx)
	return r
}

// reads are the folders that are read, the notes first.
func (b *Build) reads() []string { return append([]string{b.Notes}, b.Attachments...) }

// compare finds out what is as in the record of the build before.
func (r *record) compare(ctx context.Context) {
	old := r.old
	if old == nil || old.Key != r.Key || len(old.Read) != len(r.Read) {
		r.old = nil
		return
	}
	r.allOld = true
	for i, dir := range r.build.reads() {
		same := sameLooks(ctx, dir, old.Read[i], r.Read[i])
		r.asOld = append(r.asOld, same)
		r.allOld = r.allOld && len(same) == len(r.Read[i]) && len(same) == len(old.Read[i])
	}
}

// recordFile is where the record of an output folder is kept.
func (b *Build) recordFile() (string, error) {
	out, err := realPath(b.Out)
	if err != nil {
		return "", err
	}
	return filepath.Join(b.Cache, "builds", fmt.Sprintf("%x", sha256.Sum256([]byte(out)))), nil
}

// key is all that a site depends on beside the files that are read and the
// commit whose dates are shown: the tool, what runs the programs, the options.
func (b *Build) key(ctx context.Context) (string, error) {
	h := sha256.New()
	tool, err := toolSum()
	if err != nil {
		return "", err
	}
	inputs, err := b.Runner.Inputs(ctx)
	if err != nil {
		return "", err
	}
	notes, err := realPath(b.Notes)
	if err != nil {
		return "", err
	}
	fmt.Fprintf(h, "%x %s %q %q %q %t %q %q %q %q", tool, inputs, notes, b.Notes, b.Attachments, b.All, b.BaseURL, b.HostURL, b.Engine, b.Lab)
	return fmt.Sprintf("%x", h.Sum(nil)), nil
}

// toolSum tells this very tool from others: by the ID that the linker has
// written into it, which is a hash of all that it is made from and what the go
// command itself goes by; else, where there is none, by the hash of its file,
// which takes some 25 ms.
var toolSum = sync.OnceValues(func() ([]byte, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, err
	}
	f, err := os.Open(exe)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if id := buildID(f); len(id) > 40 {
		return id, nil
	}
	h := sha256.New()
	_, err = io.Copy(h, f)
	return h.Sum(nil), err
})

// buildID is the note with the ID in a program in the format ELF; nil where
// there is none.
func buildID(f io.ReaderAt) []byte {
	program, err := elf.NewFile(f)
	if err != nil {
		return nil
	}
	note := program.Section(".note.go.buildid")
	if note == nil {
		return nil
	}
	id, err := note.Data()
	if err != nil {
		return nil
	}
	return id
}

// confirm gives the report of the build that the record is of, if that need
// not be made again.
func (r *record) confirm() *Report {
	if r == nil || r.old == nil || !r.allOld || r.old.Head != r.Head || r.there == nil || len(r.there) != len(r.old.Made) {
		return nil
	}
	report := r.old.Report
	report.Cached, report.Written, report.Removed = report.Programs, 0, 0
	report.confirmed = true
	report.notes, report.out = r.build.Notes, r.build.Out
	return &report
}

// sameLooks gives those files of a folder that are as they were, by name, with
// the sums of those of which it was noted.
func sameLooks(ctx context.Context, dir string, old, now []looks) map[string][]byte {
	before := make(map[string]looks, len(old))
	for _, l := range old {
		before[l.Name] = l
	}
	as := make([]bool, len(now))
	_ = each(ctx, chunks(numbers(len(now)), 200), func(some []int) error {
		for _, i := range some {
			l, ok := before[now[i].Name]
			as[i] = ok && l.same(now[i]) && l.isAs(dir)
		}
		return nil
	})
	same := make(map[string][]byte, len(now))
	for i, l := range now {
		if as[i] {
			same[l.Name] = before[l.Name].Sum
		}
	}
	return same
}

func numbers(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// standing gives those of the files of a folder that look as they did.
func standing(ctx context.Context, dir string, made []looks) map[string]looks {
	as := make([]bool, len(made))
	_ = each(ctx, chunks(numbers(len(made)), 200), func(some []int) error {
		for _, i := range some {
			now, regular, err := lookAtFile(dir, made[i].Name)
			as[i] = err == nil && regular && made[i].same(now)
		}
		return nil
	})
	there := make(map[string]looks, len(made))
	for i, l := range made {
		if as[i] {
			there[l.Name] = l
		}
	}
	return there
}

func chunks[T any](all []T, size int) (parts [][]T) {
	for len(all) > size {
		parts, all = append(parts, all[:size]), all[size:]
	}
	return append(parts, all)
}

// save keeps the record of a build that has been made. That it cannot be kept
// is no error: the next build is made whole.
func (r *record) save(k *vault.Keeper, out *output, e *edition, report *Report) {
	if r == nil {
		return
	}
	if report.Notice != "" || report.unsure || out.sealed == nil || !r.know(k, e) {
		_ = os.Remove(r.file)
		r.forget()
		return
	}
	r.Mark, r.Made, r.Report, r.Parts = out.sealed.mark, out.sealed.made, *report, e.reuse.made()
	r.Groups, r.Searched = e.reuse.indexed()
	if r.Places = e.plan.placing.places; r.Places.at == nil && r.old != nil {
		r.Places = r.old.Places // nobody asked for them
	}
	if r.remember(k, e) == nil && r.write() == nil {
		r.forget()
	}
}

// know notes the content of what was new when we looked; false where what was
// read of it is not known.
func (r *record) know(k *vault.Keeper, e *edition) bool {
	for i, read := range r.Read {
		for j := range read {
			l := &read[j]
			if !l.isNew(r.started) {
				continue
			}
			if r.old != nil && r.asOld[i][l.Name] != nil {
				l.Sum = r.asOld[i][l.Name]
				continue
			}
			var known bool
			switch {
			case i == 0 && isNote(l.Name):
				var content [sha256.Size]byte
				content, known = k.Sum(l.Name)
				l.Sum = slices.Clone(content[:])
			case i == 0 && l.Name == publishCSS:
				content := sha256.Sum256(e.style.data)
				l.Sum, known = content[:], e.style.URL != ""
			default:
				l.Sum, known = e.files.content(r.roots[i], l.Name)
			}
			if !known {
				return false
			}
		}
	}
	return true
}

// markFile says which build the files in the output folder are of. It is
// another as soon as a build begins to write there.
const markFile = ownFolder + "/mark"

func readMark(dir string) string {
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(markFile)))
	if err != nil {
		return ""
	}
	return string(data)
}

// A seal says what a build has made, and by which mark it is known.
type seal struct {
	mark string
	made []looks
}

// seal marks the folder as that of this build alone. It is called while no
// other build puts its files in place.
func (o *output) seal() {
	s := &seal{mark: rand.Text(), made: make([]looks, 0, len(o.made))}
	for name := range o.made {
		if l, ok := o.there[name]; ok && !o.staged[name] {
			s.made = append(s.made, l)
			continue
		}
		l, _, err := lookAtFile(o.dir, name)
		if err != nil {
			return
		}
		s.made = append(s.made, l)
	}
	if o.setMark(s.mark) == nil {
		o.sealed = s
	}
}
