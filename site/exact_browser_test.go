package site

import (
	"context"
	"encoding/json"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"runnel/runner"
)

// openExact builds the guide with the Go compiler and opens its first program.
func openExact(t *testing.T) lab {
	t.Helper()
	chromium(t)
	out, _ := buildExact(t)
	l := lab{openTab(t, out), "document.querySelector('figure.program[data-job]')"}
	l.size(1440, 900)
	l.open(channels)
	l.ready()
	l.eval("(new PerformanceObserver(list => list.getEntries().forEach(e => (window.long ??= []).push(e.duration)))" +
		".observe({type: 'longtask', buffered: true}), window.long = [], 0)")
	return l
}

// buildExact builds the guide with the Go compiler.
func buildExact(t *testing.T) (out string, report *Report) {
	t.Helper()
	if testing.Short() {
		t.Skip("makes the Go compiler for readers")
	}
	out = t.TempDir()
	b := Build{Notes: filepath.Join("..", "notes"), Out: out, Runner: testRunner(t), Engine: runner.Both, Lab: LabGo}
	report, err := b.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return out, report
}

// A picture is what the page's engine gives.
type picture struct {
	HTML string
	Took float64 // milliseconds
	Err  string
}

// exact has the page's engine compile a program and run it.
func (l lab) exact(program map[string]any) picture {
	l.Helper()
	text, err := json.Marshal(program)
	if err != nil {
		l.Fatal(err)
	}
	script := l.eval("document.querySelector('script[type=module]').src")
	got := l.eval(`(async () => {
  const {run} = await import(new URL('engine.js', '` + script + `'));
  const program = ` + string(text) + `;
  const start = performance.now();
  try {
    const {HTML} = await run({...program, seed: BigInt(program.seed ?? 0)}, {exact() {}, timeout: 60000});
    return JSON.stringify({HTML, Took: performance.now() - start});
  } catch (error) {
    return JSON.stringify({Err: String(error.message)});
  }
})()`)
	var p picture
	if err := json.Unmarshal([]byte(got), &p); err != nil {
		l.Fatal(err)
	}
	return p
}

// A program that the interpreter declines is compiled, and says why; its
// errors are at their lines; and a run needs no network afterwards.
func TestExact_page(t *testing.T) {
	l := openExact(t)
	l.click("edit")
	l.write(withMain("fmt", `	type point struct{ X, Y int }
	fmt.Printf("%T %+v\n", point{1, 2}, point{1, 2})`))
	l.click("exact")
	l.untilSlow(l.figure + ".querySelector('.js-run').textContent === 'Run'")
	if got, want := l.output(), "main.point {X:1 Y:2}"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	l.write(withMain("fmt", "\tx := 1\n\tfmt.Println(\"no\")"))
	l.run()
	l.wantEnd("compile", "declared and not used: x")
	// What vet warns of stands at its line, too, and the program runs.
	l.write(withMain("fmt sync", "\tvar mu sync.Mutex\n\tother := mu\n\tother.Lock()\n\tfmt.Printf(\"%d\\n\", \"a\")"))
	l.run()
	l.wantEnd("ok", "vet: line 8:11 assignment copies lock value to other: sync.Mutex")
	l.wantEnd("ok", "vet: line 10:14 fmt.Printf format %d has arg \"a\" of wrong type string")
	l.want("[..."+l.figure+".querySelectorAll('.ln.marked .why')].map(e => e.textContent).join('|')",
		"vet: assignment copies lock value to other: sync.Mutex|vet: fmt.Printf format %d has arg \"a\" of wrong type string")
	if got, want := l.output(), "%!d(string=a)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	l.down.Store(true)
	l.write(withMain("fmt", "\tfmt.Println(\"no network\")"))
	l.click("run")
	l.untilSlow(l.figure + ".querySelector('.js-run').textContent === 'Run'")
	if got := l.output(); got != "no network" {
		t.Errorf("got %q", got)
	}
	l.write(withMain("go/format", "\tformat.Source(nil)"))
	l.click("run")
	l.untilSlow(l.figure + ".querySelector('.js-run').textContent === 'Run'")
	said := l.eval(l.figure + ".querySelector('.js-said').textContent")
	if !strings.Contains(said, "go_") || !strings.Contains(said, "could not be fetched") {
		t.Errorf("without a network the page says %q", said)
	}
	l.calm()
}

// A download that is cut says so and changes nothing; the next run goes on
// with what is missing.
func TestExact_cut(t *testing.T) {
	l := openExact(t)
	published := l.output()
	l.cut.Store("/go/compile-")
	l.click("edit")
	l.write(withMain("fmt", "\tfmt.Println(\"again\")"))
	l.click("exact")
	l.untilSlow(l.figure + ".querySelector('.js-run').textContent === 'Run'")
	said := l.eval(l.figure + ".querySelector('.js-said').textContent")
	if !strings.Contains(said, "compile-") || !strings.Contains(said, "Run again to go on") {
		t.Errorf("the page says %q", said)
	}
	if got := l.output(); got != published {
		t.Errorf("got %q, want the published output", got)
	}
	kept := l.eval("caches.open('runnel-go').then(c => c.keys()).then(k => k.length)")
	if n, err := strconv.Atoi(kept); err != nil || n < 10 {
		t.Errorf("%s files are kept, want those that came whole", kept)
	}
	l.cut.Store("")
	l.click("run")
	l.untilSlow(l.figure + ".querySelector('.js-run').textContent === 'Run'")
	if got := l.output(); got != "again" {
		t.Errorf("got %q", got)
	}
}

// On a slow network the page says how much comes, why, and how far it is; the
// published result stays meanwhile, and a reader can stop.
func TestExact_slow(t *testing.T) {
	l := openExact(t)
	published := l.output()
	l.rate.Store(200_000) // for each of the downloads at once
	l.click("edit")
	l.write(withMain("fmt", "\tfmt.Println(\"slow\")"))
	l.click("exact")
	bar := l.figure + ".querySelector('.js-said progress[aria-label^=\"Fetching the Go compiler\"]')"
	l.untilSlow(bar + "?.value > 100000")
	l.want(bar+".max > 5e6 && "+bar+".value < "+bar+".max", "true")
	said := l.eval(l.figure + ".querySelector('.js-said').textContent")
	if !regexp.MustCompile(`^Fetching the Go compiler \(\d+\.\d MB\), once, to run it exactly: $`).MatchString(said) {
		t.Errorf("the page says %q", said)
	}
	if got := l.output(); got != published {
		t.Errorf("got %q, want the published output", got)
	}
	l.click("run") // which is Stop
	l.untilSlow(l.figure + ".querySelector('.js-said').textContent === 'Stopped.'")
	l.rate.Store(0)
	l.click("run")
	l.untilSlow(l.figure + ".querySelector('.js-run').textContent === 'Run' && " +
		l.figure + ".querySelector('.outcome .line')?.textContent.includes('slow')")
	if got := l.output(); got != "slow" {
		t.Errorf("got %q", got)
	}
	l.calm()
}

// untilSlow waits longer than until.
func (l lab) untilSlow(expression string) {
	l.Helper()
	for deadline := time.Now().Add(2 * time.Minute); l.eval("Boolean("+expression+")") != "true"; {
		if time.Now().After(deadline) {
			l.Fatalf("waited in vain for %s; the page says %q", expression, l.eval(l.figure+".querySelector('.js-said').textContent"))
		}
		time.Sleep(50 * time.Millisecond)
	}
}
