package runner

import (
	"slices"
	"sync"
	"testing"
	"time"

	"runnel/runner/timeline"
)

// A program that is long at work says how far its own clock has come: what it
// slept, and nothing of what it computed.
func TestWithProgress(t *testing.T) {
	t.Parallel()
	program := body("fmt time", `
		start := time.Now()
		for {
			for range 200_000 {
			}
			time.Sleep(250 * time.Millisecond)
			fmt.Println(time.Since(start))
		}`)
	program.Timeout = 4 * time.Second
	program.Steps = 1 << 40
	var mutex sync.Mutex
	var seen []time.Duration
	ctx := WithProgress(t.Context(), func(virtual time.Duration) {
		mutex.Lock()
		defer mutex.Unlock()
		seen = append(seen, virtual)
	})
	result, err := sharedRunner(t).Run(ctx, program)
	if err != nil {
		t.Fatal(err)
	}
	if result.End.Kind != timeline.Timeout {
		t.Fatalf("got end %+v, want a timeout", result.End)
	}
	if len(seen) < 2 {
		t.Fatalf("was told %v of the clock", seen)
	}
	if !slices.IsSorted(seen) || len(slices.Compact(slices.Clone(seen))) < 2 {
		t.Errorf("the clock goes %v", seen)
	}
	for _, at := range seen {
		if at%(250*time.Millisecond) != 0 {
			t.Errorf("the clock shows %v, which the program never slept", at)
		}
	}
	if last := seen[len(seen)-1]; result.Virtual != last {
		t.Errorf("the result is of %v, the clock last showed %v", result.Virtual, last)
	}
	seen = nil
	if _, err := sharedRunner(t).Run(ctx, body("fmt", `fmt.Println("at once")`)); err != nil {
		t.Fatal(err)
	}
	if len(seen) > 0 && seen[len(seen)-1] != 0 {
		t.Errorf("a program that does not wait: the clock goes %v", seen)
	}
}
