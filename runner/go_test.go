package runner

import (
	"strings"
	"testing"
	"time"

	"runnel/runner/timeline"
)

// The builtins of a compiled program write where its runtime does when it
// dies; they are told apart, and stand among the other writes.
func TestRun_printlnAndPanic(t *testing.T) {
	t.Parallel()
	p := body("fmt", `
		fmt.Println("one")
		println("panic: two", 2)
		print("three", "\n")
		fmt.Println("four")
		var list []int
		println(list[4])`)
	p.Engine = Go
	result := mustRun(t, p)
	var got []string
	for _, w := range result.Writes {
		got = append(got, string(w.Text))
	}
	want := "one\n|panic: two 2\n|three\n|four\n"
	if strings.Join(got, "|") != want {
		t.Errorf("got %q, want %q", got, want)
	}
	end := died("panic: runtime error: index out of range [4] with length 0")
	end.Line, end.G = 12, 1
	if result.End != end {
		t.Errorf("got end %+v, want %+v", result.End, end)
	}
}

// TestRun_compiledRefusals gives the compiler and the linker what they must
// not swallow.
func TestRun_compiledRefusals(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"linkname": `package main

import _ "unsafe"

//go:linkname nanotime runtime.nanotime
func nanotime() int64

func main() { println(nanotime()) }
`,
		"embed": `package main

import (
	_ "embed"
	"fmt"
)

//go:embed /etc/passwd
var passwd string

func main() { fmt.Println(passwd) }
`,
		"cgo":     "package main\n\nimport \"C\"\n\nfunc main() {}\n",
		"no body": "package main\n\nfunc f()\n\nfunc main() { f() }\n",
	}
	for name, source := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := Program{Source: source, Engine: Go}
			result := mustRun(t, p)
			k := result.End.Kind
			if k != timeline.Compile && k != timeline.Refused {
				t.Errorf("got %+v, want a refusal", result.End)
			}
			if len(result.Diagnostics) == 0 && result.End.Message == "" {
				t.Error("it does not say why")
			}
		})
	}
}

// A program that computes for long is compiled to machine code: the
// WebAssembly interpreter would take a minute.
func TestRun_sprints(t *testing.T) {
	t.Parallel()
	p := body("fmt", `
		x := uint32(1)
		for i := uint32(0); i < 100_000_000; i++ {
			x = x*31 + i
		}
		fmt.Println(x)`)
	p.Engine, p.Steps, p.Timeout = Go, 1<<40, 30*time.Second
	result := mustRun(t, p)
	if got := text(result.Recording, timeline.Stdout); got != "2786840705\n" {
		t.Errorf("got %q after %v: %+v", got, result.Real, result.End)
	}
}

// TestRun_hostileBuild writes programs to exhaust the compiler and the
// linker: they end, and say why.
func TestRun_hostileBuild(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	t.Parallel()
	const n = 100_000
	for name, source := range map[string]string{
		"deep": "package main\n\nvar x = " + strings.Repeat("(", n) + "1" +
			strings.Repeat(")", n) + "\n\nfunc main() {}\n",
		"large": "package main\n\nvar a [1 << 33]byte\n\n" +
			"func main() { println(a[len(a)-1]) }\n",
		"types without end": "package main\n\n" +
			"func f[T any](n int) { f[[2]T](n - 1) }\n\n" +
			"func main() { f[int](3) }\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			result := mustRun(t, Program{Source: source, Engine: Go})
			if len(result.Diagnostics) == 0 && result.End.Message == "" {
				t.Error("it does not say why")
			}
			if k := result.End.Kind; k != timeline.Compile &&
				k != timeline.Refused {
				t.Errorf("got end %+v, want a refusal", result.End)
			}
		})
	}
}
