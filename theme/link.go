package theme

import (
	"html/template"
	"slices"
	"strings"
)

// The lists of links are written by hand: they are most of what stands in a
// page's frame, and a template takes fifty times as long.

// links writes list items with a link each.
func links(class string, all []Link) template.HTML {
	var b strings.Builder
	for _, l := range all {
		b.WriteString("<li>")
		writeLink(&b, class, l)
		b.WriteString("</li>")
	}
	return template.HTML(b.String())
}

// properties writes the rows of the properties.
func properties(all []Property) template.HTML {
	var b strings.Builder
	for _, p := range all {
		b.WriteString("<dt>" + template.HTMLEscapeString(p.Name) + "</dt><dd>")
		for i, l := range p.Values {
			if i > 0 {
				b.WriteString(", ")
			}
			writeLink(&b, "", l)
		}
		b.WriteString("</dd>")
	}
	return template.HTML(b.String())
}

// contents writes a table of contents.
func contents(entries []Entry) template.HTML {
	if len(entries) == 0 {
		return ""
	}
	var b strings.Builder
	writeContents(&b, entries)
	return template.HTML(b.String())
}

func writeContents(b *strings.Builder, entries []Entry) {
	b.WriteString("<ol>")
	for _, e := range entries {
		b.WriteString("<li>")
		writeLink(b, "", e.Link)
		if len(e.Entries) > 0 {
			writeContents(b, e.Entries)
		}
		b.WriteString("</li>")
	}
	b.WriteString("</ol>")
}

// addresses are the beginnings of the addresses that a link may have: within
// the site, or on the web.
var addresses = []string{".", "#", "https://", "http://"}

// writeLink writes a link, or the text alone where it leads nowhere. An
// address of any other kind is dropped.
func writeLink(b *strings.Builder, class string, l Link) {
	text := template.HTMLEscapeString(l.Text)
	if !slices.ContainsFunc(addresses, func(a string) bool { return strings.HasPrefix(l.Href, a) }) {
		b.WriteString(text)
		return
	}
	b.WriteString(`<a`)
	if class != "" {
		b.WriteString(` class="` + class + `"`)
	}
	b.WriteString(` href="` + template.HTMLEscapeString(l.Href) + `">` + text + `</a>`)
}
