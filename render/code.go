package render

import (
	"html"
	"slices"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"runnel/render/gocode"
)

// codeBlock renders an indented block of code.
func (p *page) codeBlock(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		writeCode(w, "", string(node.Lines().Value(source)))
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
	lang, code := language(n, source), string(n.Lines().Value(source))
	switch kind := strings.ToLower(lang); {
	case diagrams[kind]:
		p.diagram(w, kind, code)
	case queries[kind]:
		p.query(w, n, lang, code)
	default:
		writeCode(w, lang, code)
	}
	return ast.WalkSkipChildren, nil
}

// language returns the first word of a fence's info string. [ast.FencedCodeBlock.Language]
// keeps what it finds in the node, which two pages that embed a note share.
func language(n *ast.FencedCodeBlock, source []byte) string {
	if n.Info == nil {
		return ""
	}
	lang, _, _ := strings.Cut(string(n.Info.Segment.Value(source)), " ")
	return lang
}

// emitCode highlights code with chroma.
func emitCode(lang, code string, emit func(class, text string)) {
	var lexer chroma.Lexer
	if lang != "" {
		lexer = lexerOf(lang)
	}
	if lexer == nil {
		emit("", code)
		return
	}
	tokens, err := chroma.Coalesce(lexer).Tokenise(nil, code)
	if err != nil {
		emit("", code)
		return
	}
	for _, t := range tokens.Tokens() {
		emit(chroma.StandardTypes[t.Type], t.Value)
	}
}

// A codeWriter writes code line by line, each in a <span class="ln">, marked
// where marks names it.
type codeWriter struct {
	w     util.BufWriter
	marks []int
	why   func(line int) []byte // what stands at its end; may be nil
	line  int                   // the line at hand, from 1
	open  bool                  // its span is open
}

// writeCode writes a <pre>. It is focusable, since it scrolls where its lines
// are long. Empty lines at the end of code are left out.
func writeCode(w util.BufWriter, lang, code string) {
	writeFiles(w, lang, []string{code}, nil, nil)
}

// writeFiles writes several pieces of code as one, every second one plain. What
// why has to say of a line stands at its end.
func writeFiles(w util.BufWriter, lang string, pieces []string, marks []int, why func(line int) []byte) {
	_, _ = w.WriteString(`<pre class="code" tabindex="0"><code`)
	if lang != "" {
		_, _ = w.WriteString(` class="language-` + html.EscapeString(lang) + `"`)
	}
	_, _ = w.WriteString(`>`)
	c := codeWriter{w: w, marks: marks, why: why, line: 1}
	last := len(pieces) - 1
	for i, code := range pieces {
		if i == last {
			code = strings.TrimRight(code, "\r\n")
		}
		switch {
		case i%2 == 1:
			c.emit("c1", code)
		case lang == "go":
			gocode.Emit(code, c.emit)
		default:
			emitCode(lang, code, c.emit)
		}
	}
	if c.open {
		c.endLine()
	}
	_, _ = w.WriteString("</code></pre>\n")
}

// emit writes a piece of code, which may hold line breaks.
func (c *codeWriter) emit(class, text string) {
	for {
		line, rest, more := strings.Cut(text, "\n")
		line = strings.TrimSuffix(line, "\r")
		if line != "" {
			c.beginLine()
			c.piece(class, line)
		}
		if !more {
			return
		}
		c.endLine()
		text = rest
	}
}

func (c *codeWriter) beginLine() {
	if c.open {
		return
	}
	c.open = true
	class := "ln"
	if slices.Contains(c.marks, c.line) {
		class = "ln marked"
	}
	_, _ = c.w.WriteString(`<span class="` + class + `">`)
}

func (c *codeWriter) endLine() {
	c.beginLine()
	if c.why != nil {
		_, _ = c.w.Write(c.why(c.line))
	}
	_, _ = c.w.WriteString("\n</span>")
	c.open = false
	c.line++
}

// lookless are classes that look like plain text, left out to keep pages
// small: names, punctuation, operators and space.
var lookless = names("n nx p o w err bg line")

func (c *codeWriter) piece(class, text string) {
	if class == "" || lookless[class] {
		escape(c.w, text)
		return
	}
	_, _ = c.w.WriteString(`<span class="`)
	_, _ = c.w.WriteString(class)
	_, _ = c.w.WriteString(`">`)
	escape(c.w, text)
	_, _ = c.w.WriteString(`</span>`)
}

// escape writes text as HTML.
func escape(w util.BufWriter, text string) {
	last := 0
	for i := range len(text) {
		if q := util.EscapeHTMLByte(text[i]); q != nil {
			_, _ = w.WriteString(text[last:i])
			_, _ = w.Write(q)
			last = i + 1
		}
	}
	_, _ = w.WriteString(text[last:])
}
