package runner

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/tetratelabs/wazero"
)

func TestRunner_Guest(t *testing.T) {
	t.Parallel()
	r := newRunner(t)
	files, err := r.Guest(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var module []byte
	for _, f := range files {
		data, err := os.ReadFile(f.Path)
		if err != nil {
			t.Fatal(err)
		}
		if int64(len(data)) != f.Size {
			t.Errorf("%s: got size %d, want %d", f.Name, f.Size, len(data))
		}
		reader := io.Reader(bytes.NewReader(data))
		switch filepath.Ext(f.Name) {
		case ".wasm":
			module = data
		case ".gz":
			if reader, err = gzip.NewReader(reader); err != nil {
				t.Fatal(err)
			}
		case ".br":
			reader = brotli.NewReader(reader)
		}
		got, err := io.ReadAll(reader)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, module) || len(got) == 0 {
			t.Errorf("%s is another module", f.Name)
		}
		if filepath.Ext(f.Name) != ".wasm" && len(data) > 8<<20 {
			t.Errorf("%s has %d bytes, too many to fetch", f.Name, len(data))
		}
	}
	if !bytes.HasPrefix(module, []byte("\x00asm\x01\x00\x00\x00")) {
		t.Errorf("it begins with %q", module[:min(8, len(module))])
	}
	again, err := r.Guest(t.Context(), func(f GuestFile) bool {
		return slices.Contains(files, f)
	})
	if err != nil || !slices.Equal(again, files) {
		t.Errorf("got %v, %v, want %v", again, err, files)
	}
}

func TestBoundMemory(t *testing.T) {
	t.Parallel()
	const header = "\x00asm\x01\x00\x00\x00"
	// A memory of 3 pages, exported as "m".
	whole := []byte(header + "\x05\x03\x01\x00\x03" + "\x07\x05\x01\x01m\x02\x00")
	bound, err := boundMemory(whole, 5*wasmPage)
	if err != nil {
		t.Fatal(err)
	}
	ctx := t.Context()
	r := wazero.NewRuntime(ctx)
	defer r.Close(ctx)
	m, err := r.Instantiate(ctx, bound)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := m.ExportedMemory("m").Grow(2); !ok {
		t.Error("the memory cannot grow up to its bound")
	}
	if _, ok := m.ExportedMemory("m").Grow(1); ok {
		t.Error("the memory grows past its bound")
	}
	for _, bad := range []string{
		"", header, header + "\x05", header + "\x05\x04\x01\x01\x03\x04",
		header + "\x05\x05\x02\x00\x03\x00\x03",
	} {
		if _, err := boundMemory([]byte(bad), 5*wasmPage); err == nil {
			t.Errorf("%q was taken for a module of Go's", bad)
		}
	}
}
