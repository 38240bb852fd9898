package site

import (
	"context"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"runnel/runner"
	"runnel/theme"
)

// chromium is where the browser is. Where there is none the test is skipped,
// but not in CI, which must have one.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			return found
		}
	}
	if os.Getenv("RUNNEL_CI") != "" {
		t.Fatal("no Chromium, which CI must have")
	}
	t.Skip("no Chromium on this machine")
	return ""
}

// browser starts a headless Chromium.
func browser(t *testing.T) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium(t)), chromedp.NoSandbox,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// watch keeps what a page does that it should not, from its first moment on.
const watch = `window.seen = [];
document.addEventListener('securitypolicyviolation', e => seen.push('policy: ' + e.violatedDirective + ' ' + e.blockedURI));
window.addEventListener('error', e => seen.push('error: ' + (e.message || e.target.src || e.target.href)), true);
new PerformanceObserver(list => list.getEntries().forEach(e => seen.push('layout shift: ' + e.value + ' of ' + e.sources.map(s => s.node?.outerHTML?.slice(0, 80) + JSON.stringify(s.previousRect) + JSON.stringify(s.currentRect)))))
  .observe({type: 'layout-shift', buffered: true});`

// look waits until the page is drawn, and lists what is wrong with it.
const look = `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
  const wide = document.documentElement.scrollWidth;
  if (wide > innerWidth) seen.push('the page is ' + wide + ' pixels wide in a window of ' + innerWidth);
  for (const r of performance.getEntriesByType('resource'))
    if (!r.name.startsWith(location.origin + '/')) seen.push('loads ' + r.name);
  for (const i of document.images)
    if (i.complete && !i.naturalWidth) seen.push('broken image ' + i.src);
  done(seen);
})))`

// guide is the built guide, which the browser tests share.
var guide = sync.OnceValues(func() (string, error) {
	out, err := os.MkdirTemp("", "guide")
	if err != nil {
		return "", err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	r := &runner.Runner{CacheDir: filepath.Join(cache, "runnel")}
	defer r.Close()
	guideFolder = out
	b := Build{Notes: filepath.Join("..", "notes"), Out: out, Runner: r, Engine: runner.Both,
		BaseURL: "https://example.com/some/path/"}
	_, err = b.Run(context.Background())
	return out, err
})

// guideFolder is removed when all tests are done.
var guideFolder string

// A tab is a page in a browser, of a site that is served below a path.
type tab struct {
	*testing.T
	ctx  context.Context
	base string
	down *atomic.Bool  // the host does not answer
	cut  *atomic.Value // a piece of addresses whose answers end half-way
	// rate is how many bytes a second come of assets/go/, 0 for all at once.
	rate *atomic.Int64
}

// openTab serves a built site, below a path and under the policy that a host
// sends, and opens a browser that notes what a page does that it should not.
func openTab(t *testing.T, out string) *tab {
	t.Helper()
	ctx := browser(t)
	files, down := http.FileServer(http.Dir(out)), new(atomic.Bool)
	cut, rate := new(atomic.Value), new(atomic.Int64)
	cut.Store("")
	server := httptest.NewServer(http.StripPrefix("/some/path", http.HandlerFunc(
		func(w http.ResponseWriter, r *http.Request) {
			if down.Load() {
				panic(http.ErrAbortHandler)
			}
			if piece := cut.Load().(string); piece != "" && strings.Contains(r.URL.Path, piece) {
				w.Header().Set("Content-Length", "1000000")
				_, _ = w.Write(make([]byte, 100_000))
				panic(http.ErrAbortHandler)
			}
			if _, err := os.Stat(filepath.Join(out, filepath.FromSlash(r.URL.Path))); err != nil {
				t.Errorf("the page asks for %q, which is not there", r.URL.Path)
			}
			w.Header().Set("Content-Security-Policy", theme.HeaderPolicy)
			if strings.Contains(r.URL.Path, "/go/") {
				w = slowly{w, r.Context(), rate}
			}
			files.ServeHTTP(w, r)
		})))
	t.Cleanup(server.Close)
	if _, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument,
		page.AddScriptToEvaluateOnNewDocumentParams{Source: watch}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, emulation.SetFocusEmulationEnabled,
		emulation.SetFocusEmulationEnabledParams{Enabled: true}); err != nil {
		t.Fatal(err)
	}
	return &tab{t, ctx, server.URL + "/some/path/", down, cut, rate}
}

