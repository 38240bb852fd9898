package site

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/gob"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"runnel/vault"
)

// A record says of what a site was built and what it looked like then. As long
// as all of that is the same, a build need not be made: its files are there.
// A record is kept in the cache, never in the vault.
//
// It is never believed where it could be wrong: it holds a checksum of itself;
// the hash of the tool that wrote it, and of what programs depend on; the looks
// of each file that was read, and the content of those that were new then; the
// looks of each file that was written, and a mark in the output folder that any
// build changes before it touches a file there.
type record struct {
	Key     string
	Mark    string
	Read    [][]looks // of the notes and each folder of attachments
	Made    []looks
	Report  Report
	started time.Time
	file    string // where it is kept
	build   *Build
}

// begin looks at all that a build will read. It gives nil where no record can
// be kept, or what is read does not say by its looks whether it has changed.
func (b *Build) begin(ctx context.Context) *record {
	if b.Cache == "" {
		return nil
	}
	r := &record{build: b, started: time.Now()}
	key, err := b.key(ctx)
	if err != nil {
		return nil
	}
	r.Key = key
	for _, dir := range append([]string{b.Notes}, b.Attachments...) {
		read, err := lookAt(ctx, dir)
		if err != nil {
			return nil
		}
		r.Read = append(r.Read, read)
	}
	r.file, err = b.recordFile()
	if err != nil {
		return nil
	}
	return r
}

// recordFile is where the record of an output folder is kept.
func (b *Build) recordFile() (string, error) {
	out, err := realPath(b.Out)
	if err != nil {
		return "", err
	}
	return filepath.Join(b.Cache, "builds", fmt.Sprintf("%x", sha256.Sum256([]byte(out)))), nil
}

// key is all that a site depends on beside the files that are read: the tool,
// what runs the programs, the options, and the commit whose dates are shown.
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
	fmt.Fprintf(h, "%x %s %q %q %q %t %q %q %q %q %q", tool, inputs, notes, b.Notes, b.Attachments, b.All, b.BaseURL, b.HostURL, b.Engine, b.Lab, readHead(ctx, b.Notes))
	return fmt.Sprintf("%x", h.Sum(nil)), nil
}

// toolSum is the hash of this very tool.
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
	h := sha256.New()
	_, err = io.Copy(h, f)
	return h.Sum(nil), err
})

// confirm gives the report of the build that the record is of, if that need
// not be made again.
func (r *record) confirm() *Report {
	if r == nil {
		return nil
	}
	old, err := readRecord(r.file)
	if err != nil || old.Key != r.Key || len(old.Read) != len(r.Read) {
		return nil
	}
	for i, dir := range append([]string{r.build.Notes}, r.build.Attachments...) {
		if !sameLooks(dir, old.Read[i], r.Read[i]) {
			return nil
		}
	}
	if old.Mark == "" || old.Mark != readMark(r.build.Out) || !allThere(r.build.Out, old.Made) {
		return nil
	}
	report := old.Report
	report.Cached, report.Written, report.Removed = report.Programs, 0, 0
	report.confirmed = true
	report.notes, report.out = r.build.Notes, r.build.Out
	return &report
}

func sameLooks(dir string, old, now []looks) bool {
	if len(old) != len(now) {
		return false
	}
	for i, l := range old {
		if !l.same(now[i]) || !l.isAs(dir) {
			return false
		}
	}
	return true
}

// allThere reports whether all files look as they did.
func allThere(dir string, made []looks) bool {
	err := each(context.Background(), chunks(made, 500), func(some []looks) error {
		for _, l := range some {
			info, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(l.Name)))
			if err != nil {
				return err
			}
			if !info.Mode().IsRegular() || !l.same(looksOf(l.Name, info)) {
				return errUnsure
			}
		}
		return nil
	})
	return err == nil
}

func chunks[T any](all []T, size int) (parts [][]T) {
	for len(all) > size {
		parts, all = append(parts, all[:size]), all[size:]
	}
	return append(parts, all)
}

// save keeps the record of a build that has been made. That it cannot be kept
// is no error: the next build is made whole.
func (r *record) save(k *vault.Keeper, out *output, report *Report) {
	if r == nil {
		return
	}
	if report.Notice != "" || report.unsure || out.sealed == nil || !r.know(k) {
		_ = os.Remove(r.file)
		return
	}
	r.Mark, r.Made, r.Report = out.sealed.mark, out.sealed.made, *report
	_ = r.write()
}

// know notes the content of what was new when we looked; false where nobody
// has told us what was read of it.
func (r *record) know(k *vault.Keeper) bool {
	for i, read := range r.Read {
		for j := range read {
			l := &read[j]
			if !l.isNew(r.started) {
				continue
			}
			sum, ok := k.Sum(l.Name)
			if i > 0 || !ok {
				return false
			}
			l.Sum = sum[:]
		}
	}
	return true
}

// write puts the record in place, whole: a checksum, then gob.
func (r *record) write() error {
	var body bytes.Buffer
	if err := gob.NewEncoder(&body).Encode(r); err != nil {
		return err
	}
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
	sum := sha256.Sum256(body.Bytes())
	_, err = f.Write(append(sum[:], body.Bytes()...))
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

// readRecord reads a record; one that was cut short or damaged is none.
func readRecord(file string) (*record, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	if len(text) < sha256.Size {
		return nil, errUnsure
	}
	if sum := sha256.Sum256(text[sha256.Size:]); !bytes.Equal(sum[:], text[:sha256.Size]) {
		return nil, errUnsure
	}
	r := new(record)
	return r, gob.NewDecoder(bytes.NewReader(text[sha256.Size:])).Decode(r)
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
	s := &seal{mark: rand.Text()}
	for name := range o.made {
		info, err := os.Lstat(filepath.Join(o.dir, filepath.FromSlash(name)))
		if err != nil {
			return
		}
		s.made = append(s.made, looksOf(name, info))
	}
	if o.setMark(s.mark) == nil {
		o.sealed = s
	}
}
