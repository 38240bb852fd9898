package render

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// canon reduces HTML to what the examples of a specification are about: its
// blocks, its emphasis, its links, its code and its text. Looks are left out:
// classes, ids, the boxes around tables, the spans within code.
//
// Two things are written alike that Obsidian and CommonMark write differently
// all over: a line break within a paragraph (Obsidian shows each) and the
// level of headings (shift takes off what makes room for the page's title).
func canon(tb testing.TB, page string, shift int) string {
	tb.Helper()
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(page), body)
	if err != nil {
		tb.Fatal(err)
	}
	c := canonWriter{shift: shift}
	for _, n := range nodes {
		c.node(n)
	}
	return strings.TrimSpace(c.String())
}

// absolute matches addresses that lead out of a vault.
var absolute = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`)

type canonWriter struct {
	strings.Builder
	shift int
	inPre bool
}

func (c *canonWriter) node(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		c.text(n.Data)
	case n.Type != html.ElementNode:
	case n.Data == "br":
		c.text(" ")
	case n.Data == "hr":
		c.block("<hr>")
	case n.Data == "img":
		c.WriteString("<a>" + attr(n, "alt") + "</a>")
	case n.Data == "input":
		_, checked := attrOK(n, "checked")
		c.WriteString(map[bool]string{true: "<input checked> ", false: "<input> "}[checked])
	case n.Data == "a" && attr(n, "class") == "anchor":
	case n.Data == "span" && attr(n, "class") == "unresolved":
		c.inline("a", n)
	case n.Data == "span", n.Data == "figure", n.Data == "div" && attr(n, "class") == "table":
		c.children(n)
	case n.Data == "pre":
		c.pre(n)
	case blocks[n.Data]:
		c.container(n)
	case n.Data == "a" && absolute.MatchString(attr(n, "href")):
		c.WriteString(`<a href="` + attr(n, "href") + `">`)
		c.children(n)
		c.WriteString("</a>")
	default:
		c.inline(n.Data, n)
	}
}

// blocks are the elements around which white space means nothing.
var blocks = names("p h1 h2 h3 h4 h5 h6 ul ol li blockquote table thead tbody tr th td div section")

func (c *canonWriter) container(n *html.Node) {
	tag := n.Data
	if len(tag) == 2 && tag[0] == 'h' {
		level := int(tag[1] - '0')
		if written := attr(n, "class"); written != "" {
			level = int(written[1] - '0')
		}
		tag = "h" + string(rune('0'+level-c.shift))
	}
	if start := attr(n, "start"); tag == "ol" && start != "" {
		tag += " " + start
	}
	if tag == "th" || tag == "td" {
		tag += alignment(n)
	}
	c.block("<" + tag + ">")
	c.children(n)
	c.block("</" + n.Data[:1] + ">")
}

// alignment reads how a cell stands, in either way to say it.
func alignment(n *html.Node) string {
	for _, said := range []string{attr(n, "class"), attr(n, "align"), attr(n, "style")} {
		for _, way := range []string{"left", "center", "right"} {
			if strings.Contains(said, way) {
				return " " + way
			}
		}
	}
	return ""
}

func (c *canonWriter) block(tag string) {
	trimmed := strings.TrimRight(c.String(), " \n")
	c.Reset()
	c.WriteString(trimmed + "\n" + tag + "\n")
}

func (c *canonWriter) inline(tag string, n *html.Node) {
	c.WriteString("<" + tag + ">")
	c.children(n)
	c.WriteString("</" + tag + ">")
}

func (c *canonWriter) pre(n *html.Node) {
	c.block("<pre>")
	c.inPre = true
	var inner canonWriter
	inner.inPre = true
	inner.children(n)
	c.inPre = false
	text := strings.NewReplacer("<code>", "", "</code>", "").Replace(inner.String())
	c.WriteString(strings.TrimRight(text, "\n"))
	c.block("</pre>")
}

func (c *canonWriter) children(n *html.Node) {
	for child := range n.ChildNodes() {
		c.node(child)
	}
}

// text writes text with one space for each run of white space, and none at
// the start of a line.
func (c *canonWriter) text(s string) {
	if c.inPre {
		c.WriteString(html.EscapeString(s))
		return
	}
	for i, word := range strings.FieldsFunc(s, isHTMLSpace) {
		if i > 0 || isHTMLSpace(rune(s[0])) {
			c.space()
		}
		c.WriteString(html.EscapeString(word))
	}
	if s != "" && isHTMLSpace(rune(s[len(s)-1])) {
		c.space()
	}
}

func isHTMLSpace(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f' }

func (c *canonWriter) space() {
	if s := c.String(); s != "" && !strings.HasSuffix(s, " ") && !strings.HasSuffix(s, "\n") {
		c.WriteByte(' ')
	}
}

func attr(n *html.Node, name string) string {
	value, _ := attrOK(n, name)
	return value
}

func attrOK(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}
