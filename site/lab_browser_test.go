package site

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A lab is the first program of a page, or another one.
type lab struct {
	*tab
	figure string // an expression
}

// openLab opens a page of the guide at its first program.
func openLab(t *testing.T, address string) lab {
	t.Helper()
	b := openGuide(t)
	b.size(1440, 900)
	b.open(address)
	return firstLab(b)
}

// firstLab is the first program of the page that is open.
func firstLab(b *tab) lab {
	l := lab{b, "document.querySelector('figure.program[data-job]')"}
	l.ready()
	return l
}

// ready waits until the page's scripts know the program.
func (l lab) ready() {
	l.Helper()
	l.until("!document.querySelector('.outcome .names') || document.querySelector('.outcome .names [role=button]')")
	l.eval("new Promise(done => setTimeout(done, 100))")
}

// calm is clean, but for what moves since the reader has done something.
func (l lab) calm() {
	l.Helper()
	l.eval("(seen = seen.filter(s => !s.startsWith('layout shift'))," +
		"seen.push = s => s.startsWith('layout shift') ? 0 : Array.prototype.push.call(seen, s), 0)")
	l.clean("the program")
}

func (l lab) click(button string) {
	l.Helper()
	l.eval("(" + l.figure + ".querySelector('.js-" + button + "').click(), 0)")
}

// write replaces the text of the editor.
func (l lab) write(code string) {
	l.Helper()
	text, err := json.Marshal(strings.TrimRight(code, "\n"))
	if err != nil {
		l.Fatal(err)
	}
	l.until(l.figure + ".querySelector('textarea')")
	l.eval("(area => { area.value = " + string(text) + "; area.dispatchEvent(new Event('input')); })(" +
		l.figure + ".querySelector('textarea'))")
}

// run runs the program and waits until it is over.
func (l lab) run() {
	l.Helper()
	l.click("run")
	l.over()
}

// over waits until the program is.
func (l lab) over() {
	l.Helper()
	run := l.figure + ".querySelector('.js-run').textContent"
	l.until(run + " === 'Run' && " + l.figure + ".querySelector('.js-said').textContent")
}

// output is what the program printed.
func (l lab) output() string {
	l.Helper()
	return l.eval("[..." + l.figure + ".querySelectorAll('.outcome .line .text')].map(e => e.textContent).join('|')")
}

func (l lab) wantEnd(end, text string) {
	l.Helper()
	l.want(l.figure+".querySelector('.outcome').dataset.end", end)
	got := l.eval(l.figure + ".querySelector('.outcome').textContent")
	if !strings.Contains(got, text) {
		l.Errorf("the outcome lacks %q:\n%s", text, got)
	}
}

// withMain is a program that has a main with some statements.
func withMain(imports, statements string) string {
	code := "package main\n\n"
	for name := range strings.FieldsSeq(imports) {
		code += "import \"" + name + "\"\n"
	}
	return code + "\nfunc main() {\n" + statements + "\n}\n"
}

// A reader runs a program, changes it, and sees what came of it, or why it
// does not run; and goes back to what was published.
func TestLab_edit(t *testing.T) {
	l := openLab(t, channels)
	published := l.output()
	l.run()
	if got := l.output(); got != published {
		t.Errorf("run: got %q, want %q", got, published)
	}
	l.want(l.figure+".querySelector('.js-said').textContent", "The same output as published.")

	l.click("edit")
	l.write(withMain("fmt", `	fmt.Println("hello", 6*7)`))
	l.run()
	if got := l.output(); got != "hello 42" {
		t.Errorf("got %q", got)
	}
	l.want(l.figure+".querySelector('.js-said').textContent", "Other output than published.")
	l.until("[..." + l.figure + ".querySelectorAll('.ln .k, .ln .kd, .ln .kn')].map(e => e.textContent).join(' ') ===" +
		"'package import func'")
	l.click("compare")
	l.want("[..."+l.figure+".querySelectorAll('.compared .new .text')].map(e => e.textContent).join('|')", "hello 42")

	l.write(withMain("fmt", "\tx := 1\n\tfmt.Println(\"no\")"))
	l.run()
	l.wantEnd("compile", "declared and not used: x")
	l.want(l.figure+".querySelector('.ln.marked').textContent.trim().startsWith('x := 1')", "true")
	l.want(l.figure+".querySelector('.ln.marked .why').textContent", "declared and not used: x")

	l.write(withMain("", "\tfor {\n\t}"))
	l.run()
	l.wantEnd("steps", "it took too many steps")

	l.write(withMain("", "\tc := make(chan int)\n\t<-c"))
	l.run()
	l.wantEnd("deadlock", "all goroutines are asleep - deadlock!")

	l.write(withMain("", "\tpanic(\"boom\")"))
	l.run()
	l.wantEnd("panic", "panic: boom")

	l.click("reset")
	if got := l.output(); got != published {
		t.Errorf("reset: got %q, want %q", got, published)
	}
	l.want(l.figure+".querySelector('textarea')", "null")
	l.calm()
}

