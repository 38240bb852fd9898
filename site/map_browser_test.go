package site

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// openMap opens the graph of the guide, and waits until all of it is drawn.
func openMap(b *tab) {
	b.Helper()
	b.open("graph/")
	b.until(mapDrawn)
	b.eval("(window.data ??= await (await fetch('data.json')).json(), 0)")
}

// mapDrawn reports whether the canvas shows more than a few points.
const mapDrawn = `(c => c?.width > 0 && c.getContext('2d').getImageData(0, 0, c.width, c.height).data
  .reduce((n, v, i) => n + (i % 4 === 3 && v > 0), 0) > 800)(document.querySelector('.js-map-canvas'))`

const told = "document.querySelector('.js-map-told').textContent"

// nodeAt is where in the window a note of the guide is shown, while all of the
// graph is: by the data, not by the script that draws it.
func (b *tab) nodeAt(title string) (x, y float64) {
	b.Helper()
	place := `((c, d, i) => {
	  const box = c.getBoundingClientRect(), range = l => [Math.min(...l), Math.max(...l)];
	  const [x0, x1] = range(d.x), [y0, y1] = range(d.y), w = c.clientWidth, h = c.clientHeight;
	  const scale = Math.min((w - 112) / (x1 - x0), (h - 56) / (y1 - y0));
	  return (box.x + c.clientLeft + w / 2 + (d.x[i] - (x0 + x1) / 2) * scale) + ' ' + (box.y + c.clientTop + h / 2 + (d.y[i] - (y0 + y1) / 2) * scale);
	})(document.querySelector('.js-map-canvas'), data, data.titles.indexOf('` + title + `'))`
	if _, err := fmt.Sscan(b.eval(place), &x, &y); err != nil {
		b.Fatal(err)
	}
	return x, y
}

// The pointer names a note, opens it at a click, and moves the graph.
func TestBrowser_mapPointer(t *testing.T) {
	b := openGuide(t)
	b.size(1440, 1000)
	openMap(b)
	x, y := b.nodeAt("Mutexes")
	b.do(chromedp.MouseEvent(chromedp.MouseMoved, x+2, y-2))
	b.until(told + ".startsWith('Mutexes in Go: ')")
	b.want("document.querySelector('.js-map-canvas').matches('.over')", "true")
	b.do(chromedp.MouseEvent(chromedp.MouseMoved, x, y), chromedp.MouseEvent(chromedp.MousePressed, x, y, chromedp.ButtonLeft),
		chromedp.MouseEvent(chromedp.MouseMoved, x+40, y+30, chromedp.ButtonLeft), chromedp.MouseEvent(chromedp.MouseReleased, x+40, y+30, chromedp.ButtonLeft))
	b.do(chromedp.MouseEvent(chromedp.MouseMoved, x+300, y+5))
	b.until("!" + told + ".startsWith('Mutexes')")
	b.do(chromedp.MouseEvent(chromedp.MouseMoved, x+40, y+30))
	b.until(told + ".startsWith('Mutexes')")
	b.want("location.pathname", "/some/path/graph/") // a drag is no click
	b.clean("graph/")
	b.do(chromedp.MouseClickXY(x+40, y+30))
	b.until("location.pathname === '/some/path/Go/Mutexes/'")
}

// A note leads to the graph, where it is the one that is chosen.
func TestBrowser_mapFromNote(t *testing.T) {
	b := openGuide(t)
	b.size(1440, 1000)
	for _, note := range []string{"Go/Mutexes/", "Go/Closures-%28function-literals%29/"} {
		b.open(note)
		title := b.eval("document.querySelector('h1').textContent")
		b.open(b.eval("new URL(document.querySelector('.near a:has(.more)').href.baseVal, location).href.slice(" + strconv.Itoa(len(b.base)) + ")"))
		b.until("document.querySelector('.js-map-canvas') && " + told + ".startsWith('" + title + " in Go: ')")
		b.clean("graph/")
	}
}

// With the keyboard alone: find a note, go to a neighbour, zoom, open it.
func TestBrowser_mapKeyboard(t *testing.T) {
	b := openGuide(t)
	b.size(1440, 1000)
	openMap(b)
	b.eval("(document.querySelector('.js-map-find').focus(), 0)")
	b.do(chromedp.SendKeys(".js-map-find", "CHANN"))
	b.until(told + " === '1 of " + b.eval("data.titles.length") + " notes'")
	b.do(chromedp.KeyEvent(kb.Enter))
	b.want("document.activeElement.matches('.js-map-canvas:focus-visible')", "true")
	b.until(told + ".startsWith('Goroutines and channels in Go: ')")
	linked := `(i => { let at = 0; const near = new Set();
	  data.titles.forEach((_, from) => { let to = from; for (let n = data.links[at++]; n > 0; n--) { to += data.links[at++];
	    if (from === i) near.add(data.titles[to]); if (to === i) near.add(data.titles[from]); } });
	  return near; })(data.titles.indexOf('Goroutines and channels'))`
	b.want(linked+".size + ' neighbours'", b.eval(told+".split(': ')[1]"))
	moved := 0
	for _, key := range []string{kb.ArrowLeft, kb.ArrowRight, kb.ArrowUp, kb.ArrowDown} {
		b.do(chromedp.KeyEvent(key))
		title, _, _ := strings.Cut(b.eval(told), ":")
		title = strings.TrimSuffix(title, " in Go")
		if moved == 0 && title != "Goroutines and channels" {
			b.want(linked+".has('"+title+"')", "true")
			moved++
		}
	}
	if moved == 0 {
		t.Error("no arrow leads away from a note with neighbours")
	}
	b.do(chromedp.KeyEvent("+"), chromedp.KeyEvent("-"), chromedp.KeyEvent("0"))
	title, _, _ := strings.Cut(b.eval(told), ":")
	b.clean("graph/")
	b.do(chromedp.KeyEvent(kb.Enter))
	b.until("document.querySelector('article.note')")
	b.want("document.querySelector('h1').textContent", strings.TrimSuffix(title, " in Go"))
}

