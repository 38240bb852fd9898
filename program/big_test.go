package program

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// Code that nobody writes but to do harm takes time in proportion to its
// length.
func TestOf_big(t *testing.T) {
	const n = 2_000
	for name, code := range map[string]func(n int) string{
		"statements": func(n int) string { return strings.Repeat("f()\n", n) },
		"on a line":  func(n int) string { return strings.Repeat("f();", n) },
		"comments":   func(n int) string { return strings.Repeat("// c\nf() // d\n", n) },
		"functions":  func(n int) string { return strings.Repeat("func f() {}\nf()\n", n) },
		"imports":    func(n int) string { return strings.Repeat("import \"fmt\"\n", n) },
		"group":      func(n int) string { return "import (\n" + strings.Repeat("\"fmt\"\n", n) + ")\n" },
		"deep":       func(n int) string { return strings.Repeat("{", n) + strings.Repeat("x.Y;", n) },
		"deeper":     func(n int) string { return strings.Repeat("(", n) + "fmt.X" },
		"variables":  variables,
		"mains":      func(n int) string { return strings.Repeat("func main() {}\n", n) },
		"packages":   func(n int) string { return strings.Repeat("fmt.X(os.Y)\n", n) },
		"constants":  doublings,
	} {
		took := func(n int) time.Duration {
			c, start := code(n), time.Now()
			p := Of(c, "x := 1\n")
			Wanted(p.Source)
			for i := range n {
				p.Place(i, 1)
			}
			return time.Since(start)
		}
		few, many := took(n), took(8*n)
		if many > 30*few+time.Second/2 {
			t.Errorf("%s: took %v and %v for eight times as much", name, few, many)
		}
	}
}

// variables declares as many.
func variables(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "v%d := 1\n", i)
	}
	return b.String()
}

// doublings are constants each of which is twice as long as the one before:
// whoever computes the last one runs out of memory.
func doublings(int) string {
	var b strings.Builder
	b.WriteString("const a0 = \"aaaaaaaaaaaaaaaa\"\n")
	for i := 1; i < 62; i++ {
		fmt.Fprintf(&b, "const a%d = a%d + a%[2]d\n", i, i-1)
	}
	return b.String() + "var x [len(a61)]int\nfmt.Println(x)\n"
}
