package render

import (
	"strings"
	"testing"
	"testing/fstest"

	"runnel/vault"
)

// renderSnippet renders a note of one Go block that ran and printed OUT, or
// did not run.
func renderSnippet(t *testing.T, note string, out Outcome) string {
	t.Helper()
	v, err := vault.Load(t.Context(), fstest.MapFS{"a.md": {Data: []byte(note)}},
		vault.Options{All: true})
	if err != nil {
		t.Fatal(err)
	}
	r := &Renderer{Outcome: func(*vault.Snippet) Outcome { return out }}
	var got strings.Builder
	if _, err := r.Note(&got, v.Notes[0]); err != nil {
		t.Fatal(err)
	}
	checkBalance(t, got.String())
	return got.String()
}

// TestSnippet_options says what a page shows of a block, in its order: words
// that stand for the parts.
func TestSnippet_options(t *testing.T) {
	t.Parallel()
	replacer := strings.NewReplacer(
		"<summary>Code, 1 line</summary>", "Code ", "<summary>Output</summary>", "Output ",
		"<summary>Output: Panic</summary>", "Panic ",
		`<figure class="program" id="_program-1">`, "( ", `<figure class="program">`, "(not run ", "</figure>", ")",
		"<figcaption>T</figcaption>", "T ", `<details class="fold">`, "[ ", "</details>", "] ",
		`<pre class="code" tabindex="0"><code class="language-go"><span class="ln">x</span></code></pre>`, "x ",
		`<dl class="given"><dt>Standard input</dt><dd><pre tabindex="0">&lt;in&gt;</pre></dd></dl>`, "in ",
		`<dl class="given"><dt>Arguments</dt><dd><code>&lt;a</code> <code>b␛</code></dd></dl>`, "args ",
	)
	parts := func(page string) string {
		return replacer.Replace(strings.ReplaceAll(page, "\n", ""))
	}
	ran := Outcome{HTML: []byte("OUT ")}
	for _, c := range []struct {
		info, ran, not string
	}{
		{"", "( x OUT )", "x "},
		{"title=T", "( T x OUT )", "(not run T x )"},
		{"code=fold", "( [ Code x ] OUT )", "(not run [ Code x ] )"},
		{"code=hide", "( OUT )", ""},
		{"code=hide title=T", "( T OUT )", ""},
		{"output=fold", "( x [ Output OUT ] )", "x "},
		{"output=hide", "( x OUT )", "x "}, // who hands us the outcome leaves it out
		{"code=fold output=fold title=T", "( T [ Code x ] [ Output OUT ] )", "(not run T [ Code x ] )"},
		{`stdin="<in>\n" code=hide`, "( in OUT )", ""},
		{"args=\"'<a' b\x1b\"", "( x args OUT )", "x "},
	} {
		note := "```go " + c.info + "\nx\n```\n"
		if got := parts(renderSnippet(t, note, ran)); got != c.ran {
			t.Errorf("%q: got %q, want %q", c.info, got, c.ran)
		}
		if got := parts(renderSnippet(t, note, Outcome{})); got != c.not {
			t.Errorf("%q, not run: got %q, want %q", c.info, got, c.not)
		}
	}
	ran.Ended = "Panic"
	got := parts(renderSnippet(t, "```go output=fold\nx\n```\n", ran))
	if want := "( x [ Panic OUT ] )"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// The lines that begin a file are no Go, and no line moves.
func TestSnippet_files(t *testing.T) {
	t.Parallel()
	got := renderSnippet(t, "```go\n\n-- a.go --\npackage a\n-- b.go --\n```\n",
		Outcome{HTML: []byte("OUT"), Marks: []int{3}})
	const want = `<span class="ln">
</span><span class="ln"><span class="c1">-- a.go --</span>
</span><span class="ln marked"><span class="kn">package</span> a
</span><span class="ln"><span class="c1">-- b.go --</span>
</span></code>`
	if !strings.Contains(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