// On a phone the first touch of a note names it, the second opens it; two
// fingers zoom.
func TestBrowser_mapTouch(t *testing.T) {
	b := openGuide(t)
	b.size(390, 850)
	if _, err := chromedp.Call(b.ctx, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true}); err != nil {
		t.Fatal(err)
	}
	openMap(b)
	x, y := b.nodeAt("Wait groups")
	b.touch([]float64{x, y}, nil)
	b.until(told + ".startsWith('Wait groups in Go')")
	b.want("location.pathname", "/some/path/graph/")
	b.clean("graph/")
	b.touch([]float64{x, y}, nil)
	b.until("location.pathname === '/some/path/Go/Wait-groups/'")

	openMap(b)
	b.touch([]float64{x - 20, y}, []float64{x + 20, y}, []float64{x - 120, y, x + 120, y})
	b.do(chromedp.MouseEvent(chromedp.MouseMoved, 195, 600))
	b.touch([]float64{x + 1, y + 1}, nil) // what was between the fingers still is
	b.until(told + ".startsWith('Wait groups in Go')")
	b.clean("graph/")
}

// touch touches with one finger or two, moves them, and lifts them.
func (b *tab) touch(first, second []float64, moves ...[]float64) {
	b.Helper()
	send := func(kind input.DispatchTouchEventType, at ...float64) {
		points := []*input.TouchPoint{}
		for i := 0; i+1 < len(at); i += 2 {
			id := float64(i)
			points = append(points, &input.TouchPoint{X: at[i], Y: at[i+1], ID: &id})
		}
		if _, err := chromedp.Call(b.ctx, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: kind, TouchPoints: points}); err != nil {
			b.Fatal(err)
		}
	}
	send(input.DispatchTouchEventTypeTouchStart, append(first, second...)...)
	for _, m := range moves {
		send(input.DispatchTouchEventTypeTouchMove, m...)
	}
	send(input.DispatchTouchEventTypeTouchEnd)
}

// Zooming, pointing and drawing anew leave most of each frame free with ten
// thousand notes and 75,000 links.
func TestBrowser_mapLarge(t *testing.T) {
	if testing.Short() {
		t.Skip("draws a large graph")
	}
	b := openGuide(t)
	b.size(1440, 1000)
	if _, err := chromedp.Call(b.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: largeMap}); err != nil {
		t.Fatal(err)
	}
	b.open("graph/")
	b.until(mapDrawn)
	b.until(told + " === ''")
	busy := b.eval(exercise)
	t.Logf("milliseconds of script in a frame, half and nineteen in twenty take less: %s", busy)
	var half, most float64
	if _, err := fmt.Sscan(busy, &half, &most); err != nil || half > 8 {
		t.Errorf("script takes %s ms of a frame: %v", busy, err)
	}
	b.clean("graph/")
}

// largeMap puts a large graph in the place of the guide's, and measures what
// is done in each frame.
const largeMap = `{
  const n = 10000, list = f => Array.from({length: n}, (_, i) => f(i)), links = [];
  for (let i = 0; i < n; i++) {
    const steps = [1, 2, 7, 20, 100, 300, 41, 800].filter((s, k, all) => i + all.slice(0, k + 1).reduce((a, b) => a + b) < n);
    links.push(steps.length, ...steps);
  }
  const data = {titles: list(i => 'Note ' + i), names: list(() => 0), dirs: [''], dir: list(() => 0), folders: ['A', 'B', 'C'],
    folder: list(i => i % 3), x: list(i => Math.round(10000 + 9900 * Math.cos(i * 2.4) * Math.sqrt(i / n))),
    y: list(i => Math.round(10000 + 9900 * Math.sin(i * 2.4) * Math.sqrt(i / n))), links};
  const fetched = window.fetch;
  window.fetch = (url, ...rest) => String(url).endsWith('data.json') ? Promise.resolve(new Response(JSON.stringify(data))) : fetched(url, ...rest);
  window.busy = [];
  const frame = window.requestAnimationFrame;
  window.requestAnimationFrame = f => frame(time => { const from = performance.now(); f(time); busy.push(performance.now() - from); });
}`

// exercise zooms in and out, points here and there, and waits.
const exercise = `(async () => {
  const c = document.querySelector('.js-map-canvas'), box = c.getBoundingClientRect();
  busy.length = 0;
  for (let i = 0; i < 150; i++) {
    if (i < 60) c.dispatchEvent(new WheelEvent('wheel', {deltaY: i < 30 ? -20 : 20, clientX: box.x + 400, clientY: box.y + 300, cancelable: true}));
    else if (i < 120) c.dispatchEvent(new PointerEvent('pointermove', {clientX: box.x + i * 5, clientY: box.y + i * 3, pointerId: 1}));
    await new Promise(done => setTimeout(done, 16));
  }
  const sorted = [...busy].sort((a, b) => a - b);
  return sorted[sorted.length >> 1].toFixed(1) + ' ' + sorted[Math.floor(sorted.length * 0.95)].toFixed(1) + ' in ' + sorted.length + ' frames';
})()`
