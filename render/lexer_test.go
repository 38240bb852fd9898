package render

import (
	"testing"

	"github.com/alecthomas/chroma/v2/lexers"
)

// A language has the highlighter that the registry would find.
func TestLexerOf(t *testing.T) {
	for _, lang := range []string{
		"python", "Python", "PYTHON", "py", "rs", "rust", "c++", "cpp", "Makefile", "makefile", "mk", "h",
		"dockerfile", "yml", "jsonc", "text", "sh", "console", "dataview", "tikz", "none", "x", "filename.py.",
	} {
		want, got := "", ""
		if l := lexers.Get(lang); l != nil {
			want = l.Config().Name
		}
		if l := lexerOf(lang); l != nil {
			got = l.Config().Name
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", lang, got, want)
		}
	}
}

func BenchmarkLexerOf_unknown(b *testing.B) {
	for b.Loop() {
		lexerOf("dataview")
	}
}
