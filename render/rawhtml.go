package render

import (
	"bytes"
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
// be missing. Each block of the note that can hold such pieces is a frame: a
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

// write writes a piece, cleaned and balanced. With block set the piece is a
// whole block of its own and keeps its line break.
func (r *rawHTML) write(w util.BufWriter, piece []byte) {
	frame := &r.frames[len(r.frames)-1]
	z := html.NewTokenizer(bytes.NewReader(policy().SanitizeBytes(piece)))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.TextToken:
			_, _ = w.Write(z.Raw())
		case html.StartTagToken:
			raw := bytes.Clone(z.Raw())
			name, _ := z.TagName()
			_, _ = w.Write(raw)
			if !void[string(name)] {
				*frame = append(*frame, string(name))
			}
		case html.SelfClosingTagToken:
			raw := bytes.Clone(z.Raw())
			name, _ := z.TagName()
			_, _ = w.Write(raw)
			if !void[string(name)] {
				_, _ = w.WriteString("</" + string(name) + ">")
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			at := lastIndex(*frame, string(name))
			if at >= 0 {
				closeTags(w, (*frame)[at:])
				*frame = (*frame)[:at]
			}
		}
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

// void are the elements without a closing tag (HTML Standard, 13.1.2).
var void = map[string]bool{
	"area": true, "base": true, "br": true, "col": true, "embed": true,
	"hr": true, "img": true, "input": true, "link": true, "meta": true,
	"source": true, "track": true, "wbr": true,
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
	p.RequireSandboxOnIFrame(bluemonday.SandboxAllowScripts, bluemonday.SandboxAllowSameOrigin,
		bluemonday.SandboxAllowPopups)

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
		p.raw.write(w, node.(*ast.RawHTML).Segments.Value(source))
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
		p.raw.write(w, block)
		if !strings.HasSuffix(string(block), "\n") {
			_ = w.WriteByte('\n')
		}
	}
	return ast.WalkSkipChildren, nil
}
