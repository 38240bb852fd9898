package theme

import "strconv"

// writeTree writes folders and notes as nested lists.
func writeTree(w *writer, branches []Branch) {
	w.raw("<ul>")
	for _, b := range branches {
		w.raw("<li>")
		writeBranch(w, b)
		if b.Open {
			writeTree(w, b.Branches)
		}
		w.raw("</li>")
	}
	w.raw("</ul>")
}

func writeBranch(w *writer, b Branch) {
	class, text := "", b.Text
	switch {
	case b.More > 0:
		class, text = ` class="more"`, strconv.Itoa(b.More)+" more"
	case b.Open:
		class = ` class="folder open"`
	case b.Folder:
		class = ` class="folder"`
	}
	if b.Here {
		class += ` aria-current="page"`
	}
	if !isAddress(b.Href) {
		w.text(text)
		return
	}
	w.raw("<a" + class + ` href="`)
	w.text(b.Href)
	w.raw(`">`)
	w.text(text)
	w.raw("</a>")
}
