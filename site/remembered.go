package site

import (
	"bufio"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"runnel/pack"
	"runnel/vault"
)

// What each note says is kept in a file beside the record, in chunks of notes:
// several are read at once. The record holds the hash of each, so that the two
// cannot be of different builds.

// A chunk is a piece of that file.
type chunk struct {
	Size int
	Sum  [sha256.Size]byte
}

// chunkSize is about how long a chunk is, in bytes.
const chunkSize = 1 << 20

// remembered gives what is known of the notes whose files are as they were in
// the build before; none where any of it is not as it was written.
func (r *record) remembered(ctx context.Context) []vault.Packed {
	if r == nil || r.old == nil {
		return nil
	}
	f, err := os.Open(filepath.Join(filepath.Dir(r.file), filepath.Base(r.old.Memory)))
	if err != nil {
		return nil
	}
	defer f.Close()
	known := make([][]vault.Packed, len(r.old.Chunks))
	starts := make([]int64, len(r.old.Chunks)+1)
	for i, c := range r.old.Chunks {
		starts[i+1] = starts[i] + int64(c.Size)
	}
	err = each(ctx, numbers(len(known)), func(i int) error {
		text, err := readChunk(f, starts[i], r.old.Chunks[i])
		if err == nil {
			known[i], err = r.unpackChunk(text)
		}
		return err
	})
	if err != nil {
		return nil
	}
	var all []vault.Packed
	for _, some := range known {
		all = append(all, some...)
	}
	return all
}

func readChunk(f io.ReaderAt, start int64, c chunk) (string, error) {
	if c.Size < 0 || c.Size > 1<<30 {
		return "", errUnsure
	}
	var text strings.Builder
	text.Grow(c.Size)
	h := sha256.New()
	if _, err := io.Copy(io.MultiWriter(h, &text), io.NewSectionReader(f, start, int64(c.Size))); err != nil {
		return "", err
	}
	if text.Len() != c.Size || [sha256.Size]byte(h.Sum(nil)) != c.Sum {
		return "", errUnsure
	}
	return text.String(), nil
}

// unpackChunk gives those notes of a chunk whose files are as they were.
func (r *record) unpackChunk(text string) (known []vault.Packed, err error) {
	in := pack.NewReader(text)
	for range in.Count() {
		p := vault.Packed{Name: in.Text(), Facts: in.Text()}
		if in.Int() == 1 {
			p.Extra = unpackSaid(in, r.old.Names)
		}
		if _, same := r.asOld[0][p.Name]; same {
			known = append(known, p)
		}
	}
	return known, in.Err()
}

// remember writes what each note says, and notes in the record what it wrote.
func (r *record) remember(k *vault.Keeper, e *edition) (err error) {
	if err := os.MkdirAll(filepath.Dir(r.file), 0o777); err != nil {
		return err
	}
	r.Memory = filepath.Base(r.file) + "-" + rand.Text()
	f, err := os.Create(filepath.Join(filepath.Dir(r.file), r.Memory))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := &chunkWriter{w: bufio.NewWriterSize(f, chunkSize)}
	names := e.plan.names()
	r.Names = names.sum
	for _, l := range r.Read[0] {
		if !isNote(l.Name) {
			continue
		}
		facts, ok := k.Pack(w.facts[:0], l.Name)
		w.facts = facts
		if !ok {
			continue
		}
		b := pack.Text(w.body, l.Name)
		b = pack.Text(b, string(facts))
		if n := k.Note(l.Name); n != nil {
			b = e.nearby.hear(n).pack(pack.Int(b, 1), names)
		} else {
			b = pack.Int(b, 0)
		}
		w.body = b
		w.notes++
		if len(w.body) >= chunkSize {
			w.end()
		}
	}
	w.end()
	r.Chunks = w.chunks
	return errors.Join(w.err, w.w.Flush())
}

// A chunkWriter gathers notes to chunks.
type chunkWriter struct {
	w      *bufio.Writer
	chunks []chunk
	err    error

	facts, body []byte
	notes       int
}

// end writes the chunk that is begun.
func (w *chunkWriter) end() {
	head := pack.Int(nil, w.notes)
	h := sha256.New()
	h.Write(head)
	h.Write(w.body)
	_, err := w.w.Write(head)
	if err == nil {
		_, err = w.w.Write(w.body)
	}
	w.err = errors.Join(w.err, err)
	w.chunks = append(w.chunks, chunk{len(head) + len(w.body), [sha256.Size]byte(h.Sum(nil))})
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
