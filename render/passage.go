package render

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"go.abhg.dev/goldmark/wikilink"

	"runnel/vault"
	"runnel/vault/obsidian"
)

// A Passage is the text of a paragraph, a heading, a row of a table or any
// other block that holds text itself, as a reader of the note's page sees it:
// without markup, and with one space for each run of white space. Code blocks,
// pictures, embeds and HTML of the note's own are left out.
type Passage struct {
	Text string
	// Section is the heading that it is or stands under, nil before the first.
	Section   *vault.Heading
	IsHeading bool
	// IsCode says that it is a block of code, which only [Texts] gives.
	IsCode bool
	// Spans are the links, code and formulas in it, in order, none within
	// another.
	Spans []Span
}

// A Span is a part of a passage that is no plain text: a link, or code.
type Span struct {
	Start, End int         // in Text
	Link       *vault.Link // nil for code, and for a link out of the vault
}

// Passages gives the text of a note, whose tree must still be there. It is a
// function of the note's text alone: it does not ask where links lead.
func Passages(n *vault.Note) []Passage {
	r := reader{note: n}
	r.blocks(n.Doc)
	return r.passages
}

// Texts gives what [Passages] does and the blocks of code that a page shows.
func Texts(n *vault.Note) []Passage {
	r := reader{note: n, code: true}
	r.blocks(n.Doc)
	return r.passages
}

// A reader reads the passages of a note.
type reader struct {
	note     *vault.Note
	code     bool // is read too
	section  *vault.Heading
	passages []Passage

	// Of the passage that is being read:
	text  []byte
	spans []Span
	open  *vault.Link // of an <a> of HTML
	begun int         // where that began
}

func (r *reader) blocks(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		r.block(n)
	}
}

func (r *reader) block(n ast.Node) {
	switch n.Kind() {
	case ast.KindCodeBlock, ast.KindFencedCodeBlock:
		if r.code {
			r.codeBlock(n)
		}
	case ast.KindHTMLBlock, obsidian.KindMathBlock:
	case ast.KindHeading:
		if n != r.note.TitleNode {
			r.section = r.note.Heading(n)
			r.passage(n, true)
		}
	case ast.KindParagraph, ast.KindTextBlock, obsidian.KindCalloutTitle,
		extast.KindTableHeader, extast.KindTableRow:
		r.passage(n, false)
	case extast.KindFootnoteList:
		r.section = nil
		r.blocks(n)
	default:
		r.blocks(n)
	}
}

// passage reads a block that holds text.
func (r *reader) passage(n ast.Node, heading bool) {
	r.text, r.spans, r.open = r.text[:0], nil, nil
	r.inlines(n)
	text := strings.TrimSuffix(string(r.text), " ")
	for i := range r.spans {
		r.spans[i].End = min(r.spans[i].End, len(text))
		r.spans[i].Start = min(r.spans[i].Start, len(text))
	}
	if text != "" {
		r.passages = append(r.passages, Passage{Text: text, Section: r.section, IsHeading: heading, Spans: r.spans})
	}
}

// codeBlock reads a block of code, unless it is hidden.
func (r *reader) codeBlock(n ast.Node) {
	if fence, ok := n.(*ast.FencedCodeBlock); ok {
		if s := r.note.Snippet(fence); s != nil && s.Options.Code == vault.Hidden {
			return
		}
	}
	r.text = r.text[:0]
	r.write(n.Lines().Value(r.note.Source))
	if text := strings.TrimSuffix(string(r.text), " "); text != "" {
		r.passages = append(r.passages, Passage{Text: text, Section: r.section, IsCode: true})
	}
}

func (r *reader) inlines(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		r.inline(n)
	}
}

func (r *reader) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		r.write(textOf(n, r.note.Source))
		if n.SoftLineBreak() || n.HardLineBreak() {
			r.space()
		}
	case *ast.String:
		r.write(n.Value)
	case *obsidian.Math:
		r.span(nil, func() { r.write(n.TeX) })
	case *ast.CodeSpan:
		r.span(nil, func() { r.inlines(n) })
	case *ast.AutoLink:
		r.span(nil, func() { r.write(n.Label(r.note.Source)) })
	case *ast.Link:
		r.span(r.note.Link(n), func() { r.inlines(n) })
	case *wikilink.Node:
		if !n.Embed {
			r.span(r.note.Link(n), func() { r.inlines(n) })
		}
	case *ast.Image:
	case *ast.RawHTML:
		r.tag(n)
	case *extast.TableCell:
		if len(r.text) > 0 {
			r.write([]byte(" · "))
		}
		r.inlines(n)
	default:
		r.inlines(n)
	}
}

// span reads what is no plain text. Within a link there is nothing but it.
func (r *reader) span(l *vault.Link, read func()) {
	start, before := len(r.text), len(r.spans)
	read()
	if before < len(r.spans) {
		r.spans = r.spans[:before]
	}
	if start < len(r.text) && r.open == nil {
		r.spans = append(r.spans, Span{start, len(r.text), l})
	}
}

// tag reads a tag of the note's own HTML: a line break, or an end of a link
// into the vault.
func (r *reader) tag(n *ast.RawHTML) {
	tag := strings.ToLower(string(n.Segments.Value(r.note.Source)))
	switch links := r.note.HTMLLinks(n); {
	case strings.HasPrefix(tag, "<br"):
		r.space()
	case strings.HasPrefix(tag, "<a") && len(links) > 0 && r.open == nil:
		r.open, r.begun = links[0], len(r.text)
	case strings.HasPrefix(tag, "</a") && r.open != nil:
		if r.begun < len(r.text) {
			r.spans = append(r.spans, Span{r.begun, len(r.text), r.open})
		}
		r.open = nil
	}
}

// write adds a text, its runs of white space made one space.
func (r *reader) write(text []byte) {
	begun := 0
	for i := 0; i < len(text); {
		c, size := rune(text[i]), 1
		if c >= utf8.RuneSelf {
			c, size = utf8.DecodeRune(text[i:])
		}
		if unicode.IsSpace(c) {
			r.text = append(r.text, text[begun:i]...)
			r.space()
			begun = i + size
		}
		i += size
	}
	r.text = append(r.text, text[begun:]...)
}

func (r *reader) space() {
	if last := len(r.text) - 1; last >= 0 && r.text[last] != ' ' {
		r.text = append(r.text, ' ')
	}
}
