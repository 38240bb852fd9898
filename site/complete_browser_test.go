package site

import (
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// The list of completions that is open: its options, the chosen one.
const (
	options = "document.querySelector('.options:popover-open')"
	taken   = "document.querySelector('.options:popover-open [aria-selected=true] .options-name')?.textContent"
)

// openEditor opens the editor of a lab with a program, its caret at the |.
func (l lab) openEditor(before, after string) (area string) {
	l.Helper()
	l.click("edit")
	area = l.figure + ".querySelector('textarea')"
	l.until(area + "?.getAttribute('aria-autocomplete')")
	l.write(before + after)
	l.eval("(" + area + ".focus(), " + area + ".setSelectionRange(" + quoted(l.T, before) + ".length, " + quoted(l.T, before) + ".length), 0)")
	return area
}

// enter presses Enter as a keyboard does: what takes the key prevents the line
// break.
func (l lab) enter() {
	l.Helper()
	for _, kind := range []input.DispatchKeyEventType{"keyDown", "keyUp"} {
		key := input.DispatchKeyEventParams{Type: kind, Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 13}
		if kind == "keyDown" {
			key.Text = "\r"
		}
		if _, err := chromedp.Call(l.ctx, input.DispatchKeyEvent, key); err != nil {
			l.Fatal(err)
		}
	}
}

// A reader types, and names are completed: what packages export, packages,
// methods of what a variable is. What is accepted is imported.
func TestComplete_keyboard(t *testing.T) {
	l := openLab(t, channels)
	area := l.openEditor("package main\n\nimport \"fmt\"\n\nfunc main() {\n\tfmt.Println(1)\n\t", "\n}")
	l.do(chromedp.KeyEvent("strings.Spl"))
	l.until(taken + " === 'Split'")
	l.want(area+".getAttribute('aria-activedescendant') === document.querySelector('.options [aria-selected=true]').id", "true")
	l.want("document.getElementById("+area+".getAttribute('aria-controls')).getAttribute('role')", "listbox")
	l.want("document.querySelector('.options [aria-selected=true] .options-detail').textContent", "(s, sep string) []string")
	l.until("document.querySelector('.options-about').textContent.startsWith('Split slices s into all substrings')")
	l.do(chromedp.KeyEvent(kb.ArrowDown))
	l.until(taken + " === 'SplitAfter'")
	l.do(chromedp.KeyEvent(kb.ArrowUp), chromedp.KeyEvent(kb.ArrowUp))
	l.until(taken + " === 'SplitSeq'")
	l.enter()
	l.want(area+".value", "package main\n\nimport (\n\t\"fmt\"\n\t\"strings\"\n)\n\nfunc main() {\n\tfmt.Println(1)\n\tstrings.SplitSeq\n}")
	l.want(area+".value.slice("+area+".selectionStart)", "\n}")
	l.want(options, "null")

	// Escape closes the list, and only then leaves the editor.
	l.do(chromedp.KeyEvent("\nvar all sync."))
	l.until(taken)
	l.do(chromedp.KeyEvent(kb.Escape))
	l.want(options, "null")
	l.want("document.activeElement === "+area, "true")
	l.do(chromedp.KeyEvent("WaitGr"))
	l.until(taken + " === 'WaitGroup'")
	l.do(chromedp.KeyEvent(kb.Tab))
	l.until(area + ".value.includes('\\tvar all sync.WaitGroup\\n')")
	l.until(area + ".value.includes('\"strings\"\\n\\t\"sync\"\\n)')")
	l.do(chromedp.KeyEvent("\nall.W"))
	l.until(taken + " === 'Wait'")
	l.do(chromedp.KeyEvent(kb.Escape), chromedp.KeyEvent(kb.Escape))
	l.want("document.activeElement.className", "tool js-run")

	// A package is offered; Enter and Tab are the editor's until one is chosen.
	l.write("package main\n\nfunc main() {\n\t")
	l.eval("(" + area + ".focus(), " + area + ".setSelectionRange(99, 99), 0)")
	l.do(chromedp.KeyEvent("tim"))
	l.until(options)
	l.want(taken, "undefined")
	l.enter()
	l.want(area+".value", "package main\n\nfunc main() {\n\ttim\n\t")
	l.do(chromedp.KeyEvent(kb.Backspace), chromedp.KeyEvent(kb.Backspace))
	l.do(chromedp.KeyEvent(" ", chromedp.KeyModifiers(kb.ModifierCtrl)))
	l.until(taken + " === 'time'")
	l.enter()
	l.until(taken)
	l.want(area+".value", "package main\n\nimport \"time\"\n\nfunc main() {\n\ttime.")
	l.do(chromedp.KeyEvent("Now"), chromedp.KeyEvent("()"), chromedp.KeyEvent("."), chromedp.KeyEvent("Add"))
	l.until(taken + " === 'Add'")
	l.do(chromedp.KeyEvent(kb.Escape))

	// Nothing is offered in comments and texts, nor of names of one's own.
	for _, text := range []string{"\n// fmt.", "\n\"fmt.", "\nvar mine struct{ strings int }\nmine."} {
		l.write("package main\n\nfunc main() {\n\t")
		l.eval("(" + area + ".setSelectionRange(99, 99), 0)")
		l.do(chromedp.KeyEvent(text))
		l.eval("new Promise(done => setTimeout(done, 200))")
		l.want("[...document.querySelectorAll('.options:popover-open .options-name')].some(e => /^P/.test(e.textContent))", "false")
	}
	l.calm()
}

// By touch.
func TestComplete_phone(t *testing.T) {
	l := openPhone(t, channels)
	area := l.openEditor("package main\n\nimport \"fmt\"\n\nfunc main() {\n\t", "\n}")
	l.do(chromedp.KeyEvent("fmt.Prin"))
	l.until(taken + " === 'Print'")
	l.do(chromedp.Tap(".options:popover-open [role=option]:nth-child(3)"))
	l.until(area + ".value.includes('\\tfmt.Println\\n}')")
	l.want("document.activeElement === "+area, "true")
	l.calm()
}
