package program

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// Code that nobody writes but to do harm takes no time to speak of.
func TestOf_big(t *testing.T) {
	t.Parallel()
	const n = 50_000
	for name, code := range map[string]string{
		"statements": strings.Repeat("f()\n", n),
		"on a line":  strings.Repeat("f();", n),
		"comments":   strings.Repeat("// c\nf() // d\n", n),
		"functions":  strings.Repeat("func f() {}\nf()\n", n),
		"imports":    strings.Repeat("import \"fmt\"\n", n),
		"group":      "import (\n" + strings.Repeat("\"fmt\"\n", n) + ")\n",
		"deep":       strings.Repeat("{", n) + strings.Repeat("x.Y;", n),
		"deeper":     strings.Repeat("(", n) + "fmt.X",
		"variables":  strings.Repeat("a, b := 1, 2\n", n),
		"mains":      strings.Repeat("func main() {}\n", n),
		"packages":   strings.Repeat("fmt.X(os.Y)\n", n),
		"constants": "const a = \"aaaaaaaaaaaaaaaa\"\nconst a0 = a+a\n" + doublings() +
			"var x [len(a61)]int\nfmt.Println(x)\n",
	} {
		start := time.Now()
		p := Of(code, "x := 1\n")
		Wanted(p.Source)
		for i := range 100 {
			p.Place(i*100, 1)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s: took %v", name, took)
		}
	}
}

// doublings are constants each of which is twice as long as the one before.
func doublings() string {
	var b strings.Builder
	for i := 1; i < 62; i++ {
		fmt.Fprintf(&b, "const a%d = a%d + a%[2]d\n", i, i-1)
	}
	return b.String()
}
