package runner

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/andybalholm/brotli"
)

// A GuestFile is a form of the interpreter for the reader's browser.
type GuestFile struct {
	// Name holds a hash of all that the file is made of.
	Name string
	Path string // where it is
	Size int64
}

// A form of a file is what is added to its name, and how it is made.
type form struct {
	ending string
	open   func(io.Writer) io.WriteCloser
}

// guestForms are those of the guest.
var guestForms = []form{
	{"", func(w io.Writer) io.WriteCloser { return plain{w} }},
	{".gz", func(w io.Writer) io.WriteCloser {
		z, _ := gzip.NewWriterLevel(w, gzip.BestCompression)
		return z
	}},
	// The highest levels take a minute to save another two in a hundred.
	brotliForm(7),
}

func brotliForm(level int) form {
	return form{".br", func(w io.Writer) io.WriteCloser {
		return brotli.NewWriterOptions(w,
			brotli.WriterOptions{Quality: level, LGWin: 24})
	}}
}

// plain is a form that is no compression.
type plain struct{ io.Writer }

func (plain) Close() error { return nil }

// packers are the files that say how the reader's guest differs from ours.
var packers = []string{
	"runner/bound.go", "runner/guestfile.go", "runner/limits.go",
}

// Guest returns the interpreter for the reader's browser: the module that
// runs the programs here, its memory bounded, as it is and compressed. It is
// made where it is missing, which may take a minute, and kept in the cache.
// The files are checked unless has says that the caller has them all: their
// names and sizes tell.
func (r *Runner) Guest(
	ctx context.Context, has func(GuestFile) bool,
) ([]GuestFile, error) {
	r.once.Do(func() { r.initErr = r.init(ctx) })
	if r.initErr != nil {
		return nil, r.initErr
	}
	files, err := r.pool.packed(ctx, has)
	if err != nil {
		return nil, fmt.Errorf("make the interpreter for readers: %w", err)
	}
	return files, nil
}

// packed makes the folder of the reader's guest.
func (p *pool) packed(
	ctx context.Context, has func(GuestFile) bool,
) ([]GuestFile, error) {
	h := sha256.New()
	io.WriteString(h, p.inputs.guest)
	for _, name := range packers {
		if err := hashFile(h, p.inputs.root, name); err != nil {
			return nil, err
		}
	}
	sum := shortSum(h)
	dir := filepath.Join(p.dir, "guest-packed-"+sum)
	if files, err := guestFiles(dir, sum); err == nil && hasAll(files, has) {
		touch(dir)
		return files, nil
	}
	p.starting.Lock()
	defer p.starting.Unlock()
	err := ensureSealed(ctx, dir, func(dir string) error {
		guest, err := p.guest(ctx)
		if err != nil {
			return err
		}
		p.progress("compressing the interpreter for readers (once)")
		return pack(filepath.Join(guest, guestName), dir)
	})
	if err != nil {
		return nil, err
	}
	return guestFiles(dir, sum)
}

// guestFiles are the files of a folder that pack made.
func guestFiles(dir, sum string) ([]GuestFile, error) {
	var files []GuestFile
	for _, form := range guestForms {
		f := GuestFile{
			Name: "guest-" + sum[:12] + ".wasm" + form.ending,
			Path: filepath.Join(dir, guestName+form.ending),
		}
		info, err := os.Stat(f.Path)
		if err != nil {
			return nil, err
		}
		f.Size = info.Size()
		files = append(files, f)
	}
	return files, nil
}

func hasAll(files []GuestFile, has func(GuestFile) bool) bool {
	for _, f := range files {
		if has == nil || !has(f) {
			return false
		}
	}
	return true
}

// pack writes the forms of a guest into a folder, the same bytes each time.
func pack(guest, dir string) error {
	module, err := os.ReadFile(guest)
	if err != nil {
		return err
	}
	if module, err = boundMemory(module, memoryLimit); err != nil {
		return err
	}
	for _, form := range guestForms {
		var b bytes.Buffer
		w := form.open(&b)
		if _, err := w.Write(module); err != nil {
			return err
		}
		if err := w.Close(); err != nil {
			return err
		}
		file := filepath.Join(dir, guestName+form.ending)
		if err := os.WriteFile(file, b.Bytes(), 0o666); err != nil {
			return err
		}
	}
	return nil
}

// guest makes the guest where it is missing or damaged, and returns its
// folder. The pool's starting must be held.
func (p *pool) guest(ctx context.Context) (string, error) {
	dir := filepath.Join(p.dir, "guest-"+p.inputs.guest)
	return dir, ensureSealed(ctx, dir, func(dir string) error {
		p.progress("building the interpreter (once, about a minute)")
		return makeGuest(ctx, p.inputs.root, dir)
	})
}
