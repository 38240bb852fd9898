package site

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"unsafe"

	"runnel/pack"
	"runnel/vault"
)

// What each note says is kept in files beside the record: all of it in the
// first, and in each further one what has changed since, until there are many.
// They are written in chunks of notes, several of which are read at once. The
// record holds the hash of each, so that all are of one row of builds.

// A chunk is a piece of such a file.
type chunk struct {
	File int // its number in the record
	Size int
	Sum  check
}

// A check tells what was written from what was damaged. It is no hash against
// those who would mislead on purpose: who can write to the cache can write the
// record, too. It takes a tenth of the time of one.
type check [8]byte

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func checkOf(b []byte) (c check) {
	binary.LittleEndian.PutUint32(c[:4], crc32.Checksum(b, castagnoli))
	binary.LittleEndian.PutUint32(c[4:], crc32.ChecksumIEEE(b))
	return c
}

// textOf is bytes that nobody changes any more, as a string: they are many, and
// a copy would take longer than what is done with them.
func textOf(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// chunkSize is about how long a chunk is, in bytes.
const chunkSize = 1 << 20

// mostFiles is how many files there are before all is written anew.
const mostFiles = 12

// brief tells a keeper what is known of the vault.
func (r *record) brief(ctx context.Context, k *vault.Keeper) {
	if r == nil {
		return
	}
	names := make([]string, len(r.Read[0]))
	for i, l := range r.Read[0] {
		names[i] = l.Name
	}
	k.Listed(names)
	if k.Restore(r.remembered(ctx)) != nil {
		r.old = nil // none of it is to be trusted
	}
}

// remembered gives what is known of the notes whose files are as they were in
// the build before; none where any of it is not as it was written.
func (r *record) remembered(ctx context.Context) []vault.Packed {
	if r.old == nil || len(r.asOld[0]) == 0 {
		return nil
	}
	var rest [][]byte // of each file
	for _, name := range r.old.Memory {
		text, err := readWhole(filepath.Join(filepath.Dir(r.file), filepath.Base(name)))
		if err != nil {
			return nil
		}
		rest = append(rest, text)
	}
	texts := make([][]byte, len(r.old.Chunks))
	for i, c := range r.old.Chunks {
		if c.File < 0 || c.File >= len(rest) || c.Size < 0 || c.Size > len(rest[c.File]) {
			return nil
		}
		texts[i], rest[c.File] = rest[c.File][:c.Size], rest[c.File][c.Size:]
	}
	known := make([][]remembered, len(texts))
	err := each(ctx, numbers(len(known)), func(i int) (err error) {
		if checkOf(texts[i]) != r.old.Chunks[i].Sum {
			return errUnsure
		}
		known[i], err = unpackChunk(textOf(texts[i]), r.old.Names)
		return err
	})
	if err != nil {
		return nil
	}
	return r.latest(known)
}

// latest gives of each note what was written last, if its file is as it was.
func (r *record) latest(known [][]remembered) (all []vault.Packed) {
	later := make(map[string]bool) // notes that are in a later file
	r.changed = make(map[sum]*said)
	for i := len(known) - 1; i >= 0; i-- {
		for _, one := range known[i] {
			if later[one.Name] {
				continue
			}
			if r.old.Chunks[i].File > 0 {
				later[one.Name] = true
			}
			_, same := r.asOld[0][one.Name]
			said, published := one.Extra.(*said)
			switch {
			case same && !one.gone:
				all = append(all, one.Packed)
			case published:
				r.changed[searchKey(one.Sum(), one.Name)] = said
			}
		}
	}
	return all
}

// remembered is what a chunk says of a note.
type remembered struct {
	vault.Packed
	gone bool // nothing is known of it
}

// What is known of a note.
const (
	nothing = iota
	unpublished
	published
)

// unpackChunk gives the notes of a chunk.
func unpackChunk(text string, names sum) (known []remembered, err error) {
	in := pack.NewReader(text)
	for range in.Count() {
		one := remembered{Packed: vault.Packed{Name: in.Text()}}
		switch in.Int() {
		case nothing:
			one.gone = true
		case unpublished:
			one.Facts = in.Text()
		default:
			one.Facts = in.Text()
			one.Extra = unpackSaid(in, names)
		}
		known = append(known, one)
	}
	return known, in.Err()
}

// remember writes what each note says, and notes in the record what it wrote.
func (r *record) remember(k *vault.Keeper, e *edition) error {
	if err := os.MkdirAll(filepath.Dir(r.file), 0o777); err != nil {
		return err
	}
	names := e.plan.names()
	r.Names = names.sum
	fresh := func(string) bool { return true }
	if r.extends(k) {
		r.Memory, r.Chunks = r.old.Memory, r.old.Chunks
		fresh = func(name string) bool { return !k.Restored(name) }
	}
	w := &chunkWriter{number: len(r.Memory), chunks: slices.Clip(r.Chunks)}
	name := filepath.Base(r.file) + "-" + rand.Text()
	for _, l := range r.Read[0] {
		if !isNote(l.Name) || !fresh(l.Name) {
			continue
		}
		if w.file == nil {
			var err error
			if w.file, err = os.Create(filepath.Join(filepath.Dir(r.file), name)); err != nil {
				return err
			}
			r.Memory = append(slices.Clip(r.Memory), name)
		}
		w.note(k, e.nearby, l.Name, names)
	}
	if w.file == nil {
		return nil
	}
	w.end()
	r.Chunks = w.chunks
	return errors.Join(w.err, w.file.Close())
}

// extends reports whether what was kept before is good, but for a few notes.
func (r *record) extends(k *vault.Keeper) bool {
	if r.old == nil || r.old.Names != r.Names || len(r.old.Memory) == 0 || len(r.old.Memory) >= mostFiles {
		return false
	}
	fresh, all := 0, 0
	for _, l := range r.Read[0] {
		if isNote(l.Name) {
			all++
			if !k.Restored(l.Name) {
				fresh++
			}
		}
	}
	return fresh <= all/20+1
}

// A chunkWriter gathers notes to chunks of a file.
type chunkWriter struct {
	file   *os.File
	number int // of file
	chunks []chunk
	err    error

	facts, body []byte
	notes       int
}

// note adds what is known of a note's file.
func (w *chunkWriter) note(k *vault.Keeper, near *nearby, name string, names *names) {
	facts, ok := k.Pack(w.facts[:0], name)
	n := k.Note(name)
	w.body = pack.Text(w.body, name)
	switch {
	case !ok:
		w.body = pack.Int(w.body, nothing)
	case n == nil:
		w.body = pack.Text(pack.Int(w.body, unpublished), string(facts))
	default:
		w.body = pack.Text(pack.Int(w.body, published), string(facts))
		w.body = near.hear(n).pack(w.body, names)
	}
	w.facts = facts
	w.notes++
	if len(w.body) >= chunkSize {
		w.end()
	}
}

// end writes the chunk that is begun.
func (w *chunkWriter) end() {
	whole := append(pack.Int(nil, w.notes), w.body...)
	if _, err := w.file.Write(whole); w.err == nil {
		w.err = err
	}
	w.chunks = append(w.chunks, chunk{w.number, len(whole), checkOf(whole)})
	w.body, w.notes = w.body[:0], 0
}

// pack appends what a note says, and which names, as far as that is known.
func (s *said) pack(b []byte, names *names) []byte {
	b = pack.Text(b, s.packed)
	h := s.heardOf(names)
	if h == nil {
		return pack.Int(b, 0)
	}
	b = pack.Int(pack.Int(b, 1), len(h.hits))
	for _, one := range h.hits {
		for _, n := range []int32{one.name, one.passage, one.start, one.end} {
			b = pack.Int(b, int(n))
		}
	}
	return b
}

func unpackSaid(in *pack.Reader, names sum) *said {
	s := &said{packed: in.Text()}
	if in.Int() == 0 {
		return s
	}
	h := &heard{sum: names, hits: make([]hit, in.Count())}
	for i := range h.hits {
		h.hits[i] = hit{int32(in.Int()), int32(in.Int()), int32(in.Int()), int32(in.Int())}
	}
	s.heard.Store(h)
	return s
}