// A slowly is an answer that takes its time, as long as there is a rate.
type slowly struct {
	http.ResponseWriter
	ctx  context.Context
	rate *atomic.Int64
}

func (s slowly) Write(data []byte) (n int, err error) {
	const piece = 8 << 10
	for n < len(data) && err == nil {
		part := data[n:min(n+piece, len(data))]
		if rate := s.rate.Load(); rate > 0 {
			select {
			case <-time.After(time.Duration(len(part)) * time.Second / time.Duration(rate)):
			case <-s.ctx.Done():
				return n, s.ctx.Err()
			}
		}
		var m int
		m, err = s.ResponseWriter.Write(part)
		n += m
		if f, ok := s.ResponseWriter.(http.Flusher); ok {
			f.Flush()
		}
	}
	return n, err
}

// openGuide opens a browser for the guide.
func openGuide(t *testing.T) *tab {
	t.Helper()
	chromium(t) // skips where there is none
	out, err := guide()
	if err != nil {
		t.Fatal(err)
	}
	return openTab(t, out)
}

// size makes the window so large, and a phone of it where it is small.
func (b *tab) size(width, height int64) {
	b.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: width, Height: height, DeviceScaleFactor: 1, Mobile: width < 600})
	if err != nil {
		b.Fatal(err)
	}
}

// open opens a page of the site.
func (b *tab) open(address string) {
	b.Helper()
	b.do(chromedp.Navigate(b.base + address))
}

// do does something in the page, within a while.
func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, time.Minute)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.Fatal(err)
	}
}

// eval is what an expression in the page is, as text.
func (b *tab) eval(expression string) string {
	b.Helper()
	got, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](
		"(async () => String(await ("+expression+")))()", chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatalf("%s: %v", expression, err)
	}
	return got
}

// until waits for an expression in the page to hold.
func (b *tab) until(expression string) {
	b.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for b.eval("Boolean("+expression+")") != "true" {
		if time.Now().After(deadline) {
			b.Fatalf("waited in vain for %s", expression)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// want compares what an expression in the page is.
func (b *tab) want(expression, want string) {
	b.Helper()
	if got := b.eval(expression); got != want {
		b.Errorf("%s: got %q, want %q", expression, got, want)
	}
}

// clean reports what the page did that it should not have done.
func (b *tab) clean(address string) {
	b.Helper()
	seen, err := chromedp.Run(b.ctx, chromedp.Evaluate[[]string](look, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatalf("%s: %v", address, err)
	}
	for _, s := range seen {
		b.Errorf("%s: %s", address, s)
	}
}

// The guide is opened page by page below a path of a host, as on a phone and
// on a wide screen, under the policy that its pages ask for.
func TestBrowser_guide(t *testing.T) {
	b := openGuide(t)
	for _, width := range []int64{390, 820, 1440} {
		b.size(width, 900)
		for _, address := range addresses(t, guideFolder) {
			b.open(address)
			b.clean(address)
		}
	}
}

// addresses lists the pages of a site that do not lead on by themselves.
func addresses(t *testing.T, out string) []string {
	t.Helper()
	var all []string
	err := fs.WalkDir(os.DirFS(out), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.Name() != "index.html" {
			return err
		}
		data, err := os.ReadFile(filepath.Join(out, p))
		if !strings.Contains(string(data), `http-equiv="refresh"`) {
			all = append(all, strings.TrimSuffix(p, "index.html"))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 10 {
		t.Fatalf("the guide has %d pages, too few", len(all))
	}
	return all
}

// Netlify sends the policy that the pages ask for, and says more: a header
// can say who may frame the site.
func TestPolicy_asNetlifySends(t *testing.T) {
	toml, err := os.ReadFile("../netlify.toml")
	if err != nil {
		t.Fatal(err)
	}
	if want := `Content-Security-Policy = "` + theme.HeaderPolicy + `"`; !strings.Contains(string(toml), want) {
		t.Errorf("netlify.toml does not hold %s", want)
	}
}
