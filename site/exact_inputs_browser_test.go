package site

import (
	"strings"
	"testing"

	"runnel/program"
	"runnel/runner"
	"runnel/runner/timeline"
)

// inputs are programs that get more than one file of code, or are checked by
// what they say that they print. Each has words that its picture must hold, so
// that two engines which both leave something out are not taken for right.
var inputs = map[string]struct {
	program runner.Program
	words   []string
}{
	"files": {runner.Program{Source: `-- main.go --
package main

import "fmt"

func main() {
	fmt.Println(greeting("Go"))
	panic("line 8")
}
-- greeting.go --
package main

import "strings"

func greeting(name string) string { return strings.ToUpper("hello " + name) }
`}, []string{"HELLO GO", "panic: line 8"}},
	"an error in a second file": {runner.Program{Source: `-- main.go --
package main

func main() { println(x) }
-- x.go --
package main

var x int = y
`}, []string{`data-end="compile"`, "undefined: y"}},
	"args": {runner.Program{Source: withMain("fmt os", "\tfmt.Printf(\"%q\\n\", os.Args[1:])"),
		Args: []string{"-v", "two words", "", "ü"}}, []string{"two words", "ü"}},
	"stdin": {runner.Program{Source: withMain("bufio fmt os", `	lines := bufio.NewScanner(os.Stdin)
	for n := 1; lines.Scan(); n++ {
		fmt.Println(n, lines.Text())
	}`), Stdin: "first\n\nthird, ü, without an end"}, []string{"1 first", "3 third, ü, without an end"}},
	"stdin that is empty": {runner.Program{Source: withMain("fmt io os", `	text, err := io.ReadAll(os.Stdin)
	fmt.Println(len(text), err)`)}, []string{"0 &lt;nil&gt;"}},
	"output as it says": {runner.Program{Source: withMain("fmt", "\tfmt.Println(\"yes\")\n\t// Output: yes")},
		[]string{`data-end="ok"`, "yes"}},
	"output not as it says": {runner.Program{Source: withMain("fmt", "\tfmt.Println(\"no\")\n\t// Output: yes")},
		[]string{`data-end="ok"`, "no", `prints something else than this comment says: got &#34;no&#34;, want &#34;yes&#34;`}},
	"output in an order of its own": {runner.Program{Source: withMain("fmt", "\tfmt.Print(\"a\\nb\\n\")\n\t// Unordered output:\n\t// b\n\t// a")},
		[]string{`data-end="ok"`, "a"}},
	"examples that pass and fail": {runner.Program{Source: `package main

import (
	"fmt"
	"testing"
)

func TestNothing(t *testing.T) {}

func Example_right() {
	fmt.Println("yes")
	// Output: yes
}

func Example_wrong() {
	fmt.Println("no")
	// Output: yes
}
`}, []string{"--- PASS: Example_right", "--- FAIL: Example_wrong", "got:", "want:"}},
}

// unlike is what the build reports of a run in which a program prints something
// else than it says: the page shows it.
func unlike(p runner.Program, result runner.Result) []timeline.Diagnostic {
	want, ok := program.Wanted(p.Source)
	if !ok || result.End.Kind != timeline.OK {
		return nil
	}
	if said := want.Complaint(timeline.Text(result.Writes, timeline.Stdout)); said != "" {
		return []timeline.Diagnostic{{Line: want.Line, Column: want.Column, Message: said}}
	}
	return nil
}

// Several files, arguments, standard input and checked output are in the page
// what they are at the build.
func TestExact_inputs(t *testing.T) {
	l := openExact(t)
	r := testRunner(t)
	for name, input := range inputs {
		input.program.Source = edited(input.program.Source)
		got := l.like(r, name, input.program)
		for _, words := range input.words {
			if !strings.Contains(got.HTML, words) {
				t.Errorf("%s: got %.3000s, want %q in it", name, got.HTML, words)
			}
		}
	}
}
