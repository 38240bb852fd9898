package render

import (
	"regexp"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
)

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
	p.AllowAttrs("width", "height").Matching(bluemonday.Integer).OnElements("img")
	p.AllowAttrs(linkAttribute).Matching(bluemonday.Integer).OnElements("a", "img")

	p.AllowStyles("color", "background", "background-color").Matching(colour).Globally()
	p.AllowStyles("text-align").MatchingEnum("left", "right", "center", "justify").Globally()
	p.AllowStyles("font-weight").MatchingEnum("normal", "bold").Globally()
	p.AllowStyles("font-style").MatchingEnum("normal", "italic").Globally()
	p.AllowStyles("text-decoration").MatchingEnum("none", "underline", "line-through").Globally()
	return p
})

// colour is a colour and nothing that loads: a name, #rgb, rgb() or hsl().
var colour = regexp.MustCompile(`(?i)^(#[0-9a-f]{3,8}|[a-z]{3,20}|(rgb|hsl)a?\([0-9.,%\s/deg]{1,40}\))$`)
