package site

import (
	"encoding/json"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// card is what the open documentation says: its title.
const cardTitle = "document.querySelector('.reference:popover-open .reference-title')?.textContent"

// spot is the middle of the nth time that a text stands in the code of a lab,
// scrolled into sight.
func (l lab) spot(text string, nth int) (x, y float64) {
	l.Helper()
	var at struct{ X, Y float64 }
	err := json.Unmarshal([]byte(l.eval(`(async () => {
  const code = `+l.figure+`.querySelector('code'), text = `+quoted(l.T, text)+`;
  const {textOf, rangeOf} = await import(new URL('text.js', document.querySelector('script[type=module]').src));
  let at = -1;
  for (let n = 0; n <= `+string(rune('0'+nth))+`; n++) at = textOf(code).indexOf(text, at + 1);
  const range = rangeOf(code, at, at + text.length);
  range.startContainer.parentElement.scrollIntoView({block: 'center', behavior: 'instant'});
  // The browser finds what is clicked in the frame that it shows.
  for (let n = 0; n < 3; n++) await new Promise(requestAnimationFrame);
  const r = range.getBoundingClientRect();
  return JSON.stringify({X: r.x + r.width / 2, Y: r.y + r.height / 2});
})()`)), &at)
	if err != nil {
		l.Fatal(err)
	}
	return at.X, at.Y
}

// A click on a name of the library opens what documents it; links in it lead
// on; Escape closes it. All of that can be done by keyboard.
func TestDocs_page(t *testing.T) {
	l := openLab(t, channels)
	x, y := l.spot("Sleep", 0)
	l.do(chromedp.MouseClickXY(x, y))
	l.until(cardTitle + " === 'time.Sleep'")
	l.want("document.querySelector('.reference pre').textContent", "func Sleep(d Duration)")
	if said := l.eval("document.querySelector('.reference-text').textContent"); !strings.Contains(said, "pauses the current goroutine for at least the duration d") {
		t.Errorf("the documentation says %q", said)
	}
	l.want("document.querySelector('.reference .elsewhere').href", "https://pkg.go.dev/time#Sleep")
	l.want("document.activeElement.id", "_reference")
	l.do(chromedp.KeyEvent(kb.Escape))
	l.until("!document.querySelector('.reference:popover-open')")

	// A click beside a name opens nothing, but shows whose line it is.
	x, y = l.spot("front door", 0)
	l.do(chromedp.MouseClickXY(x, y))
	l.until(l.figure + ".querySelector('.ln.lit')")
	l.want("document.querySelector('.reference:popover-open')", "null")

	// By a button there is a list of the names, and from one to another.
	l.eval("(" + l.figure + ".querySelector('.js-docs').focus(), 0)")
	l.do(chromedp.KeyEvent(kb.Enter))
	l.until(cardTitle + " === 'Names in this program'")
	l.want("[...document.querySelectorAll('.reference-group a')].map(a => a.textContent).join()",
		"time,time.Duration,time.Sleep,fmt,fmt.Println,time.Millisecond")
	l.eval("([...document.querySelectorAll('.reference-group a')].find(a => a.textContent === 'time.Duration').focus(), 0)")
	l.do(chromedp.KeyEvent(kb.Enter))
	l.until(cardTitle + " === 'time.Duration'")
	l.eval("([...document.querySelectorAll('.reference-group a')].find(a => a.textContent === 'Duration.String').click(), 0)")
	l.until(cardTitle + " === 'time.Duration.String'")
	l.eval("(document.querySelector('.reference .js-back').click(), 0)")
	l.until(cardTitle + " === 'time.Duration'")
	l.do(chromedp.KeyEvent(kb.Escape))
	l.until("document.activeElement.matches('.js-docs')")
	l.eval("(" + l.figure + ".querySelector('pre.code').focus(), 0)")
	l.do(chromedp.KeyEvent(kb.F1))
	l.until(cardTitle + " === 'Names in this program'")
	l.do(chromedp.KeyEvent(kb.Escape))

	// In the editor, at the caret.
	l.click("edit")
	l.write(withMain("sync", "\tvar all sync.WaitGroup\n\tall.Go(func() {})\n\tall.Wait()"))
	area := l.figure + ".querySelector('textarea')"
	l.eval("(" + area + ".focus(), " + area + ".setSelectionRange(" + area + ".value.indexOf('Wait()'), " + area + ".value.indexOf('Wait()')), 0)")
	l.do(chromedp.KeyEvent(kb.F1))
	l.until(cardTitle + " === 'sync.WaitGroup.Wait'")
	l.do(chromedp.KeyEvent(kb.Escape))
	l.until("document.activeElement === " + area)
	x, y = l.spot("Go(", 0)
	l.do(chromedp.MouseClickXY(x, y, chromedp.ButtonModifiers(kb.ModifierCtrl)))
	l.until(cardTitle + " === 'sync.WaitGroup.Go'")
	l.calm()
}

// In a fragment, which imports nothing, a name means what the build imports.
func TestDocs_fragment(t *testing.T) {
	l := openLab(t, "Programs/")
	l.figure = "[...document.querySelectorAll('figure.program')].find(f => f.textContent.includes('words := strings.Fields('))"
	x, y := l.spot("Fields", 0)
	l.do(chromedp.MouseClickXY(x, y))
	l.until(cardTitle + " === 'strings.Fields'")
	l.do(chromedp.KeyEvent(kb.Escape))
	l.figure = "[...document.querySelectorAll('figure.program')].find(f => f.textContent.includes('http.HandleFunc'))"
	x, y = l.spot("ResponseWriter", 0)
	l.do(chromedp.MouseClickXY(x, y))
	l.until(cardTitle + " === 'net/http.ResponseWriter'")
}

// What was shown once needs no network again.
func TestDocs_offline(t *testing.T) {
	l := openLab(t, channels)
	l.click("docs")
	l.until(cardTitle + " === 'Names in this program'")
	l.eval("caches.open('runnel-reference').then(c => c.put('" + l.base + "assets/reference/old.json', new Response('x')))")
	l.open(channels)
	l.ready()
	if _, err := chromedp.Call(l.ctx, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: true}); err != nil {
		t.Fatal(err)
	}
	l.click("docs")
	l.until(cardTitle + " === 'Names in this program'")
	l.until("(await (await caches.open('runnel-reference')).keys()).every(r => !r.url.endsWith('old.json'))")
}

