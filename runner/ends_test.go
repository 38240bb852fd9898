package runner

import (
	"testing"
	"time"

	"runnel/runner/timeline"
)

// An ending is a program and how it ends.
type ending struct {
	program Program
	want    timeline.End
	stdout  string
	stderr  string
	virtual time.Duration
	// compiled is Go's message where the interpreter does not know all
	// of it.
	compiled string
	// declined is why the interpreter does not run the program.
	declined string
}

const deadlock = "fatal error: all goroutines are asleep - deadlock!"

// endings are programs that end in every way there is.
var endings = map[string]ending{
	"main returns": {
		program: body("fmt", `fmt.Println("bye")`),
		want:    timeline.End{Kind: timeline.OK},
		stdout:  "bye\n",
	},
	"main returns before the others": {
		program: body("fmt time", `
				go func() { time.Sleep(time.Hour); fmt.Println("late") }()
				time.Sleep(time.Second)`),
		want:    timeline.End{Kind: timeline.OK},
		virtual: time.Second,
	},
	"exit": {
		program: body("fmt os", `
				defer fmt.Println("never")
				os.Exit(3)`),
		want: timeline.End{Kind: timeline.Exit, Code: 3},
	},
	"exit like a panic": {
		program: body("fmt os", `
				fmt.Fprintln(os.Stderr, "panic: not really")
				os.Exit(2)`),
		want:   timeline.End{Kind: timeline.Exit, Code: 2},
		stderr: "panic: not really\n",
	},
	"exit with zero": {
		program: body("os", `os.Exit(0)`),
		want:    timeline.End{Kind: timeline.OK},
	},
	"log.Fatal": {
		program: body("log", `
				log.SetFlags(0)
				log.Fatal("so long")`),
		want:   timeline.End{Kind: timeline.Exit, Code: 1},
		stderr: "so long\n",
	},
	"own logger's Fatal": {
		program: body("log os", `
				l := log.New(os.Stdout, "own: ", 0)
				l.Fatalf("code %d", 7)`),
		want:   timeline.End{Kind: timeline.Exit, Code: 1},
		stdout: "own: code 7\n",
	},
	"panic": {
		program: body("time", `
				time.Sleep(time.Second)
				panic("boom")`),
		want:    died("panic: boom"),
		virtual: time.Second,
	},
	"panic deep down": {
		program: Program{Source: `package main

func f(n int) {
	if n == 0 {
		panic("deep")
	}
	f(n - 1)
}

func main() { f(5) }
`},
		want: died("panic: deep"),
	},
	"panic with two lines": {
		program: body("", `panic("a\nb")`),
		want:    died("panic: a\n\tb"),
	},
	"panic with an error": {
		program: body("fmt io", `panic(fmt.Errorf("read: %w", io.EOF))`),
		want:    died("panic: read: EOF"),
	},
	"panic with a number": {
		program: body("", `panic(42)`),
		want:    died("panic: 42"),
	},
	"panic after recover": {
		program: body("fmt", `
				defer func() {
					r := recover()
					fmt.Println("recovered", r)
					panic(fmt.Sprint("again ", r))
				}()
				panic("first")`),
		want: died("panic: first [recovered]\n" +
			"\tpanic: again first"),
		declined: "line 7: a deferred function that panics",
		stdout:   "recovered first\n",
	},
	"panic in a goroutine": {
		program: body("time", `
				go func() { panic("elsewhere") }()
				time.Sleep(time.Second)`),
		want: died("panic: elsewhere"),
	},
	"panic with an own error": {
		program: Program{Source: `package main

type failure struct{ code int }

func (f failure) Error() string { return "failure" }

func main() { panic(failure{3}) }
`},
		want:     died("panic: failure"),
		declined: "line 7: a panic with an own type",
	},
	"nil map": {
		program: body("", `var m map[string]int; m["a"] = 1`),
		want:    died("panic: assignment to entry in nil map"),
	},
	"nil pointer": {
		program: Program{Source: `package main

type T struct{ n int }

func main() { var t *T; t.n++ }
`},
		want: died("panic: runtime error: " +
			"invalid memory address or nil pointer dereference"),
	},
	"division by zero": {
		program: body("fmt", `a, b := 1, 0; fmt.Println(a / b)`),
		want:    died("panic: runtime error: integer divide by zero"),
	},
	"index out of range": {
		program: body("fmt", `a := []int{1}; i := 3; fmt.Println(a[i])`),
		// Known gap: Go adds "[3] with length 1".
		want: died("panic: runtime error: index out of range " +
			"(the interpreter cannot say which)"),
		compiled: "panic: runtime error: " +
			"index out of range [3] with length 1",
	},
	"type assertion": {
		program: body("fmt", `var x any = "s"; fmt.Println(x.(int))`),
		want: died("panic: interface conversion: " +
			"interface {} is string, not int"),
	},
	"closed channel": {
		program: body("", `c := make(chan int); close(c); close(c)`),
		want:    died("panic: close of closed channel"),
	},
	"deadlock": {
		program: body("time", `
				c := make(chan int)
				time.Sleep(time.Second)
				<-c`),
		want: timeline.End{
			Kind: timeline.Deadlock, Code: 2, Message: deadlock,
		},
		virtual: time.Second,
	},
	"empty select": {
		program: body("", `select {}`),
		want: timeline.End{
			Kind: timeline.Deadlock, Code: 2, Message: deadlock,
		},
	},
	"WaitGroup never done": {
		program: body("sync", `
				var wg sync.WaitGroup
				wg.Add(1)
				wg.Wait()`),
		want: timeline.End{
			Kind: timeline.Deadlock, Code: 2, Message: deadlock,
		},
	},
	"Goexit": {
		program: body("fmt runtime", `
				go fmt.Println("other")
				runtime.Goexit()`),
		want: timeline.End{
			Kind: timeline.Deadlock, Code: 2,
			Message: "fatal error: no goroutines " +
				"(main called runtime.Goexit) - deadlock!",
		},
		stdout: "other\n",
	},
	"endless recursion": {
		program: Program{Source: `package main

func f(n int) int { return f(n+1) + 1 }

func main() { f(0) }
`},
		want: died("fatal error: stack overflow"),
	},
	"an hour of sleep": {
		program: body("fmt time", `
				fmt.Println("good night")
				time.Sleep(time.Hour)`),
		want:    timeline.End{Kind: timeline.Virtual},
		stdout:  "good night\n",
		virtual: virtualLimit,
	},
	"memory in one piece": {
		program: body("fmt", `fmt.Println(len(make([]byte, 1<<30)))`),
		want: timeline.End{
			Kind: timeline.Memory, Code: 2,
			Message: "fatal error: out of memory",
		},
	},
}

