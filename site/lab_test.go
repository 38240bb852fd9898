package site

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"
	"golang.org/x/tools/txtar"

	"runnel/render/outcome"
	"runnel/runner"
	"runnel/runner/timeline"
	"runnel/theme"
	"runnel/vault"
)

// A pageProgram is one that a page is asked to run.
type pageProgram struct {
	name   string
	Source string   `json:"source"`
	Args   []string `json:"args"`
	Stdin  string   `json:"stdin"`
	Seed   uint64   `json:"seed,omitempty"`
}

// drawn is what a page gets of a run.
type drawn struct {
	HTML  string
	Marks []timeline.Diagnostic
	Error string
}

// runEngine makes the page's engine run programs and gives what it drew.
const runEngine = `(async programs => {
  const {run} = await import(document.querySelector('script[type=module]').src.replace('main.js', 'engine.js'));
  const drawn = [];
  for (const {seed, ...program} of programs) {
    try {
      drawn.push(await run({...program, seed: BigInt(seed ?? 0)}));
    } catch (error) {
      drawn.push({Error: String(error)});
    }
  }
  return drawn;
})(%s)`

// samplePrograms are those of the fidelity suite.
func samplePrograms(t *testing.T) (all []pageProgram) {
	t.Helper()
	files, err := filepath.Glob("../runner/testdata/fidelity/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		topic := strings.TrimSuffix(filepath.Base(file), ".txtar")
		for _, f := range archive.Files {
			all = append(all, pageProgram{name: topic + "/" + f.Name, Source: string(f.Data)})
		}
	}
	if len(all) < 220 {
		t.Fatalf("got %d programs, want at least 220", len(all))
	}
	return all
}

