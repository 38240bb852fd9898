package site

import (
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"runnel/runner"
)

// A video of another site is a link until it is played, by a click or a key.
func TestBrowser_video(t *testing.T) {
	chromium(t)
	dir := t.TempDir()
	writeFiles(t, filepath.Join(dir, "notes"), map[string]string{
		"index.md": "---\npublish: true\n---\n![A talk|320x180](https://youtu.be/abc_DEF-123?t=5)\n\n![Another](https://youtu.be/abc_DEF-124)\n"})
	r := &runner.Runner{CacheDir: t.TempDir()}
	defer r.Close()
	build := Build{Notes: filepath.Join(dir, "notes"), Out: filepath.Join(dir, "out"), Runner: r}
	if _, err := build.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	b := openTab(t, build.Out)
	b.open("")
	b.want("document.querySelectorAll('iframe').length", "0")
	b.want("document.querySelector('.js-video').href", "https://youtu.be/abc_DEF-123?t=5")
	b.want("document.querySelector('.js-video').getBoundingClientRect().height", "180")
	b.clean("")
	b.until("performance.getEntriesByType('resource').some(r => r.name.endsWith('/video.js'))")
	b.do(chromedp.Focus(".js-video"), chromedp.KeyEvent("\r"))
	b.until("document.querySelector('iframe')")
	b.want("document.querySelector('iframe').src", "https://www.youtube-nocookie.com/embed/abc_DEF-123?autoplay=1&start=5")
	b.want("document.querySelector('iframe').title", "A talk")
	b.want("document.querySelector('iframe').getBoundingClientRect().height", "180")
	b.want("document.querySelectorAll('.js-video').length", "1")
	b.want("seen.join()", "") // the policy lets it
}