// What a program prints is text, whatever it is.
func TestLab_hostile(t *testing.T) {
	l := openLab(t, channels)
	l.click("edit")
	l.write(withMain("fmt strings os", `	fmt.Println("<img src=x onerror=alert(1)><script>alert(2)</script>")
	fmt.Println("\x1b[31mred\x1b[0m a\x00b \xff\xfe \u202e")
	fmt.Println(strings.Repeat("long ", 4000))
	os.Stderr.WriteString("</pre></figure><h1>out</h1>\n")`))
	l.run()
	got := l.output()
	for _, want := range []string{"<script>alert(2)</script>", "␛[31mred", "a␀b", "��", "</pre></figure><h1>out</h1>"} {
		if !strings.Contains(got, want) {
			t.Errorf("the output lacks %q: %.300q", want, got)
		}
	}
	l.want("document.querySelectorAll('.outcome img, .outcome script, .outcome h1').length", "0")
	l.calm()
}

// slowLoop works for long without a step of its own.
const slowLoop = `	for {
		regexp.MustCompile("(x+x+)+y").MatchString(strings.Repeat("x", 300000))
	}`

// An endless loop that makes no steps is ended with its worker, by its time or
// by the reader; the page goes on.
func TestLab_stop(t *testing.T) {
	l := openLab(t, channels)
	l.click("edit")
	l.write(withMain("regexp strings", slowLoop))
	l.click("run")
	l.until(l.figure + ".querySelector('.js-run').textContent === 'Stop'")
	time.Sleep(500 * time.Millisecond)
	l.click("run")
	l.over()
	l.want(l.figure+".querySelector('.js-said').textContent", "Stopped.")
	l.write(withMain("fmt", `	fmt.Println("again")`))
	l.run()
	if got := l.output(); got != "again" {
		t.Errorf("got %q", got)
	}
}

// Two programs of a page run one after the other; the end of one that was
// stopped is not that of the other.
func TestLab_two(t *testing.T) {
	l := openLab(t, channels)
	other := l
	other.figure = "document.querySelectorAll('figure.program[data-job]')[1]"
	published := other.output()
	l.click("edit")
	l.write(withMain("regexp strings", slowLoop))
	l.click("run")
	l.until(l.figure + ".querySelector('.js-said').textContent === 'Running …'")
	other.click("run")
	time.Sleep(300 * time.Millisecond)
	l.click("run")
	l.over()
	other.over()
	other.want(other.figure+".querySelector('.js-said').textContent", "The same output as published.")
	if got := other.output(); got != published {
		t.Errorf("got %q, want %q", got, published)
	}
}

// Another seed gives another order where Go promises none.
func TestLab_order(t *testing.T) {
	l := openLab(t, channels)
	l.click("edit")
	l.write(withMain("fmt sync", `	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() { fmt.Print(i, " ") })
	}
	all.Wait()`))
	l.run()
	first := l.output()
	seen := map[string]bool{first: true}
	for range 4 {
		l.click("order")
		l.over()
		seen[l.output()] = true
	}
	if len(seen) < 2 {
		t.Errorf("five orders, and each time %q", first)
	}
	l.click("reset")
	l.run()
}

