package site

import (
	"go/format"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// rough is code that gofmt has something to do with, | where the caret is.
const rough = `package main
import "fmt"
func main()  {
x:=[]int{1,2,
3}
  fmt.Println( x|[0],strings.Repeat("a",3) )



}`

// A reader has gofmt format a program by a key, with its imports; the caret
// stays where it was, and undo takes it back.
func TestLab_format(t *testing.T) {
	l := openLab(t, channels)
	area := l.figure + ".querySelector('textarea')"
	l.click("edit")
	before, after, _ := strings.Cut(rough, "|")
	l.write(before + after)
	l.eval("(" + area + ".focus(), " + area + ".setSelectionRange(" + quoted(t, before) + ".length, " + quoted(t, before) + ".length), 0)")
	l.do(chromedp.KeyEvent("s", chromedp.KeyModifiers(kb.ModifierCtrl)))
	l.until(l.figure + ".querySelector('.js-said').textContent === 'Formatted.'")
	want, err := format.Source([]byte(strings.Replace(before+after, `import "fmt"`, "import (\n\"fmt\"\n\"strings\"\n)", 1)))
	if err != nil {
		t.Fatal(err)
	}
	formatted := strings.TrimSuffix(string(want), "\n")
	l.want(area+".value", formatted)
	l.want(area+".value.slice("+area+".selectionStart).split('\\n')[0]", `[0], strings.Repeat("a", 3))`)
	l.want("document.activeElement === "+area, "true")
	l.eval("(document.execCommand('undo'), 0)")
	l.want(area+".value", before+after)

	// A button does it, too, and says so where there is nothing to do.
	l.click("format")
	l.until(area + ".value === " + quoted(t, formatted))
	l.click("format")
	l.until(l.figure + ".querySelector('.js-said').textContent === 'It is formatted already.'")

	// A run formats, but leaves the imports to the reader.
	l.write(before + after)
	l.run()
	l.wantEnd("compile", "undefined: strings")
	l.want(area+".value.includes('\\tx := []int{1, 2,\\n')", "true")

	// What does not parse stays as it is, with what is wrong at its line.
	bad := "package main\n\nfunc main() {\nx := := 1\n}"
	l.write(bad)
	l.click("format")
	l.until(l.figure + ".querySelector('.ln.marked')")
	l.want(area+".value", bad)
	l.want("["+"..."+l.figure+".querySelectorAll('.ln')].findIndex(ln => ln.matches('.marked'))", "3")
	if said := l.eval(l.figure + ".querySelector('.js-said').textContent"); !strings.HasPrefix(said, "Cannot be formatted: line 4, ") {
		t.Errorf("the page says %q", said)
	}
	l.calm()
}

// What vet warns of stands at its line after a run, and below it.
func TestLab_vet(t *testing.T) {
	l := openLab(t, channels)
	l.click("edit")
	l.write(withMain("fmt", "\tfmt.Printf(\"%d\\n\", \"a\")"))
	l.run()
	l.wantEnd("ok", "vet: line 6:14 fmt.Printf format %d has arg \"a\" of wrong type string")
	l.want(l.figure+".querySelector('.ln.warned .why').textContent", "vet: fmt.Printf format %d has arg \"a\" of wrong type string")
	l.write(withMain("fmt", "\tfmt.Printf(\"%s\\n\", \"a\")"))
	l.run()
	l.want(l.figure+".querySelector('.vet, .warned')", "null")
	l.calm()
}

// What a program prints is compared with what it says that it prints, as at the
// build: below it, and at the comment.
func TestLab_output(t *testing.T) {
	l := openLab(t, channels)
	l.click("edit")
	l.write(withMain("fmt", "\tfmt.Println(\"no\")\n\t// Output: yes"))
	l.run()
	said := "prints something else than this comment says: got \"no\", want \"yes\""
	l.wantEnd("ok", "line 7:2 "+said)
	l.want(l.figure+".querySelector('.ln.marked .why').textContent", said)
	l.write(withMain("fmt", "\tfmt.Println(\"yes\")\n\t// Output: yes"))
	l.run()
	l.want(l.figure+".querySelector('.unlike, .marked')", "null")
	// As at the build, a bad end is all that is said, unless it is meant.
	bad := withMain("fmt", "\tfmt.Println(\"no\")\n\tpanic(1)\n\t// Output: yes")
	l.write(bad)
	l.run()
	l.want(l.figure+".querySelector('.unlike')", "null")
	l.figure = "document.querySelector('figure.program[data-job*=fails]')"
	l.click("edit")
	l.write(bad)
	l.run()
	l.wantEnd("panic", "line 8:2 "+said)
	l.calm()
}

// Programs of the fidelity suite come out of the page's guest as gofmt has
// them, byte for byte.
func TestLab_formatSuite(t *testing.T) {
	l := openLab(t, channels)
	names, programs := suite(t)
	script := l.eval("document.querySelector('script[type=module]').src")
	for i, name := range names {
		if i%40 != 0 {
			continue
		}
		code := strings.ReplaceAll(strings.ReplaceAll(programs[name], "\n\t", "\n"), ", ", " ,")
		want, err := format.Source([]byte(code))
		if err != nil {
			t.Fatal(err)
		}
		got := l.eval("import(new URL('engine.js', '" + script + "')).then(e => e.ask({Code: " + quoted(t, code) + "}, 4)).then(r => r.Code)")
		if got != string(want) {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
		}
	}
}

// The caret stays at what it stands at.
func TestLab_caret(t *testing.T) {
	l := openLab(t, channels)
	script := l.eval("document.querySelector('script[type=module]').src")
	for _, test := range []struct{ before, after string }{
		{"a:=1|", "a := 1|"},
		{"a:|=1", "a :|= 1"},
		{"if x {\n|\n}", "if x {\n\t|\n}"},
		{"if x {\n  |y()\n}", "if x {\n\t|y()\n}"},
		{"a\n\n\n\n|b", "a\n\n|b"},
		{"f()  |\n}", "\tf()|\n}"},
		{"import \"fmt\"\n\nx|()", "import (\n\t\"fmt\"\n\t\"os\"\n)\n\nx|()"},
		{"|a", "|a"},
		{"a|", "a|\n"},
		{"x := 0XF|F;\ny", "x := 0xF|F\ny"},
		{"a() |// c\nb", "a() |// c\nb"},
	} {
		plain := strings.Replace(test.before, "|", "", 1)
		now := strings.Replace(test.after, "|", "", 1)
		at := l.eval("import(new URL('carried.js', '" + script + "')).then(c => c.carried(" + quoted(t, plain) + ", " +
			quoted(t, now) + ", " + quoted(t, test.before) + ".indexOf('|')))")
		want := l.eval(quoted(t, test.after) + ".indexOf('|')")
		if at != want {
			t.Errorf("%q, %q: the caret is at %s, want %s", test.before, test.after, at, want)
		}
	}
}
