package theme

// A Backlink is a page that names this one.
type Backlink struct {
	Link
	// Sentences are those in which it does; there may be none to show, as of
	// a link in a property.
	Sentences []Sentence
}

// A Sentence is a text without markup, a part of which is marked.
type Sentence struct{ Before, Marked, After string }

// writeBacklinks writes list items with a link and its sentences each.
func writeBacklinks(w *writer, all []Backlink) {
	for _, b := range all {
		w.raw("<li>")
		writeLink(w, "", b.Link)
		for _, s := range b.Sentences {
			w.raw(`<p dir="auto">`)
			w.text(s.Before)
			w.raw("<mark>")
			w.text(s.Marked)
			w.raw("</mark>")
			w.text(s.After)
			w.raw("</p>")
		}
		w.raw("</li>")
	}
}