// A link holds the program; who opens it sees it, and it has not run.
func TestLab_share(t *testing.T) {
	l := openLab(t, channels)
	l.click("edit")
	code := withMain("fmt", "\tfmt.Println(\"shared <é>\")")
	l.write(code)
	l.click("share")
	l.until("location.hash.includes('~')")
	address := l.eval("location.href")
	l.open("Programs/")
	l.do(chromedp.Navigate(address))
	l.until(l.figure + ".querySelector('textarea')")
	l.until(l.figure + ".querySelector('textarea').value.includes('shared')")
	if got := l.eval(l.figure + ".querySelector('textarea').value"); got != strings.TrimSuffix(code, "\n") {
		t.Errorf("got %q, want %q", got, code)
	}
	if got := l.output(); strings.Contains(got, "shared") {
		t.Error("the program of a link has run by itself")
	}
	l.run()
	if got := l.output(); got != "shared <é>" {
		t.Errorf("got %q", got)
	}
	l.open("Programs/")
	l.open(channels + "#_program-1~bm9uc2Vuc2U")
	l.want(l.figure+".querySelector('textarea')", "null")
	l.calm()
}

// After the first run the page needs no network.
func TestLab_offline(t *testing.T) {
	l := openLab(t, channels)
	l.eval("caches.open('runnel').then(c => Promise.all(['guest-old.wasm.br', 'other'].map(name => " +
		"c.put(" + quoted(t, l.base+"assets/") + " + name, new Response('x')))))")
	l.run()
	// The interpreter of an earlier build has gone from the store, and no more.
	l.until("(await (await caches.open('runnel')).keys()).map(r => r.url.split('/').pop().replace(/-[0-9a-f]{12}.*/, ''))" +
		".sort().join() === 'guest,other'")
	if _, err := chromedp.Call(l.ctx, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: true}); err != nil {
		t.Fatal(err)
	}
	l.want("navigator.onLine", "false")
	l.click("edit")
	// Ending a program ends its worker: the next one needs no network either.
	l.write(withMain("regexp strings", slowLoop))
	l.click("run")
	l.until(l.figure + ".querySelector('.js-said').textContent === 'Running …'")
	time.Sleep(300 * time.Millisecond)
	l.click("run")
	l.over()
	l.write(withMain("fmt", `	fmt.Println("no network")`))
	l.run()
	if got := l.output(); got != "no network" {
		t.Errorf("got %q", got)
	}
}

// Everything can be done with the keyboard, and nobody is caught in the
// editor.
func TestLab_keyboard(t *testing.T) {
	l := openLab(t, channels)
	focus := "(e => e.className || e.tagName)(document.activeElement)"
	l.eval("(" + l.figure + ".querySelector('.js-edit').focus(), 0)")
	l.do(chromedp.KeyEvent(kb.Enter))
	l.until("document.activeElement.tagName === 'TEXTAREA'")
	l.eval("(document.activeElement.select(), 0)")
	l.do(chromedp.KeyEvent("package main\n\nfunc main() {\nprintln(1)"))
	area := "document.querySelector('textarea').value"
	l.want(area, "package main\n\nfunc main() {\n\tprintln(1)")
	l.do(chromedp.KeyEvent("\n"), chromedp.KeyEvent(kb.Tab))
	l.want(area, "package main\n\nfunc main() {\n\tprintln(1)\n\t\t")
	l.do(chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(kb.ModifierShift)),
		chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(kb.ModifierShift)), chromedp.KeyEvent("}"))
	l.want(area, "package main\n\nfunc main() {\n\tprintln(1)\n}")
	l.eval("(document.execCommand('undo'), 0)")
	l.until("!" + area + ".endsWith('}')")
	l.eval("(document.execCommand('redo'), 0)")
	l.want(area, "package main\n\nfunc main() {\n\tprintln(1)\n}")
	l.do(chromedp.KeyEvent("\r", chromedp.KeyModifiers(kb.ModifierCtrl)))
	l.until(l.figure + ".querySelector('.outcome .stderr')")
	l.over()
	if got := l.output(); got != "1" {
		t.Errorf("got %q", got)
	}
	l.do(chromedp.KeyEvent(kb.Escape))
	l.want(focus, "tool js-run")
	l.do(chromedp.KeyEvent(kb.Tab))
	l.want(focus, "tool js-docs")

	l.click("reset")
	l.eval("(" + l.figure + ".querySelector('.names [role=button]').focus(), 0)")
	l.until(l.figure + ".querySelector('.line.lit')")
	l.calm()
}

