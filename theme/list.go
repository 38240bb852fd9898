package theme

// writeList writes a list as sections, one for each group.
func writeList(w *writer, l *List) {
	for _, g := range l.Groups {
		w.raw("<section class=\"folder\">\n")
		if g.Title != "" {
			w.raw("<h2>")
			w.text(g.Title)
			w.raw("</h2>\n")
		}
		w.raw("<ul class=\"list\">\n")
		for _, item := range g.Items {
			w.raw("<li>")
			class := ""
			if item.Folder {
				class = "folder"
			}
			writeLink(w, class, item.Link)
			if item.Aside != "" {
				w.raw(` <span class="aside">`)
				w.text(item.Aside)
				w.raw("</span>")
			}
			w.raw("</li>\n")
		}
		w.raw("</ul>\n</section>\n")
	}
}
