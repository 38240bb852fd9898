package site

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// search opens the dialog by keys and types a query; it waits for passages.
func (b *tab) search(query string) {
	b.Helper()
	if b.eval("document.querySelector('dialog.search')?.open ?? false") != "true" {
		b.until("document.querySelector('.js-search')")
		b.until("window.started ??= (document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'k', ctrlKey: true, bubbles: true})), " +
			"document.querySelector('dialog.search')?.open)")
		b.until("document.querySelector('dialog.search')?.open")
	}
	b.eval("(document.querySelector('.search input').value = '', delete document.querySelector('.search-found').dataset.done, 0)")
	b.do(chromedp.SendKeys(".search input", query))
	b.until("document.querySelector('.search-found').dataset.done")
}

const (
	rows   = "[...document.querySelectorAll('.search [role=option]')].map(o => o.textContent)"
	chosen = "document.querySelector('.search [aria-selected=true]')"
)

// A reader opens search by keys, types, goes down to a heading and lands there.
func TestBrowser_search(t *testing.T) {
	b := openGuide(t)
	b.size(1440, 900)
	b.open("Programs/")
	b.until("window.seen && document.querySelector('.js-search')")
	b.eval("new Promise(done => setTimeout(done, 300))")
	b.do(chromedp.KeyEvent("/"))
	b.until("document.querySelector('dialog.search')?.open")
	b.want("document.activeElement.getAttribute('role')", "combobox")
	b.do(chromedp.KeyEvent("virtual time"))
	b.until("document.querySelector('.search-found').dataset.done")
	b.want(chosen+".querySelector('.search-title').textContent", "Programs")
	if said := b.eval("document.querySelector('.search [role=status]').textContent"); !strings.Contains(said, "note") {
		t.Errorf("the dialog says %q", said)
	}
	b.do(chromedp.KeyEvent(kb.ArrowDown))
	b.want("document.activeElement.getAttribute('aria-activedescendant') === "+chosen+".id", "true")
	b.want(chosen+".querySelector('mark').textContent.toLowerCase()", "virtual")
	to := b.eval(chosen + ".hash")
	b.do(chromedp.KeyEvent(kb.Enter))
	b.until("location.hash === '" + to + "'")
	b.until("!document.querySelector('dialog.search').open")
	b.want("decodeURIComponent(location.hash).slice(1) === document.querySelector(':target').id", "true")
	b.want("document.querySelector(':target').tagName[0]", "H")
	b.clean("Programs/")
}

// Typing in a field of the page is typing, not searching; Escape goes back.
func TestBrowser_searchKeys(t *testing.T) {
	b := openGuide(t)
	b.size(390, 844)
	b.open("Programs/")
	b.eval("new Promise(done => setTimeout(done, 300))")
	b.eval("(document.querySelector('main').append(document.createElement('textarea')), document.querySelector('textarea').focus(), 0)")
	b.do(chromedp.KeyEvent("/"))
	b.want("document.querySelector('textarea').value", "/")
	b.want("document.querySelector('dialog.search')?.open ?? false", "false")
	b.eval("(document.querySelector('.js-search').focus(), document.querySelector('.js-search').click(), 0)")
	b.until("document.querySelector('dialog.search')?.open")
	b.want("document.querySelector('dialog.search').offsetWidth", "390")
	b.do(chromedp.KeyEvent(kb.Escape))
	b.until("!document.querySelector('dialog.search').open")
	b.want("document.activeElement.className.includes('js-search')", "true")
}

// What is mistyped is found, with what was meant; what is not there is not.
func TestBrowser_searchWords(t *testing.T) {
	b := openGuide(t)
	b.size(1440, 900)
	b.open("")
	b.eval("new Promise(done => setTimeout(done, 300))")
	for _, c := range []struct{ query, first, says string }{
		{"goroutnies", "Goroutines and channels", "goroutines"},
		{"mutx", "Mutexes", ""},
		{"GOROUTINES chan", "Goroutines and channels", ""},
	} {
		b.search(c.query)
		if c.query == "mutx" { // four letters: no slip is forgiven
			b.want(rows+".length", "0")
			b.want("document.querySelector('.search [role=status]').textContent", "Nothing found")
			continue
		}
		b.want(chosen+".querySelector('.search-title').textContent", c.first)
		if said := b.eval("document.querySelector('.search [role=status]').textContent"); !strings.Contains(said, c.says) {
			t.Errorf("%q: the dialog says %q", c.query, said)
		}
	}
	b.clean("")
}

// Scripts without spaces, tags, code and aliases are found; what is private,
// hidden or a comment is not, and a site below a path searches itself.
func TestBrowser_searchVault(t *testing.T) {
	dir := t.TempDir()
	notes, out := dir+"/notes", dir+"/out"
	writeFiles(t, notes, map[string]string{
		"index.md": "---\ntitle: Home\n---\nWelcome.\n",
		"言語/並行処理.md": "---\naliases: [Nebenläufigkeit]\ntags: [日本/技術]\n---\n導入の文章です。\n\n## チャネル 50% 速い\n\n" +
			"値を送る側と受け取る側が出会います。\n\n```go\nfunc gatherAll() {}\n```\n\n```go code=hide\nfunc concealed() {}\n```\n\n%%remarked%%\n",
		"Secret.md": "---\npublish: false\naliases: [undisclosed]\ntags: [classified]\n---\n# Clandestine\n\nsubterfuge\n",
		"<b>.md":    "---\ntitle: \"<b>bold</b> & <img src=x onerror=alert(1)>\"\n---\nmarkup <i>here</i> `<script>`\n",
	})
	if _, err := (&Build{Notes: notes, Out: out, All: true, Runner: testRunner(t)}).Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	b := openTab(t, out)
	b.size(1440, 900)
	b.open("")
	b.eval("new Promise(done => setTimeout(done, 300))")
	for query, title := range map[string]string{
		"並行": "並行処理", "処": "並行処理", "受け取": "並行処理", "nebenlauf": "並行処理", "#日本": "並行処理", "#日本/技": "並行処理", "gatherall": "並行処理",
		"onerror": "<b>bold</b> & <img src=x onerror=alert(1)>", "script": "<b>bold</b> & <img src=x onerror=alert(1)>",
	} {
		b.search(query)
		b.want(rows+".length > 0 && "+chosen+".querySelector('.search-title').textContent", title)
		if strings.HasPrefix(query, "#") || query == "nebenlauf" {
			continue
		}
		b.want("document.querySelectorAll('.search mark').length > 0", "true")
	}
	for _, query := range []string{"concealed", "remarked", "secret", "undisclosed", "classified", "#classified", "clandestine", "subterfuge"} {
		b.search(query)
		b.want(rows+".length", "0")
		b.want("document.querySelector('.search [role=status]').textContent", "Nothing found")
	}
	b.search("チャネル")
	b.do(chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.Enter))
	b.until("document.querySelector(':target')?.textContent.includes('チャネル')")
	b.clean("")
}
