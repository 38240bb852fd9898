package outcome

import (
	"strings"
	"testing"

	"runnel/runner/timeline"
)

func TestOrders(t *testing.T) {
	t.Parallel()
	order := func(seed uint64, count int, text string) timeline.Order {
		return timeline.Order{Seed: seed, Count: count,
			Recording: timeline.Recording{
				End: timeline.End{Kind: timeline.OK},
				Writes: []timeline.Write{
					{Seq: 1, Stream: timeline.Stdout, Text: []byte(text)},
				},
			}}
	}
	if got := Orders([]timeline.Order{order(0, 16, "a")}); got != nil {
		t.Errorf("got %q for one outcome", got)
	}
	list := []timeline.Order{order(0, 5, "zero")}
	for i := range 7 {
		list = append(list, order(uint64(i+1), i+1, "<"+strings.Repeat("x", i)))
	}
	got := string(Orders(list))
	for _, want := range []string{
		"8 outcomes in 33 runs", "came 5 times", "once, first with seed 1<",
		"twice, first with seed 2<", "5 times, first with seed 5<",
		"2 more outcomes not shown", ">&lt;xxxx</span>",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("lacks %q:\n%s", want, got)
		}
	}
	for _, bad := range []string{"zero", "seed 6", "&lt;xxxxx<"} {
		if strings.Contains(got, bad) {
			t.Errorf("has %q:\n%s", bad, got)
		}
	}
}
