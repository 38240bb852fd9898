package preview

import (
	"context"
	"flag"
	"fmt"
	"math"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"runnel/runner"
	"runnel/site"
)

// browser starts a headless Chromium. Where there is none the test is
// skipped, but not in CI, which must have one.
func browser(t testing.TB) context.Context {
	t.Helper()
	exe := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			exe = found
			break
		}
	}
	if exe == "" {
		if os.Getenv("RUNNEL_CI") != "" {
			t.Fatal("no Chromium, which CI must have")
		}
		t.Skip("no Chromium on this machine")
	}
	ctx, cancel := chromedp.NewExecAllocator(t.Context(),
		append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(exe), chromedp.NoSandbox)...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// eval asks the page for a value.
func eval[T any](t testing.TB, ctx context.Context, expression string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// until waits until something is true of the page.
func until(t testing.TB, ctx context.Context, expression string) {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](expression)); err == nil && ok {
			return
		}
	}
	t.Fatalf("never comes true: %s\n%s", expression, eval[string](t, ctx, "document.body.innerHTML"))
}

func visit(t testing.TB, ctx context.Context, address string) {
	t.Helper()
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		t.Fatal(err)
	}
	until(t, ctx, `!!document.querySelector('.preview-bar a')?.href || document.title.startsWith('Not')`)
}

func longNote(change string) string {
	var b strings.Builder
	b.WriteString("# A\n\n> [!note]- Fold\n> folded away\n\n> [!tip]+ Other\n> open at first\n\n")
	for i := range 60 {
		fmt.Fprintf(&b, "Paragraph %d of many.\n\n", i)
	}
	return b.String() + change + "\n"
}

// A page shows what is saved in place: the reader's place, folds and selection
// stay.
func TestBrowser_saved(t *testing.T) {
	ctx := browser(t)
	p := start(t, map[string]string{"index.md": "home [[A]] [[B]]", "A.md": longNote("the first end"), "B.md": "other words"}, nil)
	visit(t, ctx, p.url+"/A/")
	if got := eval[string](t, ctx, `document.querySelector('.preview-bar a').href`); !strings.HasPrefix(got, "obsidian://open?path=") ||
		!strings.HasSuffix(got, "%2Fnotes%2FA.md") {
		t.Errorf("Edit in Obsidian leads to %q", got)
	}
	eval[bool](t, ctx, `(() => {
		window.kept = true;
		const [fold, other] = document.querySelectorAll('article details');
		fold.open = true; other.open = false;
		const at = [...document.querySelectorAll('article p')].find(p => p.textContent.includes('Paragraph 40'));
		at.scrollIntoView({behavior: 'instant'});
		getSelection().selectAllChildren(at);
		return new Promise(done => setTimeout(() => { window.at = at; window.before = at.getBoundingClientRect().top; done(true); }, 300));
	})()`)
	p.write("A.md", strings.Replace(longNote("a word at the end"), "Paragraph 59", "Paragraph fifty-nine", 1))
	until(t, ctx, `document.querySelector('article').textContent.includes('a word at the end')`)
	for _, want := range []string{
		`window.kept === true`, `document.querySelector('article').textContent.includes('fifty-nine')`,
		`!document.querySelector('article').textContent.includes('the first end')`,
		`document.querySelectorAll('article details')[0].open`, `!document.querySelectorAll('article details')[1].open`,
		`Math.abs(window.at.getBoundingClientRect().top - window.before) < 2`, `getSelection().toString().includes('Paragraph 40')`,
	} {
		if !eval[bool](t, ctx, want) {
			t.Errorf("after a save it is not true that %s; scrolled from %v to %v", want,
				eval[float64](t, ctx, `window.before`), eval[float64](t, ctx, `window.at.getBoundingClientRect().top`))
		}
	}
	// A block comes and a fold is written anew.
	p.write("A.md", strings.Replace(longNote("at last"), "folded away", "folded **away**\n> and more", 1))
	until(t, ctx, `document.querySelector('article').textContent.includes('and more')`)
	if !eval[bool](t, ctx, `document.querySelectorAll('article details')[0].open && window.kept`) {
		t.Error("a fold that was open is closed")
	}
	p.write("B.md", "changed elsewhere")
	until(t, ctx, `document.querySelector('.preview-bar').textContent.includes('Also changed: B')`)
	// The title, the way back, and what links here.
	p.write("B.md", "it links to [[A]] now")
	until(t, ctx, `document.body.textContent.includes('it links to')`)
	p.rename("A.md", "Sub/New name.md")
	until(t, ctx, `location.pathname === '/Sub/New-name/' && document.body.textContent.includes('at last')`)
	if err := os.Remove(p.path("Sub/New name.md")); err != nil {
		t.Fatal(err)
	}
	until(t, ctx, `document.querySelector('.preview-bar.warns')?.textContent.includes('not there any more')`)
	p.write("Sub/New name.md", "it is back")
	until(t, ctx, `document.querySelector('article').textContent.includes('it is back')`)
}

