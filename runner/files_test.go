package runner

import (
	"testing"

	"runnel/runner/timeline"
)

const twoFiles = `-- main.go --
package main

import "fmt"

func main() {
	fmt.Println(greeting("Go"))
	panic("line 8")
}
-- greeting.go --
package main

import (
	"fmt"
	"strings"
)

func greeting(name string) string {
	return strings.ToUpper(fmt.Sprint("hello ", name))
}
`

// A program of several files keeps the lines of the text that they stand in.
func TestRun_files(t *testing.T) {
	t.Parallel()
	byBoth(t, "", func(t *testing.T, engine Engine) {
		result := mustRun(t, Program{Source: twoFiles, Engine: engine})
		got := text(result.Recording, timeline.Stdout)
		want := died("panic: line 8")
		want.Line, want.G = 8, 1
		if got != "HELLO GO\n" || result.End != want {
			t.Errorf("got %q and %+v", got, result.Recording)
		}
	})
}

func TestRun_filesCompile(t *testing.T) {
	t.Parallel()
	p := Program{Source: twoFiles + "-- b.go --\npackage main\n\nvar x int = y\n"}
	result := mustRun(t, p)
	want := timeline.Diagnostic{
		Line: 24, Column: 13, Message: "undefined: y",
	}
	if len(result.Diagnostics) != 1 || result.Diagnostics[0] != want {
		t.Errorf("got %+v, want %+v", result.Recording, want)
	}
}
