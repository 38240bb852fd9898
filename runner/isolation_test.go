package runner

import (
	"testing"

	"runnel/runner/timeline"
)

// TestRun_isolation looks out of the sandbox from inside.
func TestRun_isolation(t *testing.T) {
	t.Setenv("RUNNEL_SECRET", "secret")
	tests := map[string]struct {
		program Program
		want    string // on stdout
	}{
		"environment": {
			body("fmt os", `
				fmt.Println(len(os.Environ()), os.Getenv("GOTRACEBACK"),
					os.Getenv("HOME"), os.Getenv("RUNNEL_SECRET"))`),
			"0   \n",
		},
		"reading a file": {
			body("fmt os", `
				_, err := os.ReadFile("/etc/passwd")
				fmt.Println(err != nil)
				_, err = os.ReadDir("/")
				fmt.Println(err != nil)
				_, err = os.Stat(".")
				fmt.Println(err != nil)`),
			"true\ntrue\ntrue\n",
		},
		"writing a file": {
			body("fmt os", `
				err := os.WriteFile("/tmp/runnel-was-here", nil, 0o666)
				fmt.Println(err != nil)
				err = os.Mkdir("folder", 0o777)
				fmt.Println(err != nil)
				_, err = os.CreateTemp("", "")
				fmt.Println(err != nil)`),
			"true\ntrue\ntrue\n",
		},
		"other file descriptors": {
			body("fmt os", `
				for fd := 4; fd < 20; fd++ {
					f := os.NewFile(uintptr(fd), "f")
					if f == nil {
						continue
					}
					_, err := f.Write([]byte("hello"))
					if err == nil {
						fmt.Println("wrote to", fd)
					}
				}
				fmt.Println("done")`),
			"done\n",
		},
		"processes": {
			body("fmt os", `
				_, err := os.StartProcess("/bin/sh", nil, &os.ProcAttr{})
				fmt.Println(err != nil)`),
			"true\n",
		},
		"executable": {
			body("fmt os", `
				_, err := os.Executable()
				fmt.Println(err != nil, os.Args)`),
			"true [main]\n",
		},
	}
	for name, test := range tests {
		byBoth(t, name, func(t *testing.T, engine Engine) {
			test.program.Engine = engine
			result := mustRun(t, test.program)
			got := text(result.Recording, timeline.Stdout)
			if got != test.want || result.End.Kind != timeline.OK {
				t.Errorf("got %q and end %+v, want %q",
					got, result.End, test.want)
			}
		})
	}
}

// TestRun_refused imports what the sandbox does not have.
func TestRun_refused(t *testing.T) {
	t.Parallel()
	const std = ", which the sandbox does not have"
	tests := map[string]string{
		"net":                std,
		"net/http":           std,
		"os/exec":            std,
		"os/signal":          std,
		"syscall":            std,
		"unsafe":             std,
		"C":                  std,
		"internal/poll":      std,
		"golang.org/x/mod":   ", which is outside the standard library",
		"runnel/runner":      std,
		"github.com/a/b/c.d": ", which is outside the standard library",
	}
	for path, why := range tests {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			p := Program{Source: "package main\n\nimport (\n\t\"fmt\"\n\t_ " +
				`"` + path + `"` + "\n)\n\nfunc main() { fmt.Println(x) }\n"}
			result := mustRun(t, p)
			want := `imports "` + path + `"` + why
			if result.End.Kind != timeline.Refused ||
				result.End.Message != want {
				t.Errorf("got end %+v, want %q", result.End, want)
			}
			place := timeline.Diagnostic{Line: 5, Column: 4, Message: want}
			if len(result.Diagnostics) != 1 ||
				result.Diagnostics[0] != place {
				t.Errorf("got %+v, want %+v", result.Diagnostics, place)
			}
		})
	}
}

func TestRun_input(t *testing.T) {
	t.Parallel()
	byBoth(t, "", testInput)
}

func testInput(t *testing.T, engine Engine) {
	p := body("bufio fmt os", `
		for s := bufio.NewScanner(os.Stdin); s.Scan(); {
			fmt.Printf("%q\n", s.Text())
		}
		fmt.Println(os.Args[1:])`)
	p.Stdin = "one\ntwo"
	p.Args = []string{"-v", "a b"}
	p.Engine = engine
	result := mustRun(t, p)
	got := text(result.Recording, timeline.Stdout)
	if want := "\"one\"\n\"two\"\n[-v a b]\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// What no program can be given is our error, not its end.
func TestRun_badArguments(t *testing.T) {
	t.Parallel()
	p := body("", "")
	p.Args = []string{"a\x00b"}
	if result, err := sharedRunner(t).Run(t.Context(), p); err == nil {
		t.Errorf("got %+v, want an error", result)
	}
}

// The builtins write where Go has them write.
func TestRun_println(t *testing.T) {
	t.Parallel()
	result := mustRun(t, body("", `println("a", 1); print("b")`))
	got := text(result.Recording, timeline.Stderr)
	if got != "a 1\nb" {
		t.Errorf("got %q on stderr", got)
	}
}
