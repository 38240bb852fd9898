package runner

import (
	"bytes"
	"compress/gzip"
	"io"
	"testing"

	"github.com/tetratelabs/wazero"
)

func TestRunner_Guest(t *testing.T) {
	t.Parallel()
	packed, err := newRunner(t).Guest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(packed) > 8<<20 {
		t.Errorf("the interpreter has %d bytes, too many to fetch", len(packed))
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	module, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(module, []byte("\x00asm\x01\x00\x00\x00")) {
		t.Errorf("it begins with %q", module[:8])
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