// A program shows that it runs, then what it printed; what is wrong stands at
// its line, and in the terminal.
func TestBrowser_programs(t *testing.T) {
	if testing.Short() {
		t.Skip("runs programs")
	}
	ctx := browser(t)
	program := func(line string) string {
		return "Some words.\n\n```go\npackage main\n\nimport \"fmt\"\n\nfunc main() {\n\t" + line + "\n}\n```\n\nThe end, [[nowhere]].\n"
	}
	p := start(t, map[string]string{"index.md": program(`fmt.Println("printed", 6*7)`)}, func(b *site.Build, _ *Server) bool {
		b.Engine = runner.Both
		return false
	})
	visit(t, ctx, p.url+"/")
	until(t, ctx, `document.querySelector('.outcome')?.textContent.includes('printed 42')`)
	until(t, ctx, `!document.querySelector('.preview-running')`)
	p.write("index.md", program(`fmt.Println(missing)`))
	until(t, ctx, `document.querySelector('.preview-why')?.textContent.includes('undefined: missing')`)
	if got := eval[string](t, ctx, `document.querySelector('.preview-why').parentElement.textContent`); got != "\tfmt.Println(missing)undefined: missing\n" {
		t.Errorf("the problem stands at the line %q", got)
	}
	// What is said of a line is no part of the code.
	until(t, ctx, `document.querySelector('pre textarea') ? true : (document.querySelector('.js-edit').click(), false)`)
	want := strings.Split(program(`fmt.Println(missing)`), "```")[1][len("go\n"):]
	if got := eval[string](t, ctx, `document.querySelector('pre textarea').value`); got != strings.TrimSpace(want) {
		t.Errorf("the editor has %q, want %q", got, want)
	}
	p.says("index.md:9:14: undefined: missing")
	p.says(`index.md:13:10: links to "nowhere"`)
	p.write("index.md", program(`fmt.Println("mended")`))
	until(t, ctx, `document.querySelector('.outcome')?.textContent.includes('mended') && document.querySelectorAll('.preview-problem').length === 1`)
}

// countListeners counts those of the window, the document and all elements.
const countListeners = `[window, document, ...document.querySelectorAll('*')]
	.flatMap(at => Object.values(getEventListeners(at))).flat().length`

