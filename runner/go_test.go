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

import "unsafe"

//go:linkname sysReserve runtime.sysReserve
func sysReserve(p unsafe.Pointer, n uintptr) unsafe.Pointer

func main() { println(sysReserve(nil, 1)) }
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
		"an array in a file": "package main\n\n" +
			"var a = [...]int{1 << 27: 1}\n\n" +
			"func main() { println(a[5]) }\n",
		"functions in functions": "package main\n\nfunc main() {\n" +
			strings.Repeat("func() {\n", 600) + "println(1)" +
			strings.Repeat("}()\n", 600) + "}\n",
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

// TestRun_compiledLibrary uses what the interpreter does not have.
func TestRun_compiledLibrary(t *testing.T) {
	t.Parallel()
	p := body("bytes compress/gzip crypto/hmac crypto/sha256 fmt go/format "+
		"html/template io os net/url unsafe", `
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		w.Write([]byte("squeezed"))
		w.Close()
		r, _ := gzip.NewReader(&b)
		text, _ := io.ReadAll(r)
		fmt.Println(string(text))
		m := hmac.New(sha256.New, []byte("key"))
		fmt.Printf("%x\n", m.Sum(nil)[:4])
		code, _ := format.Source([]byte("package p;var x=1"))
		fmt.Printf("%s", code)
		template.Must(template.New("").Parse("<p>{{.}}\n")).Execute(os.Stdout, "<b>")
		fmt.Println(url.QueryEscape("a b"), unsafe.Sizeof(int32(0)))`)
	p.Engine = Go
	result := mustRun(t, p)
	want := "squeezed\n5d5d1395\npackage p\n\nvar x = 1\n<p>&lt;b&gt;\na+b 4\n"
	if got := text(result.Recording, timeline.Stdout); got != want {
		t.Errorf("got %q and %+v, want %q", got, result.Recording, want)
	}
	p.Engine = Both
	if result = mustRun(t, p); result.Interpreted != Declines {
		t.Errorf("the interpreter %s: %s", result.Interpreted,
			result.Difference)
	}
}

// Internal packages and a network stay out of reach.
func TestRun_compiledImports(t *testing.T) {
	t.Parallel()
	for _, path := range []string{
		"internal/abi", "runtime/internal/math", "net", "net/http", "os/exec",
		"syscall", "C", "runnel.internal/observe", "runnel.internal/begin",
		"../x", "internal_abi", "golang.org/x/mod",
	} {
		p := Program{Source: "package main\n\nimport _ \"" + path +
			"\"\n\nfunc main() {}\n", Engine: Go}
		result := mustRun(t, p)
		if result.End.Kind != timeline.Refused ||
			len(result.Diagnostics) != 1 {
			t.Errorf("%s: got %+v", path, result.Recording)
		}
	}
}

// TestRun_withoutToolchain runs a program where there is no Go: the
// interpreter, which is there from before, does.
func TestRun_withoutToolchain(t *testing.T) {
	mustRun(t, body("", "")) // makes the interpreter
	t.Setenv("PATH", t.TempDir())
	r := newRunner(t)
	p := body("fmt", `fmt.Println("alone")`)
	p.Engine = Both
	result, err := r.Run(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	if got := text(result.Recording, timeline.Stdout); got != "alone\n" ||
		result.Engine != Yaegi || result.Interpreted != Unasked {
		t.Errorf("got %+v", result)
	}
	if err := r.Exact(t.Context()); err == nil {
		t.Error("it does not say why Go did not run it")
	}
	p.Engine = Go
	result, err = r.Run(t.Context(), p)
	if err != nil || result.End.Kind != timeline.Refused {
		t.Errorf("got %+v and %v by a Go that is not there", result, err)
	}
}

// A compiled program finds time zones, as on a machine that has them.
func TestRun_timeZones(t *testing.T) {
	t.Parallel()
	p := body("fmt time", `
		place, err := time.LoadLocation("America/Los_Angeles")
		fmt.Println(time.Now().In(place), err)`)
	p.Engine = Go
	got := text(mustRun(t, p).Recording, timeline.Stdout)
	if want := "2009-11-10 15:00:00 -0800 PST <nil>\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
