package render

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html"
)

// rawHTML balances the HTML that a note writes itself. Markdown gives it in
// pieces (an opening tag here, text, a closing tag there), and any piece may
// be missing. Each node of the note that can hold such pieces is a frame: a
// closing tag closes only what was opened in its frame, and the end of the
// frame closes what is still open.
type rawHTML struct {
	frames [][]string // the names of open elements, innermost last
}

func (r *rawHTML) enter() { r.frames = append(r.frames, nil) }

// leave closes what the innermost frame left open.
func (r *rawHTML) leave(w util.BufWriter) {
	last := len(r.frames) - 1
	closeTags(w, r.frames[last])
	r.frames = r.frames[:last]
}

func closeTags(w util.BufWriter, open []string) {
	for _, name := range slices.Backward(open) {
		_, _ = w.WriteString("</" + name + ">")
	}
}

// block writes a piece that is a block of its own. Elements of text that it
// leaves open end with it; others, such as <details>, may go on around the
// blocks that follow.
func (r *rawHTML) block(w util.BufWriter, piece []byte) {
	frame := &r.frames[len(r.frames)-1]
	before := len(*frame)
	r.write(w, piece, func(string) bool { return true })
	for at := min(before, len(*frame)); at < len(*frame); at++ {
		if phrasing[(*frame)[at]] {
			closeTags(w, (*frame)[at:])
			*frame = (*frame)[:at]
			return
		}
	}
}

// maxOpen bounds how deep a note's HTML may nest in a frame. Deeper tags are
// left out: no browser would keep them either.
const maxOpen = 200

// inline writes a piece that stands in a line of text, where a block would
// break the paragraph: of those only the contents are kept.
func (r *rawHTML) inline(w util.BufWriter, piece []byte) {
	r.write(w, piece, func(name string) bool { return phrasing[name] })
}

// commentInHTML matches a comment of Obsidian's in HTML, or in the title of a
// link. It is no markup there, but its writer thinks it hidden.
var commentInHTML = regexp.MustCompile(`(?s)%%.*?%%`)

// write writes a piece, cleaned and balanced, without the tags of elements
// that are not allowed.
func (r *rawHTML) write(w util.BufWriter, piece []byte, allowed func(name string) bool) {
	frame := &r.frames[len(r.frames)-1]
	piece = commentInHTML.ReplaceAll(piece, nil)
	z := html.NewTokenizer(bytes.NewReader(policy().SanitizeBytes(piece)))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return
		}
		if kind == html.TextToken {
			_, _ = w.Write(z.Raw())
			continue
		}
		t := z.Token()
		switch {
		case !allowed(t.Data):
		case kind == html.StartTagToken && len(*frame) >= maxOpen && !void[t.Data]:
		case t.Data == "img" && kind != html.EndTagToken:
			writeImage(w, t)
		case kind == html.EndTagToken:
			if at := lastIndex(*frame, t.Data); at >= 0 {
				closeTags(w, (*frame)[at:])
				*frame = (*frame)[:at]
			}
		default:
			if t.Data == "iframe" {
				t.Attr = append(t.Attr, frameAttributes...)
			}
			t.Type = html.StartTagToken
			_, _ = w.WriteString(t.String())
			switch {
			case void[t.Data]:
			case kind == html.SelfClosingTagToken:
				_, _ = w.WriteString("</" + t.Data + ">")
			default:
				*frame = append(*frame, t.Data)
			}
		}
	}
}

// frameAttributes let a frame work and keep it in its box. Players refuse to
// play for a page that hides where it is.
var frameAttributes = []html.Attribute{
	{Key: "sandbox", Val: "allow-scripts allow-same-origin allow-popups allow-forms allow-presentation"},
	{Key: "loading", Val: "lazy"},
	{Key: "referrerpolicy", Val: "strict-origin-when-cross-origin"},
}

// writeImage writes an image of a note's own HTML as a link, or where it is on
// no other site as its text: a page loads nothing from another host, and
// Obsidian looks up no path in HTML.
func writeImage(w util.BufWriter, t html.Token) {
	src, alt := "", ""
	for _, a := range t.Attr {
		switch a.Key {
		case "src":
			src = a.Val
		case "alt":
			alt = a.Val
		}
	}
	switch {
	case src != "":
		openExternal(w, src, "An image on another site")
		_, _ = w.WriteString(html.EscapeString(cmp.Or(alt, src)) + "</a>")
	case alt != "":
		_, _ = w.WriteString(`<span class="unresolved" title="This file is not here">` + html.EscapeString(alt) + `</span>`)
	}
}

