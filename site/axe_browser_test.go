package site

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// axe is the accessibility checker, axe-core, which .ci/run installs and
// RUNNEL_AXE names. Elsewhere the test is skipped.
func axe(t *testing.T) string {
	t.Helper()
	file := os.Getenv("RUNNEL_AXE")
	if file == "" {
		if os.Getenv("RUNNEL_CI") != "" {
			t.Fatal("RUNNEL_AXE names no axe.min.js, which CI must have")
		}
		t.Skip("RUNNEL_AXE does not say where axe.min.js of axe-core is")
	}
	script, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(script)
}

// axeRun is what axe-core finds, a line each: the rule and the first places.
const axeRun = `axe.run(document, {resultTypes: ['violations']}).then(r => JSON.stringify(r.violations.map(v =>
  v.id + ': ' + v.help + ': ' + v.nodes.length + ' places: ' + v.nodes.slice(0, 3).map(n => n.target + ' ' + n.any.map(a => a.message)).join(' | '))))`

// A state is a page that a reader has done something to.
type state struct {
	name, address string
	do            func(b *tab)
}

// states are every kind of page, and what can be open on one.
var states = []state{
	{"home", "", nil},
	{"note", channels, nil},
	{"long note", "Programs/", nil},
	{"syntax", "Writing-notes/", nil},
	{"bad ends", "Go/When-programs-end-badly/", nil},
	{"list", "all-notes/", nil},
	{"folder", "Go/", nil},
	{"tags", "tags/", nil},
	{"missing", "404.html", nil},
	{"graph", "graph/", func(b *tab) {
		b.until(mapDrawn)
		b.do(chromedp.SendKeys(".js-map-find", "mutexes"))
		b.until("document.querySelector('.js-map-told').textContent !== ''")
	}},
	{"peek", "", func(b *tab) {
		b.until("document.querySelector('.peek')")
		b.eval("(document.querySelector('article a[href*=\"Getting-started\"]').focus({focusVisible: true}), 0)")
		b.until("document.querySelector('.peek:popover-open')")
	}},
	{"search", "Programs/", func(b *tab) { b.search("channel time") }},
	{"menu", "Programs/", func(b *tab) {
		b.eval("(document.querySelector('.menu').showPopover?.(), 0)")
	}},
	{"replay", "Go/Mutexes/", func(b *tab) {
		b.until("document.querySelector('#_program-1 .names [role=button]')")
		b.press("#_program-1 .js-replay")
		b.until("document.querySelector('#_program-1 .replay')")
	}},
	{"editor", "Go/Mutexes/", func(b *tab) {
		b.until("document.querySelector('#_program-1 .names [role=button]')")
		b.press("#_program-1 .js-edit")
		b.until("document.querySelector('#_program-1 textarea')")
		b.press("#_program-1 .js-run")
		b.until("document.querySelector('#_program-1 .js-compare:not([hidden])')")
		b.press("#_program-1 .js-compare")
	}},
	{"compile error", channels, func(b *tab) {
		l := firstLab(b)
		l.click("edit")
		l.write(withMain("fmt", "\tx := 1\n\tfmt.Println(2)"))
		l.run()
		b.until("document.querySelector('.ln.marked .why')")
	}},
	{"documentation", "Go/Mutexes/", func(b *tab) {
		b.press("#_program-1 .js-docs[aria-keyshortcuts]")
		b.until("document.querySelector('.reference:popover-open .reference-group a[href$=\"fmt#Println\"]')")
		b.press(".reference-group a[href$=\"fmt#Println\"]")
		b.until(cardTitle + " === 'fmt.Println'")
	}},
	{"names", "Go/Mutexes/", func(b *tab) {
		b.press("#_program-1 .js-docs[aria-keyshortcuts]")
		b.until("document.querySelector('.reference:popover-open .reference-group')")
	}},
	{"completion", channels, func(b *tab) {
		l := firstLab(b)
		l.openEditor("package main\n\nfunc main() {\n\t", "\n}")
		b.do(chromedp.KeyEvent("strings.Spl"))
		b.until(taken + " === 'Split'")
	}},
	{"tree", "Programs/", func(b *tab) {
		b.until("document.querySelector('.tree .toggle')")
		b.eval("(document.querySelector('.tree .toggle').click(), 0)")
		b.until("document.querySelector('.tree a.folder.open + ul')")
	}},
}

// press clicks a button as soon as it does something.
func (b *tab) press(selector string) {
	b.Helper()
	button := "document.querySelector('" + selector + "')"
	b.until(button + "?.checkVisibility() && !" + button + ".disabled")
	b.eval("(" + button + ".click(), 0)")
}

// axe-core finds nothing on any kind of page, in both schemes, as on a phone
// and on a wide screen.
func TestBrowser_axe(t *testing.T) {
	script := axe(t)
	b := openGuide(t)
	for _, scheme := range []string{"light", "dark"} {
		if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}},
		}); err != nil {
			t.Fatal(err)
		}
		for _, width := range []int64{390, 1440} {
			b.size(width, 900)
			for _, s := range states {
				b.open(s.address)
				if s.do != nil {
					s.do(b)
				}
				if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[any](script+"\n;0")); err != nil {
					t.Fatal(err)
				}
				var found []string
				if err := json.Unmarshal([]byte(b.eval(axeRun)), &found); err != nil {
					t.Fatal(err)
				}
				for _, f := range found {
					t.Errorf("%s, %s, %d pixels: %s", s.name, scheme, width, f)
				}
			}
		}
	}
}
