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
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"runnel/theme"
)

// browser starts a headless Chromium. Where there is none the test is
// skipped, but not in CI, which must have one.
func browser(t *testing.T) context.Context {
	t.Helper()
	var exe string
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
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(exe), chromedp.NoSandbox,
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

// The guide is opened page by page below a path of a host, as on a phone and
// on a wide screen, under the policy that its pages ask for.
func TestBrowser_guide(t *testing.T) {
	ctx := browser(t)
	out := filepath.Join(t.TempDir(), "public")
	b := Build{Notes: filepath.Join("..", "notes"), Out: out, Runner: testRunner(t)}
	if _, err := b.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	files := http.FileServer(http.Dir(out))
	server := httptest.NewServer(http.StripPrefix("/some/path", http.HandlerFunc(
		func(w http.ResponseWriter, r *http.Request) {
			if _, err := os.Stat(filepath.Join(out, filepath.FromSlash(r.URL.Path))); err != nil {
				t.Errorf("the page asks for %q, which is not there", r.URL.Path)
			}
			w.Header().Set("Content-Security-Policy", theme.HeaderPolicy)
			files.ServeHTTP(w, r)
		})))
	defer server.Close()
	if _, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument,
		page.AddScriptToEvaluateOnNewDocumentParams{Source: watch}); err != nil {
		t.Fatal(err)
	}
	for _, width := range []int64{390, 1440} {
		if _, err := chromedp.Call(ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
			Width: width, Height: 900, DeviceScaleFactor: 1, Mobile: width < 600}); err != nil {
			t.Fatal(err)
		}
		for _, address := range addresses(t, out) {
			openPage(ctx, t, server.URL+"/some/path/"+address)
		}
	}
}

func openPage(ctx context.Context, t *testing.T, address string) {
	t.Helper()
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	seen, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](look, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	for _, s := range seen {
		t.Errorf("%s: %s", address, s)
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
