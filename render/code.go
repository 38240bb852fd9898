package render

import (
	"fmt"
	"html"
	"slices"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"runnel/vault"
)

// codeBlock renders an indented block of code.
func (p *page) codeBlock(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		writeCode(w, "", []piece{{"", string(node.Lines().Value(source))}}, nil)
	}
	return ast.WalkSkipChildren, nil
}

// fence renders a fenced block: Go code with what came of running it, any
// other language highlighted, one that nobody knows as plain text.
func (p *page) fence(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkSkipChildren, nil
	}
	n := node.(*ast.FencedCodeBlock)
	if s := p.note.Snippet(n); s != nil {
		p.snippet(w, s)
		return ast.WalkSkipChildren, nil
	}
	lang := string(n.Language(source))
	writeCode(w, lang, pieces(lang, string(n.Lines().Value(source))), nil)
	return ast.WalkSkipChildren, nil
}

// snippet renders Go code, and as one figure with its outcome if it ran.
func (p *page) snippet(w util.BufWriter, s *vault.Snippet) {
	var out Outcome
	if p.Outcome != nil {
		out = p.Outcome(s)
	}
	if len(out.HTML) == 0 {
		writeCode(w, "go", goPieces(s.Code), nil)
		return
	}
	_, _ = w.WriteString(`<figure class="program"`)
	if p.ids {
		fmt.Fprintf(w, ` id="_program-%d"`, s.Index+1)
	}
	_, _ = w.WriteString(">\n")
	writeCode(w, "go", goPieces(s.Code), out.Marks)
	_, _ = w.Write(out.HTML)
	_, _ = w.WriteString("</figure>\n")
}

// pieces highlights code with chroma.
func pieces(lang, code string) []piece {
	if lang == "" {
		return []piece{{"", code}}
	}
	lexer := lexers.Get(lang)
	if lexer == nil {
		return []piece{{"", code}}
	}
	tokens, err := chroma.Coalesce(lexer).Tokenise(nil, code)
	if err != nil {
		return []piece{{"", code}}
	}
	var out []piece
	for _, t := range tokens.Tokens() {
		out = append(out, piece{chroma.StandardTypes[t.Type], t.Value})
	}
	return out
}

// writeCode writes a <pre> with a <span class="ln"> for each line, marked
// where marks names it. The block is focusable, since it scrolls where its
// lines are long.
func writeCode(w util.BufWriter, lang string, code []piece, marks []int) {
	_, _ = w.WriteString(`<pre class="code" tabindex="0"><code`)
	if lang != "" {
		_, _ = w.WriteString(` class="language-` + html.EscapeString(lang) + `"`)
	}
	_, _ = w.WriteString(`>`)
	for i, line := range splitLines(code) {
		class := "ln"
		if slices.Contains(marks, i+1) {
			class += " marked"
		}
		_, _ = w.WriteString(`<span class="` + class + `">`)
		for _, q := range line {
			writePiece(w, q)
		}
		_, _ = w.WriteString("\n</span>")
	}
	_, _ = w.WriteString("</code></pre>\n")
}

// lookless are classes that look like plain text, left out to keep pages
// small: names, punctuation, operators and space.
var lookless = []string{"", "n", "nx", "p", "o", "w", "err", "bg", "line"}

func writePiece(w util.BufWriter, q piece) {
	text := util.EscapeHTML([]byte(q.text))
	if slices.Contains(lookless, q.class) {
		_, _ = w.Write(text)
		return
	}
	_, _ = w.WriteString(`<span class="` + q.class + `">`)
	_, _ = w.Write(text)
	_, _ = w.WriteString(`</span>`)
}

// splitLines cuts pieces at newlines, which it drops, and drops empty lines
// at the end.
func splitLines(code []piece) [][]piece {
	lines := [][]piece{nil}
	for _, q := range code {
		for i, text := range strings.Split(q.text, "\n") {
			if i > 0 {
				lines = append(lines, nil)
			}
			if text = strings.TrimSuffix(text, "\r"); text != "" {
				last := len(lines) - 1
				lines[last] = append(lines[last], piece{q.class, text})
			}
		}
	}
	for len(lines) > 1 && len(lines[len(lines)-1]) == 0 {
		lines = lines[:len(lines)-1]
	}
	return lines
}