func lastIndex(names []string, name string) int {
	for i, n := range slices.Backward(names) {
		if n == name {
			return i
		}
	}
	return -1
}

// phrasing are the elements that may stand in a line of text (HTML Standard,
// 3.2.5.2.5), of those that the policy allows.
var phrasing = names("a abbr b bdi bdo big br cite code del dfn em font i iframe img ins kbd " +
	"mark meter progress q rb rp rt ruby s samp small span strong sub sup time tt u var wbr")

// void are the elements without a closing tag (HTML Standard, 13.1.2).
var void = names("area base br col embed hr img input link meta source track wbr")

func names(list string) map[string]bool {
	m := make(map[string]bool)
	for name := range strings.FieldsSeq(list) {
		m[name] = true
	}
	return m
}

// policy is what a note's own HTML may hold: the elements and attributes of
// text, a few harmless styles, and frames that the note itself asks for.
// Whatever would run, or load by itself from another host, is dropped. So are
// ids, which would collide with those of headings.
var policy = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "div", "span", "b", "i", "u", "s", "em", "strong",
		"small", "big", "sub", "sup", "mark", "del", "ins", "kbd", "code", "pre", "samp",
		"var", "abbr", "cite", "q", "dfn", "blockquote", "center", "font", "tt", "wbr",
		"h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd",
		"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "colgroup", "col",
		"details", "summary", "figure", "figcaption", "ruby", "rb", "rt", "rp",
		"section", "article", "aside", "address", "time", "bdi", "bdo", "progress", "meter")
	p.AllowAttrs("title", "lang", "dir").Globally()
	p.AllowAttrs("class").Matching(bluemonday.SpaceSeparatedTokens).Globally()
	p.AllowAttrs("open").OnElements("details")
	p.AllowAttrs("datetime").OnElements("time")
	p.AllowAttrs("value", "max", "min", "low", "high", "optimum").Matching(bluemonday.Number).
		OnElements("progress", "meter")
	p.AllowAttrs("start", "value").Matching(bluemonday.Integer).OnElements("ol", "li")
	p.AllowAttrs("colspan", "rowspan").Matching(bluemonday.Integer).OnElements("td", "th")
	p.AllowAttrs("align").Matching(bluemonday.CellAlign).OnElements("td", "th", "p", "div")
	p.AllowAttrs("color").Matching(colour).OnElements("font")

	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("http", "https", "mailto", "tel", "obsidian")
	p.RequireNoReferrerOnLinks(false)
	p.RequireParseableURLs(true)
	p.AllowRelativeURLs(false)

	p.AllowElements("iframe")
	p.AllowAttrs("src").Matching(regexp.MustCompile(`^https://`)).OnElements("iframe")
	p.AllowAttrs("width", "height").Matching(bluemonday.NumberOrPercent).OnElements("iframe")
	p.AllowAttrs("title").OnElements("iframe")
	p.AllowAttrs("allowfullscreen").Matching(regexp.MustCompile(`^(true|allowfullscreen)?$`)).OnElements("iframe")
	p.AllowElements("img")
	p.AllowAttrs("src", "alt").OnElements("img")

	p.AllowStyles("color", "background", "background-color").Matching(colour).Globally()
	p.AllowStyles("text-align").MatchingEnum("left", "right", "center", "justify").Globally()
	p.AllowStyles("font-weight").MatchingEnum("normal", "bold").Globally()
	p.AllowStyles("font-style").MatchingEnum("normal", "italic").Globally()
	p.AllowStyles("text-decoration").MatchingEnum("none", "underline", "line-through").Globally()
	return p
})

// colour is a colour and nothing that loads: a name, #rgb, rgb() or hsl().
var colour = regexp.MustCompile(`(?i)^(#[0-9a-f]{3,8}|[a-z]{3,20}|(rgb|hsl)a?\([0-9.,%\s/deg]{1,40}\))$`)

// rawInline renders HTML inside a paragraph.
func (p *page) rawInline(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		p.raw.inline(w, node.(*ast.RawHTML).Segments.Value(source))
	}
	return ast.WalkSkipChildren, nil
}

// rawBlock renders a block of HTML.
func (p *page) rawBlock(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		n := node.(*ast.HTMLBlock)
		block := n.Lines().Value(source)
		if n.HasClosure() {
			block = append(block[:len(block):len(block)], n.ClosureLine.Value(source)...)
		}
		p.raw.block(w, block)
		if !strings.HasSuffix(string(block), "\n") {
			_ = w.WriteByte('\n')
		}
	}
	return ast.WalkSkipChildren, nil
}