// guidePrograms are those of the guide.
func guidePrograms(t *testing.T) (all []pageProgram) {
	t.Helper()
	v, err := vault.Load(t.Context(), os.DirFS("../notes"), vault.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p := programs{tasks: make(map[*vault.Snippet]*task)}
	for _, task := range p.find(v) {
		all = append(all, pageProgram{
			name:   fmt.Sprintf("%s:%d", task.Note.Path, task.Line),
			Source: task.program.Source,
			Args:   task.Options.Args, Stdin: task.Options.Stdin,
		})
	}
	if len(all) < 40 {
		t.Fatalf("got %d programs, want all of the guide", len(all))
	}
	return all
}

// edgePrograms meet each limit, and ask for what there is not.
func edgePrograms() (all []pageProgram) {
	for name, body := range map[string]struct{ imports, statements string }{
		"output":  {"fmt strings", "\tfor {\n\t\tfmt.Println(strings.Repeat(\"x\", 1000))\n\t}"},
		"writes":  {"os", "\tfor i := range 15000 {\n\t\tos.Stdout.Write([]byte{byte(i), '\\n'})\n\t}"},
		"virtual": {"fmt time", "\tfmt.Println(1)\n\ttime.Sleep(20 * time.Minute)"},
		"clock":   {"fmt time", "\tstart := time.Now()\n\tfor time.Since(start) < time.Second {\n\t}\n\tfmt.Println(time.Since(start))"},
		"events": {"fmt", "\tc := make(chan int)\n\tfor i := range 4000 {\n\t\tgo func() { c <- i }()\n\t}\n" +
			"\tsum := 0\n\tfor range 4000 {\n\t\tsum += <-c\n\t}\n\tfmt.Println(sum)"},
		"memory": {"fmt", "\tvar all [][]byte\n\tfor {\n\t\tall = append(all, make([]byte, 1<<20))\n" +
			"\t\tfmt.Println(len(all))\n\t}"},
		"stack": {"", "\tvar f func(int) int\n\tf = func(n int) int { return 1 + f(n+1) }\n\tprintln(f(0))"},
		"files": {"fmt os", "\t_, err := os.Open(\"/etc/passwd\")\n\tfmt.Println(err)\n\t_, err = os.ReadDir(\".\")\n" +
			"\tfmt.Println(err, os.Environ(), os.Args)\n\tinfo, err := os.Stdin.Stat()\n\tfmt.Println(info.Mode(), info.Size(), err)\n" +
			"\tfmt.Println(os.Stdout.Sync(), os.WriteFile(\"x\", nil, 0o666))\n\tos.Stdout.Close()\n\tfmt.Println(\"closed\")\n\tos.Exit(3)"},
		"bytes":  {"os log", "\tos.Stdout.WriteString(\"\\x00\\xff\\x1b[1m\\r\\n<b>\")\n\tlog.Println(\"logged\")\n\tprintln(\"printed\")"},
		"chance": {"crypto/rand fmt", "\tvar b [20]byte\n\trand.Read(b[:])\n\tfmt.Println(b)"},
	} {
		all = append(all, pageProgram{name: name, Source: withMain(body.imports, body.statements)})
	}
	return all
}

// A program gives the same in the page as at the build, byte for byte.
func TestLab_same(t *testing.T) {
	if testing.Short() {
		t.Skip("runs hundreds of programs")
	}
	tab := openGuide(t)
	tab.open("")
	ctx := tab.ctx
	r := testRunner(t)
	all := slices.Concat(edgePrograms(), guidePrograms(t), samplePrograms(t))
	for i, p := range all {
		if i%9 == 0 { // some of them in another order, too
			p.Seed = uint64(i) + 1
			p.name += " with a seed"
			all = append(all, p)
		}
	}
	const batch = 20
	ran := 0
	for len(all) > 0 {
		some := all[:min(batch, len(all))]
		all = all[len(some):]
		for i, got := range runInPage(ctx, t, some) {
			result, err := r.Run(t.Context(), runner.Program{
				Source: some[i].Source, Args: some[i].Args, Stdin: some[i].Stdin, Seed: some[i].Seed})
			if err != nil {
				t.Fatal(err)
			}
			if result.End.Kind != timeline.Refused {
				ran++
			}
			if want := string(outcome.HTML(&result.Recording, nil)); got.HTML != want || got.Error != "" {
				t.Errorf("%s: %s: %s", some[i].name, got.Error, firstApart(got.HTML, want))
			}
		}
	}
	if ran < 200 {
		t.Errorf("ran %d programs, want at least 200", ran)
	}
}

func runInPage(ctx context.Context, t *testing.T, programs []pageProgram) []drawn {
	t.Helper()
	text, err := json.Marshal(programs)
	if err != nil {
		t.Fatal(err)
	}
	all, err := chromedp.Run(ctx, chromedp.Evaluate[[]drawn](fmt.Sprintf(runEngine, text), chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != len(programs) {
		t.Fatalf("got %d results, want %d", len(all), len(programs))
	}
	return all
}

// firstApart shows where two texts begin to differ.
func firstApart(got, want string) string {
	n := 0
	for n < min(len(got), len(want)) && got[n] == want[n] {
		n++
	}
	from := max(0, n-40)
	return fmt.Sprintf("got …%.160q, want …%.160q", got[from:], want[from:])
}

// The end of a chain, fragments, several files, arguments, standard input and
// what else a block can say: the page makes of them what the build does.
func TestLab_blocks(t *testing.T) {
	chromium(t)
	dir := t.TempDir()
	note := strings.ReplaceAll(blocks, "\n!", "\n```")
	writeFiles(t, dir, map[string]string{"n/index.md": note})
	b := Build{Notes: filepath.Join(dir, "n"), Out: filepath.Join(dir, "out"), Runner: testRunner(t)}
	if _, err := b.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	tab := openTab(t, b.Out)
	tab.open("")
	v, err := vault.Load(t.Context(), os.DirFS(b.Notes), vault.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p, err := runPrograms(t.Context(), b.Runner, b.Engine, v, func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	if len(p.results) != strings.Count(note, "```go run") {
		t.Fatalf("ran %d programs", len(p.results))
	}
	for s, result := range p.results {
		task := p.task(s)
		figure := fmt.Sprintf("_program-%d", s.Index+1)
		l := lab{tab, "document.getElementById('" + figure + "')"}
		l.ready()
		l.run()
		want := strings.TrimSuffix(string(outcome.After(task.local(result.Recording), nil, p.earlier(task))), "\n")
		// The names of lanes are buttons in a page.
		drawn := "(outcome => { outcome = outcome.cloneNode(true);" +
			"outcome.querySelectorAll('.names, .names > div').forEach(n => ['role', 'aria-label', 'aria-pressed', 'tabindex']" +
			".forEach(a => n.removeAttribute(a)));" +
			"outcome.querySelectorAll('.names').forEach(n => { n.ariaHidden = 'true'; });" +
			"return outcome.outerHTML; })(" + l.figure + ".querySelector('.outcome'))"
		same := "(html => { const t = document.createElement('template'); t.innerHTML = html;" +
			"return t.content.firstElementChild.outerHTML; })(" + quoted(t, want) + ")"
		if got, want := l.eval(drawn), l.eval(same); got != want {
			t.Errorf("%s: %s", s.Info, firstApart(got, want))
		}
	}
}

// blocks is a note of blocks that say all that blocks can say.
const blocks = "---\npublish: true\n---\n" + `
!go run name=one
x := []string{"a", "b"}
fmt.Println("one", x)
!
!go name=types
type pair struct{ a, b int }
!
!go run after=one name=two
for _, s := range x {
	fmt.Println("two", s)
}
panic("in two")


!
!go run after=two
fmt.Println("never")
!
!go run after=types name=good timeout=3s
fmt.Println(pair{1, 2})
!
!go run after=good
fmt.Println(undefined, pair{})
!
!go run name=bad
fmt.Println(nothing)
!
!go run after=bad
fmt.Println("later")
!
!go run args="-n 'a b'" stdin="one\ntwo\n"
input, _ := io.ReadAll(os.Stdin)
fmt.Printf("%q %q\n", os.Args[1:], input)
!
!go run timeout=1s
fmt.Println("before")
for text := strings.Repeat("x", 1000000); ; {
	regexp.MustCompile("(x+x+)+y").MatchString(text)
}
!
!go run timeline=hide
done := make(chan bool)
go close(done)
<-done
!
!go run
package main

func main() { hello() }
-- other.go --
package main

import "fmt"

func hello() { fmt.Println("from another file") }
!
!go run after=one
wake := make(chan string)
go func() {
	time.Sleep(time.Second)
	wake <- x[0]
}()
fmt.Println(<-wake)
!
!go run
m := map[int]bool{}
for i := range 20 { m[i] = true }
for i := range m { fmt.Print(i, " ", rand.Intn(100), ", ") }
!
`

func quoted(t *testing.T, text string) string {
	t.Helper()
	data, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// A host that names no policy and compresses nothing will do, and so will one
// that compresses by itself.
func TestLab_hosts(t *testing.T) {
	chromium(t)
	out, err := guide()
	if err != nil {
		t.Fatal(err)
	}
	files := http.FileServer(http.Dir(out))
	for name, test := range map[string]struct {
		handle http.HandlerFunc
		want   string // the ending of what is fetched
	}{
		"plain": {files.ServeHTTP, ".wasm.(br|gz)"},
		"without compressed files": {func(w http.ResponseWriter, r *http.Request) {
			if ext := filepath.Ext(r.URL.Path); ext == ".br" || ext == ".gz" {
				http.NotFound(w, r)
				return
			}
			files.ServeHTTP(w, r)
		}, ".wasm"},
		"that compresses": {func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Security-Policy", theme.HeaderPolicy)
			if strings.HasSuffix(r.URL.Path, ".wasm") {
				w.Header().Set("Content-Encoding", "br")
				w.Header().Set("Content-Type", "application/wasm")
				r.URL.Path += ".br"
			}
			files.ServeHTTP(w, r)
		}, ".wasm"},
		"that names gzip": {func(w http.ResponseWriter, r *http.Request) {
			switch filepath.Ext(r.URL.Path) {
			case ".br":
				http.NotFound(w, r)
				return
			case ".gz":
				w.Header().Set("Content-Encoding", "gzip")
			}
			files.ServeHTTP(w, r)
		}, ".wasm.gz"},
	} {
		t.Run(name, func(t *testing.T) {
			var fetched []string
			var mutex sync.Mutex
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodGet && strings.Contains(r.URL.Path, ".wasm") {
					mutex.Lock()
					fetched = append(fetched, filepath.Base(r.URL.Path))
					mutex.Unlock()
				}
				test.handle(w, r)
			}))
			defer server.Close()
			l := lab{&tab{t, browser(t), server.URL + "/", new(atomic.Bool), new(atomic.Value), new(atomic.Int64)}, "document.querySelector('figure.program[data-job]')"}
			l.open(channels)
			l.ready()
			mutex.Lock()
			if len(fetched) > 0 {
				t.Errorf("the page fetches %q before it runs anything", fetched)
			}
			mutex.Unlock()
			l.run()
			l.want(l.figure+".querySelector('.js-said').textContent", "The same output as published.")
			mutex.Lock()
			defer mutex.Unlock()
			last := ""
			if len(fetched) > 0 {
				last = fetched[len(fetched)-1]
			}
			if ok, _ := regexp.MatchString("^guest-[0-9a-f]+"+test.want+"$", last); !ok {
				t.Errorf("fetched %q, want one that ends in %s", fetched, test.want)
			}
		})
	}
}
