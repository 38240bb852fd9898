package runner

import (
	"bytes"
	"testing"
)

func TestRandom(t *testing.T) {
	t.Parallel()
	// The numbers of the reference implementation for the seed 1234567.
	r := &random{state: 1234567}
	for _, want := range []uint64{
		6457827717110365317, 3203168211198807973, 9817491932198370423,
	} {
		if got := r.next(); got != want {
			t.Errorf("got %d, want %d", got, want)
		}
	}
	whole, pieces := make([]byte, 100), make([]byte, 100)
	newRandom("x", 0).Read(whole)
	r = newRandom("x", 0)
	for i := 0; i < len(pieces); i += 5 {
		r.Read(pieces[i : i+5])
	}
	if !bytes.Equal(pieces, whole) {
		t.Errorf("got %x in pieces, want %x", pieces, whole)
	}
	other := make([]byte, 100)
	newRandom("y", 0).Read(other)
	if bytes.Equal(whole, other) {
		t.Error("two programs got the same bytes")
	}
}
