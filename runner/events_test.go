package runner

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"runnel/runner/timeline"
)

// story words events and writes in their order.
func story(rec timeline.Recording) []string {
	var lines []string
	writes := rec.Writes
	for _, e := range rec.Events {
		for len(writes) > 0 && writes[0].Seq < e.Seq {
			lines = append(lines, writeLine(writes[0]))
			writes = writes[1:]
		}
		line := fmt.Sprintf("%v g%d %s", e.At, e.G, e.Kind)
		if e.Op != "" {
			line += " " + string(e.Op)
		}
		if e.Object != 0 {
			line += fmt.Sprintf(" #%d", e.Object)
		}
		if e.Kind == timeline.Create {
			line += fmt.Sprintf(" g%d %s", e.Child, e.Func)
		}
		if e.Line != 0 {
			line += fmt.Sprintf(" line %d", e.Line)
		}
		lines = append(lines, line)
	}
	for _, w := range writes {
		lines = append(lines, writeLine(w))
	}
	return lines
}

func writeLine(w timeline.Write) string {
	return fmt.Sprintf("%v g%d %q", w.At, w.G, w.Text)
}

const waitFor = `package main

import (
	"fmt"
	"sync"
	"time"
)

func myFunc(wg *sync.WaitGroup) {
	defer wg.Done()
	time.Sleep(1500 * time.Millisecond)
	fmt.Println("my 1")
	fmt.Println("my 2")
	fmt.Println("my 3")
}

func anotherFunc(wg *sync.WaitGroup) {
	defer wg.Done()
	time.Sleep(500 * time.Millisecond)
	fmt.Println("another")
}

func main() {
	var wg sync.WaitGroup
	wg.Add(2)
	go myFunc(&wg)
	go anotherFunc(&wg)
	wg.Wait()
}
`

// TestRun_events wants every event of a program.
func TestRun_events(t *testing.T) {
	t.Parallel()
	result := mustRun(t, Program{Source: waitFor})
	want := strings.Split(strings.TrimSpace(`
0s g1 begin
0s g1 create g2 myFunc line 26
0s g1 create g3 anotherFunc line 27
0s g1 wait wait group #1 line 28
0s g2 begin
0s g2 wait sleep line 11
0s g3 begin
0s g3 wait sleep line 19
500ms g3 done sleep line 19
500ms g3 "another\n"
500ms g3 act group done #1 line 18
500ms g3 finish
1.5s g2 done sleep line 11
1.5s g2 "my 1\n"
1.5s g2 "my 2\n"
1.5s g2 "my 3\n"
1.5s g2 act group done #1 line 10
1.5s g2 finish
1.5s g1 done wait group #1 line 28
1.5s g1 finish`), "\n")
	if got := story(result.Recording); !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%s\nwant\n%s",
			strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Observing changes nothing.
func TestRun_unwatched(t *testing.T) {
	t.Parallel()
	for _, p := range []Program{{Source: sleepers}, {Source: waitFor}} {
		watched := mustRun(t, p)
		p.Unwatched = true
		result := mustRun(t, p)
		if len(result.Events) > 0 {
			t.Errorf("got %d events", len(result.Events))
		}
		for _, stream := range []timeline.Stream{1, 2} {
			got := text(result.Recording, stream)
			if want := text(watched.Recording, stream); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		}
	}
}

// A recording keeps no more than so many events, and says so.
func TestRun_tooManyEvents(t *testing.T) {
	t.Parallel()
	result := mustRun(t, body("fmt", `
		c := make(chan int, 1)
		for i := 0; i < 20000; i++ {
			c <- i
			<-c
		}
		fmt.Println("done")`))
	if len(result.Events) != eventLimit || !result.Truncated {
		t.Errorf("got %d events, truncated: %t",
			len(result.Events), result.Truncated)
	}
	if got := text(result.Recording, timeline.Stdout); got != "done\n" {
		t.Errorf("got %q", got)
	}
}

// TestRun_where wants the line and the goroutine of an end.
func TestRun_where(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		program Program
		want    timeline.End
	}{
		"panic": {
			body("time", `
				go func() {
					time.Sleep(time.Second)
					panic("boom")
				}()
				time.Sleep(time.Hour)`),
			timeline.End{
				Kind: timeline.Panic, Code: 2, Line: 9, G: 2,
				Message: "panic: boom",
			},
		},
		"deep": {
			Program{Source: "package main\n\nfunc f(n int) {\n" +
				"\tif n == 0 {\n\t\tpanic(\"deep\")\n\t}\n\tf(n - 1)\n}\n\n" +
				"func main() {\n\tf(4)\n}\n"},
			timeline.End{
				Kind: timeline.Panic, Code: 2, Line: 5, G: 1,
				Message: "panic: deep",
			},
		},
		"recovered": {
			body("fmt", `
				defer func() {
					fmt.Println(recover())
					var m map[int]int
					m[1] = 2
				}()
				panic("boom")`),
			timeline.End{
				Kind: timeline.Panic, Code: 2, G: 1,
				Message: "panic: assignment to entry in nil map",
			},
		},
		"deadlock": {
			body("", `
				c := make(chan int)
				go func() { c <- 1; c <- 2 }()
				<-c
				select {}`),
			timeline.End{
				Kind: timeline.Deadlock, Code: 2, Line: 9,
				Message: "fatal error: all goroutines are asleep " +
					"- deadlock!",
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			result := mustRun(t, test.program)
			if result.End != test.want {
				t.Errorf("got end %+v, want %+v", result.End, test.want)
			}
		})
	}
}
