package site

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const channels = "Go/Goroutines-and-channels/"

// The colours that a reader chooses hold for the next page too.
func TestBrowser_scheme(t *testing.T) {
	b := openGuide(t)
	b.size(1440, 900)
	b.open(channels)
	ground := "getComputedStyle(document.body).backgroundColor"
	light := b.eval(ground)
	b.do(chromedp.Click(".js-scheme"), chromedp.Click(".js-scheme"))
	dark := b.eval(ground)
	if dark == light {
		t.Errorf("the ground is %s in both schemes", dark)
	}
	b.want("document.querySelector('.js-scheme').getAttribute('aria-label')", "Colours: dark")
	b.open("Programs/")
	b.want(ground, dark)
	b.do(chromedp.Click(".js-scheme"))
	b.want(ground, light)
	b.clean("Programs/")
}

// The contents mark what is being read, and never scroll the page.
func TestBrowser_contents(t *testing.T) {
	b := openGuide(t)
	b.size(1440, 900)
	b.open(channels)
	b.want("scrollY", "0")
	for _, at := range []string{"3", "7"} {
		entry := "document.querySelectorAll('.js-contents a')[" + at + "]"
		b.eval("(document.getElementById(decodeURIComponent(" + entry + ".hash.slice(1))).scrollIntoView({behavior: 'instant'}), 0)")
		b.until("document.querySelector('.js-contents [aria-current]') === " + entry)
	}
	b.clean(channels)
}

// A look at a note, a section and a footnote, by pointer and by keyboard.
func TestBrowser_peek(t *testing.T) {
	b := openGuide(t)
	b.size(1440, 900)
	b.open("")
	link := "document.querySelector('article a[href*=\"Getting-started\"]')"
	b.eval(link + ".scrollIntoView({block: 'center', behavior: 'instant'})")
	b.until("document.querySelector('.peek')")
	b.point(link)
	b.until("document.querySelector('.peek:popover-open .peek-title')?.textContent === 'Getting started'")
	b.do(chromedp.KeyEvent(kb.Escape))
	b.until("!document.querySelector('.peek:popover-open')")

	b.eval("(" + link + ".focus({focusVisible: true}), 0)")
	b.until("document.querySelector('.peek:popover-open')?.textContent.includes('Getting started')")
	b.want(link+".getAttribute('aria-describedby')", "_peek")
	b.eval("(document.activeElement.blur(), 0)")
	b.until("!document.querySelector('.peek:popover-open')")

	section := "document.querySelector('article a[href$=\"Programs/#Virtual-time\"], article a[href*=\"Programs/#\"]')"
	b.eval("(" + section + ".focus({focusVisible: true}), 0)")
	b.until("document.querySelector('.peek:popover-open :is(h2, h3, h4)')")
	b.want("document.querySelectorAll('.peek [id]').length", "0")
	b.clean("")
}

// point moves the mouse over an element.
func (b *tab) point(element string) {
	b.Helper()
	var x, y float64
	place := "(r => (r.x + r.width / 2) + ' ' + (r.y + r.height / 2))(" + element + ".getClientRects()[0])"
	if _, err := fmt.Sscan(b.eval(place), &x, &y); err != nil {
		b.Fatal(err)
	}
	b.do(chromedp.MouseEvent(chromedp.MouseMoved, x, y))
}

// Folders of the tree open in place, and are links without scripts.
func TestBrowser_tree(t *testing.T) {
	b := openGuide(t)
	b.size(1440, 900)
	b.open("Programs/")
	b.want("document.querySelector('.tree a.folder').textContent", "Go")
	b.do(chromedp.Click(".tree .toggle"))
	b.until("document.querySelector('.tree a.folder.open + ul a[href$=\"Mutexes/\"]')")
	b.do(chromedp.Click(".tree .toggle"))
	b.until("!document.querySelector('.tree a.folder.open + ul')")
	b.want("document.querySelector('.tree [aria-current]').textContent", "Programs")
}

// On a phone the menu opens at a touch, without a script, and closes.
func TestBrowser_phone(t *testing.T) {
	b := openGuide(t)
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled,
		emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	b.size(390, 844)
	b.open(channels)
	b.want("document.querySelector('.menu').matches(':popover-open')", "false")
	b.do(chromedp.Click(".menu-button"))
	b.until("document.querySelector('.menu').matches(':popover-open')")
	b.want("document.querySelector('.menu a[aria-current]').textContent", "Goroutines and channels")
	b.do(chromedp.KeyEvent(kb.Escape))
	b.until("!document.querySelector('.menu').matches(':popover-open')")
	b.do(chromedp.Click(".contents-above summary"))
	b.until("document.querySelector('.contents-above').open")
}

// Callouts and what is folded of programs open and close without a script.
func TestBrowser_folding(t *testing.T) {
	b := openGuide(t)
	b.size(1440, 900)
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled,
		emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	b.open("Writing-notes/")
	callout := "document.querySelector('article details.callout:not([open])')"
	b.want(callout+" !== null", "true")
	b.want(callout+".querySelector('.callout-content').checkVisibility()", "false")
	b.do(chromedp.Click("article details.callout:not([open]) > summary"))
	b.until("!" + callout + "?.querySelector('.callout-content')")
	b.want("document.querySelector('article details.callout[open] .callout-content').checkVisibility()", "true")
}

// Without scripts a page has all its text, links, output and lanes, and shows
// no control that does nothing.
func TestBrowser_scriptsOff(t *testing.T) {
	b := openGuide(t)
	b.size(1440, 900)
	b.open(channels)
	all := "document.querySelector('article').innerText.replace(/\\bCopy\\b/g, '').replace(/\\s+/g, ' ').length"
	with := b.eval("document.querySelectorAll('article a[href], article .line, article svg.rows').length")
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled,
		emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	b.open(channels)
	b.want("document.querySelectorAll('article a[href], article .line, article svg.rows').length", with)
	if n := b.eval(all); len(n) < 4 {
		t.Errorf("the article has %s letters", n)
	}
	b.want("[...document.querySelectorAll('.js-only')].filter(e => e.checkVisibility()).length", "0")
}

// A page and all that it loads at first weigh less than 40 KB, compressed, and
// come from the site.
func TestBrowser_weight(t *testing.T) {
	b := openGuide(t)
	b.open(channels)
	b.eval("new Promise(done => setTimeout(done, 500))")
	list := b.eval("[location.href, ...performance.getEntriesByType('resource').map(r => r.name)].join('\\n')")
	total := 0
	for address := range strings.SplitSeq(list, "\n") {
		name, ok := strings.CutPrefix(address, b.base)
		if !ok {
			t.Errorf("the page loads %q", address)
			continue
		}
		size := zipped(t, name)
		t.Logf("%6d %s", size, name)
		total += size
	}
	if total > 40<<10 {
		t.Errorf("the page weighs %d bytes, compressed", total)
	}
}

// zipped is the size of a file of the guide as a host would send it.
func zipped(t *testing.T, address string) int {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	name := URL(u.Path).file()
	data, err := fs.ReadFile(os.DirFS(guideFolder), name)
	if err != nil {
		t.Fatal(err)
	}
	switch filepath.Ext(name) {
	case ".html", ".js", ".css", ".svg", ".json":
	default:
		return len(data)
	}
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}
