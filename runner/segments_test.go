package runner

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"testing"
)

func TestJoinSegments(t *testing.T) {
	t.Parallel()
	at := func(offset int64, text string) segment {
		return segment{offset, []byte(text)}
	}
	far := int64(3 + maxGap + 1)
	tests := map[string]struct{ segments, want []segment }{
		"none":         {nil, nil},
		"one":          {[]segment{at(70, "abc")}, []segment{at(70, "abc")}},
		"neighbours":   {[]segment{at(0, "abc"), at(3, "d")}, []segment{at(0, "abcd")}},
		"small gap":    {[]segment{at(0, "abc"), at(5, "d")}, []segment{at(0, "abc\x00\x00d")}},
		"wide gap":     {[]segment{at(0, "abc"), at(far, "d")}, []segment{at(0, "abc"), at(far, "d")}},
		"out of order": {[]segment{at(3, "d"), at(0, "abc")}, []segment{at(0, "abcd")}},
		"overlap":      {[]segment{at(1, "abc"), at(0, "xyz")}, []segment{at(1, "abc"), at(0, "xyz")}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := joinSegments(module(test.segments))
			if err != nil {
				t.Fatal(err)
			}
			if want := module(test.want); !bytes.Equal(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
	whole := module([]segment{at(70, "abc"), at(200, "d")})
	for n := range len(whole) {
		if _, err := joinSegments(whole[:n]); err == nil && n > wasmHeader+7 {
			t.Errorf("a module cut off after %d bytes was taken", n)
		}
	}
}

// module is a WebAssembly module with a custom section and one of data.
func module(segments []segment) []byte {
	m := append([]byte("\x00asm\x01\x00\x00\x00"), "\x00\x05\x04name"...)
	data := writeSegments(segments)
	m = append(m, dataSection)
	m = binary.AppendUvarint(m, uint64(len(data)))
	return append(m, data...)
}

func TestSigned(t *testing.T) {
	t.Parallel()
	for _, want := range []int64{
		0, 1, -1, 63, 64, -64, -65, 1 << 20, 1<<31 - 1, -1 << 31,
	} {
		b := appendSigned(nil, want)
		got, n := signed(append(b, 0xff))
		if got != want || n != len(b) {
			t.Errorf("%s: got %d of length %d, want %d",
				fmt.Sprintf("%x", b), got, n, want)
		}
	}
}