// The scripts of a page are started on what is new after each change, and on
// nothing twice.
func TestBrowser_startsOnce(t *testing.T) {
	ctx := browser(t)
	text := func(i int) string {
		var b strings.Builder
		fmt.Fprintf(&b, "# Title\n\n[[B]] and [[B#Part|part]] %d\n\n## One\n\n```go\nx := %d\n```\n\n", i, i)
		b.WriteString("![](https://www.youtube.com/watch?v=aqz-KE-bpKQ)\n\n## Two\n\n```go\npackage main\n\nfunc main() { print(1) }\n```\n")
		return b.String()
	}
	p := start(t, map[string]string{"index.md": text(0), "B.md": "# B\n\n## Part\n\nwords", "F/G/deep.md": "words"}, nil)
	visit(t, ctx, p.url+"/")
	until(t, ctx, `document.querySelector('.outcome')?.dataset.end === 'ok' && !document.querySelector('.preview-running')`)
	until(t, ctx, `!!document.documentElement.dataset.guest`)
	count := func() int {
		n, err := chromedp.Run(ctx, chromedp.Evaluate[int](countListeners, chromedp.EvalWithCommandLineAPI))
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for i := range 20 {
		p.write("index.md", text(i+1))
		until(t, ctx, fmt.Sprintf(`document.querySelector('article').textContent.includes('x := %d')`, i+1))
		until(t, ctx, `!document.querySelector('pre.code:not(.copy + pre)')`)
	}
	edited := 0
	for n := count(); n != edited; n = count() {
		edited = n
		time.Sleep(200 * time.Millisecond)
	}
	// A page that has just been opened has as many, once all parts are there.
	visit(t, ctx, p.url+"/?again")
	fresh := 0
	for end := time.Now().Add(patience / 9); fresh != edited && time.Now().Before(end); fresh = count() {
		time.Sleep(20 * time.Millisecond)
	}
	if fresh != edited {
		t.Errorf("%d listeners on a page after 20 changes, %d on a new one", edited, fresh)
	}
	// Folders that come into the tree open as the others do.
	p.write("H/I/new.md", "words")
	until(t, ctx, `[...document.querySelectorAll('.js-tree a.folder')].some(a => a.textContent.includes('H') && a.previousElementSibling?.matches('.toggle'))`)
}

// When a program changes what its reader has begun goes on: what is typed, the
// caret, a replay, what is scrolled; whether or not blocks come and go.
func TestBrowser_begun(t *testing.T) {
	if testing.Short() {
		t.Skip("runs programs")
	}
	ctx := browser(t)
	text := func(before, line string) string {
		return before + "```go\npackage main\n\nimport (\n\t\"fmt\"\n\t\"time\"\n)\n\nfunc main() {\n\t" + line +
			"\n\ttime.Sleep(time.Second)\n\tfmt.Println(\"end\", time.Now().Unix()) // " + strings.Repeat("a long line ", 40) + "\n}\n```\n"
	}
	p := start(t, map[string]string{"index.md": text("", `fmt.Println("first")`)}, nil)
	shows := func(words string) {
		t.Helper()
		until(t, ctx, fmt.Sprintf(`document.querySelector('.outcome')?.textContent.includes('%s') && !document.querySelector('.preview-running')`, words))
	}
	visit(t, ctx, p.url+"/")
	shows("first")
	until(t, ctx, `!!document.documentElement.dataset.guest`)
	until(t, ctx, `document.querySelector('.replay') ? true : (document.querySelector('.js-replay').click(), false)`)
	eval[bool](t, ctx, `(() => {
		const place = document.querySelector('.replay input');
		place.value = 4000;
		place.dispatchEvent(new Event('input'));
		document.querySelector('pre.code').scrollTo({left: 120, behavior: 'instant'});
		return true;
	})()`)
	p.write("index.md", text("", `fmt.Println("second")`))
	shows("second")
	until(t, ctx, `document.querySelector('.replay input')?.value === '4000' && document.querySelector('.js-replay').getAttribute('aria-pressed') === 'true'`)
	until(t, ctx, `document.querySelector('pre.code').scrollLeft === 120`)
	until(t, ctx, `document.querySelector('pre textarea') ? true : (document.querySelector('.js-edit').click(), false)`)
	eval[bool](t, ctx, `(() => {
		const area = document.querySelector('pre textarea');
		area.focus();
		area.setSelectionRange(0, 0);
		document.execCommand('insertText', false, '// mine\n');
		area.setSelectionRange(3, 5);
		return true;
	})()`)
	for _, change := range []struct{ before, line, shown string }{
		{"", `fmt.Println("third")`, "third"},
		{"A paragraph comes.\n\nAnd another.\n\n", `fmt.Println("fourth")`, "fourth"},
		{"", `fmt.Println("fifth")`, "fifth"},
	} {
		p.write("index.md", text(change.before, change.line))
		shows(change.shown)
		until(t, ctx, `document.querySelector('pre textarea')?.value.startsWith('// mine\npackage main')`)
		if !eval[bool](t, ctx, `(() => {
			const area = document.querySelector('pre textarea');
			return area.selectionStart === 3 && area.selectionEnd === 5 && document.activeElement === area
				&& document.querySelectorAll('textarea').length === 1 && area.value.includes('second');
		})()`) {
			t.Errorf("after %q the editor is another: %s", change.shown, eval[string](t, ctx, `(a => a.selectionStart + ' ' + a.selectionEnd + ' ' + document.activeElement.nodeName + a.value)(document.querySelector('pre textarea'))`))
		}
	}
	// Back to what is published, which is the last of all.
	eval[bool](t, ctx, `document.querySelector('.js-reset').click() ?? true`)
	until(t, ctx, `document.querySelector('pre.code').textContent.includes('fifth') && !document.querySelector('textarea')`)
}

// While a program is long at work its page shows how far its own clock has
// come, and the page is not made anew for that.
func TestBrowser_clock(t *testing.T) {
	if testing.Short() {
		t.Skip("runs a program")
	}
	ctx := browser(t)
	p := start(t, map[string]string{"index.md": "no program yet"}, func(b *site.Build, _ *Server) bool {
		b.Runner.ResultDir = t.TempDir() // where nothing has run
		return false
	})
	visit(t, ctx, p.url+"/")
	eval[bool](t, ctx, `(() => {
		window.same = true, window.times = [];
		window.watch = new MutationObserver(() => {
			const clock = document.querySelector('.preview-clock');
			if (!clock?.textContent || document.querySelector('.outcome')) return;
			const now = document.querySelector('.preview-running');
			window.notice ??= now;
			window.turns ??= getComputedStyle(now, '::before').animationName;
			window.times.push(clock.textContent);
			window.same &&= now === window.notice;
		});
		window.watch.observe(document.body, {subtree: true, childList: true, characterData: true});
		return true;
	})()`)
	p.write("index.md", "```go\npackage main\n\nimport \"time\"\n\nfunc main() {\n"+
		"\tfor {\n\t\tfor range 200_000 {\n\t\t}\n\t\ttime.Sleep(250 * time.Millisecond)\n\t}\n}\n```\n")
	until(t, ctx, `document.querySelector('.outcome')?.dataset.end !== undefined`)
	times := strings.Fields(strings.ReplaceAll(eval[string](t, ctx, `[...new Set(times)].join(' ')`), " s", ""))
	if end := len(times) - 1; end > 0 && times[end] == "0.000" {
		times = times[:end] // it runs again, as a build runs it
	}
	if len(times) < 3 {
		t.Errorf("the clock was seen at %q only", times)
	}
	last := -1.0
	for _, text := range times {
		at, err := strconv.ParseFloat(text, 64)
		if err != nil || at <= last || math.Mod(at, 0.25) != 0 {
			t.Errorf("the clock went %q", times)
			break
		}
		last = at
	}
	if !eval[bool](t, ctx, `same && turns === 'preview-turn'`) {
		t.Error("what says that the program runs was made anew, or does not turn")
	}
	if eval[bool](t, ctx, `!!document.querySelector('.preview-clock')`) {
		t.Error("the clock is there when the program has run")
	}
}

// Drafts have pages that say so, with -drafts alone.
func TestBrowser_drafts(t *testing.T) {
	ctx := browser(t)
	files := map[string]string{"index.md": "---\npublish: true\n---\n[[D]]", "D.md": "---\npublish: false\n---\nsecret words"}
	p := start(t, files, func(*site.Build, *Server) bool { return true })
	visit(t, ctx, p.url+"/D/")
	until(t, ctx, `document.querySelector('article').textContent.includes('secret words') && !!document.querySelector('.preview-draft')`)
	if status, _, _ := start(t, files, nil).get("/D/"); status != 404 {
		t.Errorf("without -drafts: status %d", status)
	}
}

var (
	bench = flag.String("vault", "", "a large vault to time saves in, a copy of which is not made: notes are changed")
	edits = flag.Int("edits", 200, "how many saves to time")
)

// TestBrowser_latency times from the save of a note to the new article. It
// needs -vault.
func TestBrowser_latency(t *testing.T) {
	if *bench == "" {
		t.Skip("no -vault")
	}
	ctx := browser(t)
	latency(t, ctx, *bench, *edits)
}
