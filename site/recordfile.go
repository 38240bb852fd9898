package site

import (
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"runnel/graph"
	"runnel/pack"
	"runnel/search"
	"runnel/vault"
)

// write puts the record in place, whole: a checksum, then what is packed.
func (r *record) write() error {
	body := r.pack(make([]byte, len(check{}), 5<<20))
	sum := checkOf(body[len(check{}):])
	copy(body, sum[:])
	dir := filepath.Dir(r.file)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	forgetRecords(dir)
	f, err := os.CreateTemp(dir, ".writing-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(body)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), r.file)
}

// recordAge is how long the record of a folder is kept that is not built again.
const recordAge = 60 * 24 * time.Hour

func forgetRecords(dir string) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > recordAge {
			_ = os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}

// forget removes what records of before have left beside this one.
func (r *record) forget() {
	dir, name := filepath.Split(r.file)
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), name+"-") && !slices.Contains(r.Memory, e.Name()) {
			_ = os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}

// readRecord reads a record; one that was cut short or damaged is none.
func readRecord(file string) (*record, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var sum check
	if copy(sum[:], text) < len(sum) || checkOf(text[len(sum):]) != sum {
		return nil, errUnsure
	}
	r := new(record)
	in := pack.NewReader(textOf(text[len(sum):]))
	r.unpack(in)
	if err := in.Err(); err != nil {
		return nil, fmt.Errorf("read the record of a build: %w", err)
	}
	return r, nil
}

func (r *record) pack(b []byte) []byte {
	for _, s := range []string{r.Key, r.Head, r.Mark} {
		b = pack.Text(b, s)
	}
	b = append(pack.Texts(b, r.Memory), r.Names[:]...)
	b = pack.Int(b, len(r.Chunks))
	for _, c := range r.Chunks {
		b = append(pack.Int(pack.Int(b, c.File), c.Size), c.Sum[:]...)
	}
	b = pack.Int(b, len(r.Read))
	for _, read := range r.Read {
		b = packLooks(b, read)
	}
	b = packLooks(b, r.Made)
	for _, n := range r.Report.counts() {
		b = pack.Int(b, *n)
	}
	b = packProblems(b, r.Report.Problems)
	b = packProblems(b, r.Report.Warnings)
	b = pack.Int(b, len(r.Groups))
	for key, g := range r.Groups {
		b = pack.Text(pack.Text(pack.Text(b, key), g.Name), g.Texts)
	}
	b = pack.Int(pack.Int(b, int(r.Places.sum)), len(r.Places.at))
	for _, p := range r.Places.at {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(p.X))
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(p.Y))
	}
	b = pack.Int(b, len(r.Searched))
	for _, n := range r.Searched {
		b = pack.Int(pack.Text(b, n.Key), n.Parts)
	}
	b = pack.Int(b, len(r.Parts))
	for _, p := range r.Parts {
		b = pack.Text(b, p.Name)
		b = append(b, p.Key[:]...)
		b = pack.Texts(b, p.Files)
		b = packProblems(b, p.Problems)
	}
	return b
}

func (r *record) unpack(in *pack.Reader) {
	for _, s := range []*string{&r.Key, &r.Head, &r.Mark} {
		*s = in.Text()
	}
	r.Memory = in.Texts()
	copy(r.Names[:], in.Take(len(r.Names)))
	r.Chunks = make([]chunk, in.Count())
	for i := range r.Chunks {
		r.Chunks[i].File, r.Chunks[i].Size = in.Int(), in.Int()
		copy(r.Chunks[i].Sum[:], in.Take(len(check{})))
	}
	r.Read = make([][]looks, in.Count())
	for i := range r.Read {
		r.Read[i] = unpackLooks(in)
	}
	r.Made = unpackLooks(in)
	for _, n := range r.Report.counts() {
		*n = in.Int()
	}
	r.Report.Problems = unpackProblems(in)
	r.Report.Warnings = unpackProblems(in)
	n := in.Count()
	r.Groups = make(map[string]search.Group, n)
	for range n {
		key := in.Text()
		r.Groups[key] = search.Group{Name: in.Text(), Texts: in.Text()}
	}
	r.Places.sum = uint64(in.Int())
	if n := in.Count(); n > 0 {
		r.Places.at = make([]graph.Point, n)
		for i := range r.Places.at {
			r.Places.at[i] = graph.Point{X: unpackFloat(in), Y: unpackFloat(in)}
		}
	}
	r.Searched = make([]search.Known, in.Count())
	for i := range r.Searched {
		r.Searched[i] = search.Known{Key: in.Text(), Parts: in.Int()}
	}
	r.Parts = make([]part, in.Count())
	for i := range r.Parts {
		p := &r.Parts[i]
		p.Name = in.Text()
		copy(p.Key[:], in.Take(len(p.Key)))
		p.Files, p.Problems = in.Texts(), unpackProblems(in)
	}
}

func unpackFloat(in *pack.Reader) float64 {
	var b [8]byte
	copy(b[:], in.Take(len(b)))
	return math.Float64frombits(binary.LittleEndian.Uint64(b[:]))
}

// counts are the numbers of a report that are recorded.
func (r *Report) counts() []*int {
	return []*int{&r.Notes, &r.Hidden, &r.Pages, &r.Programs, &r.Interpreter, &r.Compiler}
}

func packLooks(b []byte, all []looks) []byte {
	b = pack.Int(b, len(all))
	for _, l := range all {
		b = pack.Text(b, l.Name)
		for _, n := range []int64{l.Size, l.Modified, l.Changed, int64(l.Inode)} {
			b = pack.Int(b, int(n))
		}
		b = pack.Text(b, string(l.Sum))
	}
	return b
}

func unpackLooks(in *pack.Reader) []looks {
	all := make([]looks, in.Count())
	for i := range all {
		l := looks{Name: in.Text(), Size: int64(in.Int()), Modified: int64(in.Int()), Changed: int64(in.Int()), Inode: uint64(in.Int())}
		if sum := in.Text(); sum != "" {
			l.Sum = []byte(sum)
		}
		all[i] = l
	}
	return all
}

func packProblems(b []byte, all []vault.Problem) []byte {
	b = pack.Int(b, len(all))
	for _, p := range all {
		b = pack.Text(b, p.Path)
		b = pack.Int(b, p.Line)
		b = pack.Int(b, p.Column)
		b = pack.Text(b, p.Message)
	}
	return b
}

func unpackProblems(in *pack.Reader) []vault.Problem {
	n := in.Count()
	if n == 0 {
		return nil
	}
	all := make([]vault.Problem, n)
	for i := range all {
		all[i] = vault.Problem{Path: in.Text(), Line: in.Int(), Column: in.Int(), Message: in.Text()}
	}
	return all
}
