package mention

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestFinder(t *testing.T) {
	names := []string{"Channels", "Go channels", "Wait groups", "What is a mutex?", "C++ (the language)", "e", "通道",
		"Café au lait", "Notes", "2024-01-05", "Go: the tour", "channels", "Select-loop", "under_score"}
	for _, c := range []struct{ text, want string }{
		{"About channels and go  channels.", "channels|channels|channels|channels"}, // two spaces; twice the name
		{"About Go CHANNELS and Channels'", "Go CHANNELS|Channels|Channels"},
		{"subchannels, channels_x, channelsé, sub-channels", "channels|channels"},
		{"Ask: what is a mutex", "what is a mutex"},
		{"what is, a mutex?", ""},
		{"C++ (the language) and C++ (the Language", "C++ (the language)"},
		{"用通道来通信", "通道"},
		{"a CAFÉ AU LAIT", "CAFÉ AU LAIT"},
		{"notes of 2024-01-05 e", ""},
		{"go the tour, go: the tour", "go: the tour"},
		{"select loop and select-loop", "select-loop"},
		{"under_score under score", "under_score"},
		{"wait groups wait", "wait groups"},
	} {
		var got []string
		for _, h := range New(names).Find(nil, c.text, nil) {
			got = append(got, c.text[h.Start:h.End])
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%q: got %q, want %q", c.text, strings.Join(got, "|"), c.want)
		}
	}
}

func TestFinder_skip(t *testing.T) {
	f := New([]string{"Mutex", "Mutex lock"})
	text := "Mutex mutex lock mutex"
	for _, c := range []struct {
		skip [][2]int
		want string
	}{
		{nil, "[{0 0 5} {1 6 16} {0 17 22}]"},
		{[][2]int{{0, 5}}, "[{1 6 16} {0 17 22}]"},
		{[][2]int{{0, 3}, {12, 16}}, "[{0 6 11} {0 17 22}]"},
		{[][2]int{{6, 6}, {6, 22}}, "[{0 0 5}]"},
	} {
		if got := fmt.Sprint(f.Find(nil, text, c.skip)); got != c.want {
			t.Errorf("skipping %v: got %s, want %s", c.skip, got, c.want)
		}
	}
}

// Random texts of few words are searched for random names, and by a regular
// expression for each name and place: the longest at the first place counts.
func TestFinder_bruteForce(t *testing.T) {
	words := []string{"alpha", "Alpha", "beta", "gamma", "delta", "alphabet", "x"}
	gaps := []string{" ", " ", " ", "-", ", ", ". ", "_"}
	hits := 0
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 2))
		phrase := func(most int) string {
			var b strings.Builder
			for i := range 1 + r.IntN(most) {
				if i > 0 {
					b.WriteString(gaps[r.IntN(len(gaps))])
				}
				b.WriteString(words[r.IntN(len(words))])
			}
			return b.String()
		}
		var names []string
		for range 8 {
			names = append(names, phrase(3))
		}
		text := phrase(60)
		got := New(names).Find(nil, text, nil)
		if want := slow(names, text); !slices.Equal(got, want) {
			t.Fatalf("%q in %q: got %v, want %v", names, text, got, want)
		}
		hits += len(got)
	}
	if hits < 1000 {
		t.Errorf("only %d hits, too few to say anything", hits)
	}
}

func slow(names []string, text string) (hits []Hit) {
	word := regexp.MustCompile(`\w`)
	for at := 0; at < len(text); {
		size := 0
		var here []Hit
		for i, n := range names {
			if !Worthy(n) || at > 0 && word.MatchString(text[at-1:at]) {
				continue
			}
			m := regexp.MustCompile(`^(?i)` + regexp.QuoteMeta(n) + `(\W|$)`).FindStringIndex(text[at:])
			if m == nil || len(n) < size {
				continue
			}
			if len(n) > size {
				here, size = nil, len(n)
			}
			here = append(here, Hit{i, at, at + len(n)})
		}
		hits = append(hits, here...)
		at += max(size, 1)
	}
	return hits
}

func TestWorthy(t *testing.T) {
	for name, want := range map[string]bool{"Go": false, "map": false, "Maps": true, "index": false, "Notes": false,
		"C++2026": true, "2024": false, "2024-01-05": false, "道": false, "通道": true, "": false, "— —": false} {
		if got := Worthy(name); got != want {
			t.Errorf("%q: got %v", name, got)
		}
	}
}

// FuzzFinder wants each hit to be the name, or its words.
func FuzzFinder(f *testing.F) {
	f.Add("Go channels", "what is a mutex?", "About go channels: what is a mutex")
	f.Add("İstanbul", "ǅungla", "istanbul i̇stanbul ǆungla")
	f.Fuzz(func(t *testing.T, a, b, text string) {
		last := 0
		for _, h := range New([]string{a, b}).Find(nil, text, nil) {
			if h.Start < 0 || h.Start >= h.End || h.End > len(text) || h.End < last {
				t.Fatalf("%q and %q in %q: got %v", a, b, text, h)
			}
			last = h.End
		}
	})
}

// BenchmarkFind looks for 10,000 names in as many texts of 2,000 letters.
func BenchmarkFind(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	word := func() string { return fmt.Sprintf("word%d", int(5000*r.Float64()*r.Float64())) }
	names := make([]string, 10_000)
	texts := make([]string, 10_000)
	for i := range names {
		names[i] = word() + " " + word()
		var t strings.Builder
		for t.Len() < 2000 {
			t.WriteString(word() + " ")
		}
		texts[i] = t.String()
	}
	for b.Loop() {
		f := New(names)
		for _, t := range texts {
			f.Find(nil, t, nil)
		}
	}
}
