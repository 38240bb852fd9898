package site

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
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

// guideSite builds the guide and serves it as a plain host does, or with the
// headers that Netlify sends.
func guideSite(t *testing.T, header string) (address string) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "public")
	b := Build{Notes: filepath.Join("..", "notes"), Out: out, Runner: testRunner(t), Engine: runner.Both}
	if _, err := b.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	files := http.FileServer(http.Dir(out))
	server := httptest.NewServer(http.StripPrefix("/some/path", http.HandlerFunc(
		func(w http.ResponseWriter, r *http.Request) {
			if header != "" {
				w.Header().Set("Content-Security-Policy", header)
			}
			files.ServeHTTP(w, r)
		})))
	t.Cleanup(server.Close)
	return server.URL + "/some/path/"
}

// A program gives the same in the page as at the build, byte for byte.
func TestLab_same(t *testing.T) {
	if testing.Short() {
		t.Skip("runs hundreds of programs")
	}
	ctx := browser(t)
	address := guideSite(t, theme.HeaderPolicy)
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		t.Fatal(err)
	}
	r := testRunner(t)
	all := append(guidePrograms(t), samplePrograms(t)...)
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
