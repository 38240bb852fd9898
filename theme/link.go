package theme

import (
	"html/template"
	"slices"
	"strings"
)

// writeLinks writes list items with a link each.
func writeLinks(w *writer, class string, all []Link) {
	for _, l := range all {
		w.raw("<li>")
		writeLink(w, class, l)
		w.raw("</li>")
	}
}

// writeProperties writes the rows of the properties.
func writeProperties(w *writer, all []Property) {
	for _, p := range all {
		w.raw("<dt>")
		w.text(p.Name)
		w.raw("</dt><dd>")
		for i, l := range p.Values {
			if i > 0 {
				w.raw(", ")
			}
			writeLink(w, "", l)
		}
		w.raw("</dd>")
	}
}

// writeContents writes a table of contents.
func writeContents(w *writer, entries []Entry) {
	w.raw("<ol>")
	for _, e := range entries {
		w.raw("<li>")
		writeLink(w, "", e.Link)
		if len(e.Entries) > 0 {
			writeContents(w, e.Entries)
		}
		w.raw("</li>")
	}
	w.raw("</ol>")
}

// addresses are the beginnings of the addresses that a link may have: within
// the site, or on the web.
var addresses = []string{".", "#", "https://", "http://"}

func isAddress(href string) bool {
	return slices.ContainsFunc(addresses, func(a string) bool { return strings.HasPrefix(href, a) })
}

// writeLink writes a link, or the text alone where it leads nowhere. An
// address of any other kind is dropped.
func writeLink(w *writer, class string, l Link) {
	if !isAddress(l.Href) {
		w.raw(template.HTMLEscapeString(l.Text))
		return
	}
	w.raw(`<a`)
	if class != "" {
		w.raw(` class="` + class + `"`)
	}
	w.raw(` href="`)
	w.raw(template.HTMLEscapeString(l.Href))
	w.raw(`">`)
	w.raw(template.HTMLEscapeString(l.Text))
	w.raw(`</a>`)
}
