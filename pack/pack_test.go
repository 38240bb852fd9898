package pack

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestReader(t *testing.T) {
	numbers := []int{0, 1, -1, 63, 64, -64, -65, 1 << 20, math.MaxInt, math.MinInt}
	lists := [][]string{nil, {""}, {"a", "", "\x00é"}}
	var b []byte
	for _, n := range numbers {
		b = Int(b, n)
	}
	for _, list := range lists {
		b = Texts(b, list)
	}
	b = append(Text(b, "text"), "raw"...)
	r := NewReader(string(b))
	for _, n := range numbers {
		if got := r.Int(); got != n {
			t.Errorf("got %d, want %d", got, n)
		}
	}
	for _, list := range lists {
		if got := r.Texts(); !slices.Equal(got, list) {
			t.Errorf("got %q, want %q", got, list)
		}
	}
	if got := r.Text() + r.Take(3); got != "textraw" {
		t.Errorf("got %q", got)
	}
	if err := r.Err(); err != nil {
		t.Error(err)
	}
}

// What is cut short is seen to be, and what is no packed string is read
// without harm.
func TestReader_damaged(t *testing.T) {
	whole := Texts(Int(nil, 300), []string{"some", "texts"})
	for n := range whole {
		r := NewReader(string(whole[:n]))
		r.Int()
		r.Texts()
		if r.Err() == nil {
			t.Errorf("cut after %d bytes: no error", n)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 10000 {
		b := make([]byte, random.IntN(40))
		for i := range b {
			b[i] = byte(random.IntN(256))
		}
		r := NewReader(string(b))
		for range 10 {
			r.Int()
			r.Texts()
			r.Take(r.Count())
		}
	}
}
