package runner

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"runnel/runner/timeline"
)

func TestRun_timeout(t *testing.T) {
	t.Parallel()
	tests := map[string]Program{
		"endless loop": body("fmt", `
			fmt.Println("before")
			for {
			}`),
		"endless loop in a goroutine": body("fmt time", `
			fmt.Println("before")
			go func() {
				for {
				}
			}()
			time.Sleep(time.Second)`),
	}
	for name, program := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			program.Timeout = 3 * time.Second
			program.Steps = 1 << 40
			for range 2 {
				result := mustRun(t, program)
				if result.End != (timeline.End{Kind: timeline.Timeout}) {
					t.Errorf("got end %+v, want a timeout", result.End)
				}
				got := text(result.Recording, timeline.Stdout)
				if got != "before\n" {
					t.Errorf("got %q, want what it wrote before", got)
				}
				if result.Cached {
					t.Error("a timeout came from the cache")
				}
			}
		})
	}
}

func TestRun_memoryLimit(t *testing.T) {
	t.Parallel()
	result := mustRun(t, body("fmt", `
		var all [][]byte
		for i := 0; ; i++ {
			all = append(all, make([]byte, 1<<20))
			fmt.Println(i)
		}`))
	if result.End.Kind != timeline.Memory {
		t.Errorf("got end %+v, want the memory limit", result.End)
	}
	// The program has most of the memory to itself.
	if got := len(result.Writes); got < 60 || got > 128 {
		t.Errorf("got %d MiB of memory, want 60 to 128", got)
	}
}

// A program whose variables alone need more than there is ends likewise,
// before it begins.
func TestRun_largeVariable(t *testing.T) {
	t.Parallel()
	byBoth(t, "variable", func(t *testing.T, engine Engine) {
		result := mustRun(t, Program{Engine: engine, Source: "package main\n\n" +
			"var a [1 << 28]byte\n\nfunc main() { println(a[5]) }\n"})
		if result.End.Kind != timeline.Memory {
			t.Errorf("got end %+v, want the memory limit", result.End)
		}
	})
}

func TestRun_outputLimit(t *testing.T) {
	t.Parallel()
	line := strings.Repeat("x", 999)
	result := mustRun(t, body("fmt", `
		for {
			fmt.Println("`+line+`")
		}`))
	if result.End.Kind != timeline.Output {
		t.Errorf("got end %+v, want the output limit", result.End)
	}
	got := text(result.Recording, timeline.Stdout)
	if len(got) != outputLimit {
		t.Errorf("kept %d bytes, want %d", len(got), outputLimit)
	}
}

func TestRun_clockMovesForSpinners(t *testing.T) {
	t.Parallel()
	result := mustRun(t, body("fmt time", `
		start := time.Now()
		for time.Since(start) < time.Second {
		}
		fmt.Println("passed")`))
	if result.End.Kind != timeline.OK || result.Virtual < time.Second ||
		result.Virtual > time.Second+time.Millisecond {
		t.Errorf("got end %+v after %v", result.End, result.Virtual)
	}
}

// A pipeline makes Go's scheduler read the clock; the program does not.
func TestRun_clockStandsStillForPipelines(t *testing.T) {
	t.Parallel()
	result := mustRun(t, body("fmt", `
		in, out := make(chan int), make(chan int)
		go func() {
			for v := range in {
				out <- v
			}
			close(out)
		}()
		go func() {
			for i := 0; i < 10000; i++ {
				in <- i
			}
			close(in)
		}()
		sum := 0
		for v := range out {
			sum += v
		}
		fmt.Println(sum)`))
	got := text(result.Recording, timeline.Stdout)
	if got != "49995000\n" || result.Virtual != 0 {
		t.Errorf("got %q after %v, want no time to pass", got, result.Virtual)
	}
}

func TestRun_manyGoroutines(t *testing.T) {
	t.Parallel()
	const program = `
		c := make(chan int)
		const n = 5000
		for i := 0; i < n; i++ {
			go func(i int) { time.Sleep(time.Second); c <- i }(i)
		}
		sum := 0
		for i := 0; i < n; i++ {
			sum += <-c
		}
		fmt.Println(sum)`
	result := mustRun(t, body("fmt time", program))
	got := text(result.Recording, timeline.Stdout)
	if got != "12497500\n" || result.Virtual != time.Second {
		t.Errorf("got %q, %+v after %v", got, result.End, result.Virtual)
	}
}

// A chain of goroutines, each of which waits for the next: Go's garbage
// collection may stop one in the middle of what observes it.
func TestRun_chainOfGoroutines(t *testing.T) {
	t.Parallel()
	byBoth(t, "chain", func(t *testing.T, engine Engine) {
		t.Parallel()
		p := body("fmt", `
			first := make(chan int)
			left := first
			for i := 0; i < 9000; i++ {
				right := make(chan int)
				go func(left, right chan int) {
					left <- 1 + <-right
				}(left, right)
				left = right
			}
			go func(c chan int) { c <- 1 }(left)
			fmt.Println(<-first)`)
		p.Engine = engine
		result := mustRun(t, p)
		got := text(result.Recording, timeline.Stdout)
		if got != "9001\n" || result.End.Kind != timeline.OK {
			t.Errorf("got %q, %+v", got, result.End)
		}
	})
}

// An interpreted goroutine takes some 8 KB: 100,000 are too many.
func TestRun_tooManyGoroutines(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	t.Parallel()
	p := body("time", `
		for i := 0; i < 100000; i++ {
			go time.Sleep(time.Second)
		}
		time.Sleep(time.Minute)`)
	p.Timeout = time.Minute
	result := mustRun(t, p)
	if k := result.End.Kind; k != timeline.OK && k != timeline.Memory {
		t.Errorf("got end %+v", result.End)
	}
}

func TestRun_manyWrites(t *testing.T) {
	t.Parallel()
	const n = 200000
	result := mustRun(t, body("fmt", fmt.Sprintf(`
		for i := 0; i < %d; i++ {
			fmt.Print("x")
		}`, n)))
	got := text(result.Recording, timeline.Stdout)
	if got != strings.Repeat("x", n) {
		t.Errorf("got %d bytes, want %d", len(got), n)
	}
	// Wherever the worker's replies were cut.
	if got := len(result.Writes); got != joinAfter {
		t.Errorf("got %d writes, want %d", got, joinAfter)
	}
}

func TestRun_binaryOutput(t *testing.T) {
	t.Parallel()
	result := mustRun(t, body("os", `
		os.Stdout.Write([]byte{0xff, 0xfe, 0, 'a', '\n'})`))
	want := []byte{0xff, 0xfe, 0, 'a', '\n'}
	if len(result.Writes) != 1 || !bytes.Equal(result.Writes[0].Text, want) {
		t.Errorf("got %v, want one write of %q", result.Writes, want)
	}
}