// A finger has the documentation at the bottom of the screen.
func TestDocs_phone(t *testing.T) {
	l := openPhone(t, channels)
	x, y := l.spot("Println", 0)
	l.do(chromedp.TapXY(x, y))
	l.until(cardTitle + " === 'fmt.Println'")
	l.want("Math.round(document.querySelector('.reference').getBoundingClientRect().bottom)", "844")
	l.calm()
}

// documented are the names of a program that Go's own type checker finds in
// the library: what documents each, by its offset. Of fields it is the type
// that has them, whichever.
func documented(t *testing.T, fset *token.FileSet, from types.Importer, code string) map[int]string {
	t.Helper()
	file, err := parser.ParseFile(fset, "", code, 0)
	if err != nil {
		return nil
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: from, Error: func(error) {}}
	_, _ = config.Check("main", fset, []*ast.File{file}, info)
	all := map[int]string{}
	for id, obj := range info.Uses {
		if name := documents(obj); name != "" {
			all[fset.Position(id.Pos()).Offset] = name
		}
	}
	return all
}

func documents(obj types.Object) string {
	if p, ok := obj.(*types.PkgName); ok {
		return p.Imported().Path() + "."
	}
	path := "builtin"
	if obj.Pkg() != nil {
		path = obj.Pkg().Path()
	}
	name := obj.Name()
	switch obj := obj.(type) {
	case *types.Func:
		if recv := obj.Signature().Recv(); recv != nil {
			of := recv.Type()
			if p, ok := of.(*types.Pointer); ok {
				of = p.Elem()
			}
			named, ok := of.(*types.Named)
			switch {
			case !ok:
				return ""
			case types.IsInterface(named):
				name = named.Obj().Name()
			default:
				name = named.Obj().Name() + "." + name
			}
		}
	case *types.Var:
		if obj.IsField() {
			name = "*"
		}
	}
	if path == "main" {
		return ""
	}
	return path + "." + name
}

// What the page says that a name stands for is what Go's own type checker
// says, for all programs of the fidelity suite; and it knows nearly all names.
func TestDocs_meaning(t *testing.T) {
	l := openLab(t, channels)
	script := l.eval("document.querySelector('script[type=module]').src")
	names, programs := suite(t)
	fset := token.NewFileSet()
	from := importer.ForCompiler(fset, "gc", nil)
	right, missed := 0, 0
	for i := 0; i < len(names); i += 30 {
		batch := names[i:min(i+30, len(names))]
		var codes []string
		for _, name := range batch {
			codes = append(codes, programs[name])
		}
		text, err := json.Marshal(codes)
		if err != nil {
			t.Fatal(err)
		}
		var found []map[int]string
		err = json.Unmarshal([]byte(l.eval(`(async codes => {
  const [{Source}, {asked}] = await Promise.all(['scopes.js', 'names.js'].map(name => import(new URL(name, '`+script+`'))));
  const all = [], encoder = new TextEncoder();
  for (const code of codes) {
    const source = new Source(code), found = {};
    const said = await asked(source, meaning => source.tokens.map((_, i) => meaning.at(i)));
    for (const [i, at] of said.entries())
      if (at) found[encoder.encode(code.slice(0, source.tokens[i].at)).length] = at.path + '.' + at.name;
    all.push(found);
  }
  return JSON.stringify(all);
})(`+string(text)+`)`)), &found)
		if err != nil {
			t.Fatal(err)
		}
		for k, name := range batch {
			want := documented(t, fset, from, programs[name])
			for at, said := range want {
				got, ok := found[k][at]
				switch path, isField := strings.CutSuffix(said, "*"); {
				case !ok:
					missed++
				case got == said, isField && strings.HasPrefix(got, path):
					right++
				default:
					t.Errorf("%s: %q is said to be %s, but is %s", name, programs[name][at:at+20], got, said)
				}
			}
			for at, said := range found[k] {
				if _, ok := want[at]; !ok && !strings.HasSuffix(said, ".") {
					t.Errorf("%s: %q is said to be %s", name, programs[name][at:min(at+20, len(programs[name]))], said)
				}
			}
		}
	}
	if missed*50 > right {
		t.Errorf("%d names are known, %d are not, more than one of fifty", right, missed)
	}
	t.Logf("%d names are known, %d are not", right, missed)
}