// TestRun_ends runs programs to their ends.
func TestRun_ends(t *testing.T) {
	t.Parallel()
	for name, test := range endings {
		byBoth(t, name, func(t *testing.T, engine Engine) {
			t.Parallel()
			test := test
			test.program.Engine = engine
			switch {
			case engine == Go && test.compiled != "":
				test.want.Message = test.compiled
			case engine == Yaegi && test.declined != "":
				test.stdout = ""
				test.want = timeline.End{
					Kind: timeline.Refused,
					Message: "the interpreter cannot run this program " +
						"faithfully: " + test.declined,
				}
			}
			result := mustRun(t, test.program)
			// Where it ended is another test's.
			result.End.Line, result.End.G = 0, 0
			if result.End != test.want {
				t.Errorf("got end %+v, want %+v", result.End, test.want)
			}
			if result.Virtual != test.virtual {
				t.Errorf("got virtual time %v, want %v",
					result.Virtual, test.virtual)
			}
			got := text(result.Recording, timeline.Stdout)
			if got != test.stdout {
				t.Errorf("got stdout %q, want %q", got, test.stdout)
			}
			got = text(result.Recording, timeline.Stderr)
			if got != test.stderr {
				t.Errorf("got stderr %q, want %q", got, test.stderr)
			}
		})
	}
}

// died is the end of a program that Go's runtime killed.
func died(message string) timeline.End {
	return timeline.End{Kind: timeline.Panic, Code: 2, Message: message}
}