// A replay shows lines when they were written, and goes where it is told.
func TestLab_replay(t *testing.T) {
	l := openLab(t, channels)
	if _, err := chromedp.Call(l.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}}); err != nil {
		t.Fatal(err)
	}
	hidden := l.figure + ".querySelectorAll('.line.later').length"
	all := l.eval(l.figure + ".querySelectorAll('.outcome .line').length")
	l.click("replay")
	l.until(l.figure + ".querySelector('.replay')")
	l.want(hidden, all) // at the beginning, and standing still
	l.want(l.figure+".querySelector('.js-play').textContent", "Play")
	shown := map[string]bool{}
	for range 60 {
		l.do(chromedp.Focus(".replay input"), chromedp.KeyEvent(kb.ArrowRight))
		shown[l.eval(hidden)] = true
	}
	if want := 2; len(shown) < want {
		t.Errorf("lines appear in %d steps, want at least %d", len(shown), want)
	}
	l.want(hidden, "0")
	l.eval("(" + l.figure + ".querySelector('.replay select').value = '4', 0)")
	l.click("play")
	l.until(l.figure + ".querySelector('.ln.now')")
	l.until(l.figure + ".querySelector('.js-play').textContent === 'Play'")
	l.want(hidden, "0")
	l.do(chromedp.KeyEvent(kb.Escape))
	l.until("!document.querySelector('.replay')")
	l.want("document.querySelectorAll('.ln.now, .cursor, .later').length", "0")
	l.calm()
}

// Pointing at a line lights up what belongs to its goroutine.
func TestLab_together(t *testing.T) {
	l := openLab(t, channels)
	line := l.figure + ".querySelector('.line[data-g=\"2\"]')"
	l.eval(line + ".scrollIntoView({block: 'center', behavior: 'instant'})")
	l.point(line)
	lit := "[..." + l.figure + ".querySelectorAll('.lit[data-g]')].map(e => e.dataset.g).join()"
	l.until(lit)
	if got := strings.Trim(l.eval(lit), "2,"); got != "" {
		t.Errorf("others light up too: %q", got)
	}
	begun := l.eval(l.figure + ".querySelector('.ln.lit').textContent")
	if !strings.Contains(begun, "go ") {
		t.Errorf("the go statement does not light up, but %q", begun)
	}
	statement := l.figure + ".querySelector('.ln.lit')"
	l.eval(statement + ".scrollIntoView({block: 'center', behavior: 'instant'})")
	l.point(statement)
	l.until(line + ".matches('.lit')")
}

// openPhone opens a note as openLab does, on a phone.
func openPhone(t *testing.T, address string) lab {
	t.Helper()
	l := openLab(t, address)
	if _, err := chromedp.Call(l.ctx, emulation.SetTouchEmulationEnabled,
		emulation.SetTouchEmulationEnabledParams{Enabled: true}); err != nil {
		t.Fatal(err)
	}
	l.size(390, 844)
	l.open(address)
	l.ready()
	return l
}

// On a phone a touch does it all, and nothing is wider than the screen.
func TestLab_phone(t *testing.T) {
	l := openPhone(t, channels)
	tap := func(element string) {
		l.eval("(" + element + ".scrollIntoView({block: 'center', behavior: 'instant'}), 0)")
		var at struct{ X, Y float64 }
		if err := json.Unmarshal([]byte(l.eval("JSON.stringify((r => ({X: r.x + r.width / 2, Y: r.y + r.height / 2}))("+
			element+".getBoundingClientRect()))")), &at); err != nil {
			t.Fatal(err)
		}
		l.do(chromedp.TapXY(at.X, at.Y))
	}
	line := l.figure + ".querySelector('.line[data-g=\"2\"] .text')"
	tap(line)
	l.until(l.figure + ".querySelector('.ln.lit')")
	tap(l.figure + ".querySelector('.js-edit')")
	l.until("document.activeElement.tagName === 'TEXTAREA'")
	scrolled := l.figure + ".querySelector('pre.editing').scrollLeft"
	l.eval("(document.activeElement.setSelectionRange(12, 12), 0)")
	l.do(chromedp.KeyEvent("\t// a comment that is wider than the screen of a phone"))
	l.until(scrolled + " > 100")
	l.do(chromedp.KeyEvent(kb.Home))
	l.until(scrolled + " === 0")
	l.until(l.figure + ".querySelector('.ln .c1')?.textContent === '// a comment that is wider than the screen of a phone'")
	l.write(withMain("fmt", `	fmt.Println("by touch")`))
	tap(l.figure + ".querySelector('.js-run')")
	l.over()
	if got := l.output(); got != "by touch" {
		t.Errorf("got %q", got)
	}
	l.calm()
}
