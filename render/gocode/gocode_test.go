package gocode

import (
	"go/format"
	"strings"
	"testing"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

const sample = `// Package main is a sample.
package main

import "fmt"

/*
A block
comment
*/
type point struct{ x, y float64 }

const limit, hex = 3.5e2, 0x1F

func (p *point) add(q point) (r point) {
	r.x = p.x + q.x
	return r
}

func main() {
	ch := make(chan int, 1)
	raw := ` + "`two\nlines`" + `
	for i := 0; i < len(raw); i++ {
		go func(c rune) { ch <- int(c) }('a')
	}
	if v, ok := <-ch; ok && v != 0 {
		fmt.Println("v\t", v, nil == error(nil), true)
	}
}
`

// A piece is what a highlighter emits.
type piece struct{ class, text string }

func goPieces(code string) []piece {
	var out []piece
	Emit(code, func(class, text string) { out = append(out, piece{class, text}) })
	return out
}

// classOf gives the class of each visible character of highlighted code.
func classOf(code []piece) []string {
	var out []string
	for _, p := range code {
		for _, r := range p.text {
			if !strings.ContainsRune(" \t\n", r) {
				out = append(out, p.class+" "+string(r))
			}
		}
	}
	return out
}

// plain are classes that a page shows as plain text.
func plain(class string) string {
	if lookless[class] {
		return ""
	}
	return class
}

// Chroma is the witness: its lexer for Go gives the same looks to the same
// characters, where it does not tell kinds of strings and numbers apart more
// finely than we do.
func TestGoPieces_asChroma(t *testing.T) {
	merge := map[string]string{"nc": "", "se": "s", "m": "mi", "mh": "mi", "kr": "k"}
	tokens, err := chroma.Coalesce(lexers.Get("go")).Tokenise(nil, sample)
	if err != nil {
		t.Fatal(err)
	}
	var theirs []piece
	for _, token := range tokens.Tokens() {
		class := chroma.StandardTypes[token.Type]
		if to, ok := merge[class]; ok {
			class = to
		}
		theirs = append(theirs, piece{plain(class), token.Value})
	}
	var ours []piece
	for _, p := range goPieces(sample) {
		ours = append(ours, piece{plain(p.class), p.text})
	}
	got, want := classOf(ours), classOf(theirs)
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Fatalf("character %d: got %q, chroma says %q; near %q", i, got[i], want[i], got[max(0, i-10):i])
		}
	}
	if len(got) != len(want) {
		t.Errorf("got %d characters, want %d", len(got), len(want))
	}
}

func joined(code []piece) string {
	var b strings.Builder
	for _, p := range code {
		b.WriteString(p.text)
	}
	return b.String()
}

func TestGoPieces_keepsEverything(t *testing.T) {
	for _, code := range []string{
		"", "x", "a := `raw\r\nstring`\r\nb", "\"open", "'", "/* open", "€ § 1__2 0x", "\x00\xff", "// c\r\n//",
		"…\n{}", sample,
	} {
		if got := joined(goPieces(code)); got != code {
			t.Errorf("got %q, want %q", got, code)
		}
	}
}

func FuzzGoPieces(f *testing.F) {
	f.Add(sample)
	f.Add("a := `raw\r\nstring`\r\nb")
	f.Fuzz(func(t *testing.T, code string) {
		if got := joined(goPieces(code)); got != code {
			t.Errorf("got %q, want %q", got, code)
		}
	})
}

func TestSample_isFormatted(t *testing.T) {
	got, err := format.Source([]byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != sample {
		t.Errorf("gofmt says\n%s", got)
	}
}

// lookless are classes of chroma that look like plain text.
var lookless = map[string]bool{
	"n": true, "nx": true, "p": true, "o": true, "w": true, "err": true, "bg": true, "line": true,
}
