package runner

import (
	"testing"

	"runnel/runner/timeline"
)

// A program that computes without end has one, the same each time, and its
// other goroutines have run.
func TestRun_steps(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		program Program
		stdout  string
		line    int
		g       int
	}{
		"main": {
			program: body("fmt", `
				go fmt.Println("other")
				for {
				}`),
			stdout: "other\n",
			line:   8,
			g:      1,
		},
		"goroutine": {
			program: body("fmt runtime", `
				go func() {
					for {
					}
				}()
				for i := 0; i < 3; i++ {
					fmt.Println(i)
					runtime.Gosched()
				}
				select {}`),
			stdout: "0\n1\n2\n",
			line:   9,
		},
		"both": {
			program: body("fmt", `
				c := make(chan int)
				go func() {
					n := 0
					for {
						if n++; n == 50000 {
							c <- n
						}
					}
				}()
				fmt.Println(<-c)
				for {
				}`),
			stdout: "50000\n",
		},
		"goto": {
			program: body("", "\nagain:\n\tgoto again"),
			line:    7,
			g:       1,
		},
		"calls": {
			program: Program{Source: "package main\n\n" +
				"func f(n int) {\n\tif n > 0 {\n\t\tf(n-1)\n\t\tf(n-1)\n" +
				"\t}\n}\n\nfunc main() { f(100) }\n"},
			line: 3,
			g:    1,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(2) {
				p := test.program
				p.Steps, p.Seed = 200_000, seed
				a := mustRun(t, p)
				if a.End.Kind != timeline.Steps {
					t.Fatalf("seed %d: got end %+v, want no steps left",
						seed, a.End)
				}
				if got := text(a.Recording, timeline.Stdout); got !=
					test.stdout {
					t.Errorf("seed %d: got %q, want %q",
						seed, got, test.stdout)
				}
				if test.line != 0 && a.End.Line != test.line ||
					test.g != 0 && a.End.G != test.g {
					t.Errorf("seed %d: got end %+v, want line %d of %d",
						seed, a.End, test.line, test.g)
				}
			}
		})
	}
}
