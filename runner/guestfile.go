package runner

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// packedName is the reader's guest in its sealed folder.
const packedName = "guest.wasm.gz"

// Guest returns the interpreter for the reader's browser: the module that
// runs the programs here, compressed with gzip. It is made where it is
// missing, which may take a minute, and kept in the cache.
func (r *Runner) Guest(ctx context.Context) ([]byte, error) {
	r.once.Do(func() { r.initErr = r.init(ctx) })
	if r.initErr != nil {
		return nil, r.initErr
	}
	dir, err := r.pool.packed(ctx)
	if err != nil {
		return nil, fmt.Errorf("make the interpreter for readers: %w", err)
	}
	return os.ReadFile(filepath.Join(dir, packedName))
}

// packed makes the folder of the compressed guest.
func (p *pool) packed(ctx context.Context) (string, error) {
	p.starting.Lock()
	defer p.starting.Unlock()
	guest, err := p.guest(ctx)
	if err != nil {
		return "", err
	}
	sum, err := sealOf(guest)
	if err != nil {
		return "", err
	}
	dir := filepath.Join(p.dir, "guest-packed-"+sum)
	return dir, ensureSealed(ctx, dir, func(dir string) error {
		module, err := os.ReadFile(filepath.Join(guest, guestName))
		if err != nil {
			return err
		}
		if module, err = boundMemory(module, memoryLimit); err != nil {
			return err
		}
		return writePacked(filepath.Join(dir, packedName), module)
	})
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

// writePacked writes a compressed file, the same bytes for the same module.
func writePacked(file string, module []byte) error {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := w.Write(module); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return os.WriteFile(file, b.Bytes(), 0o666)
}
