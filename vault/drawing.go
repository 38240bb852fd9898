package vault

import "strings"

// showsDrawing reports whether an embed of the note is to show a picture of
// it if there is one: its own text is data of the plugin, or private.
func (e *entry) showsDrawing() bool {
	return e.note == nil || strings.HasSuffix(e.key, ".excalidraw.md")
}

// drawing finds the picture that the Excalidraw plugin has exported of a
// drawing. Links to a drawing name it in ways that no file answers to: by its
// note, which is seldom published, or by a picture with `.md` behind.
func (ix *index) drawing(dir, name string) *entry {
	stem, ok := drawingStem(name)
	if !ok {
		return nil
	}
	for _, ext := range []string{
		".excalidraw.svg", ".excalidraw.png", ".svg", ".png",
	} {
		if e, _ := ix.byPath(dir, stem+ext); e != nil {
			return e
		}
		if e, _ := ix.byAttachment(stem + ext); e != nil {
			return e
		}
	}
	return nil
}

// drawingStem takes off what makes a name a drawing's: `.excalidraw`, `.svg`
// and `.md`, in that order, at least the first or the last two.
func drawingStem(name string) (stem string, ok bool) {
	stem, md := cutFold(name, ".md")
	stem, svg := cutFold(stem, ".svg")
	stem, excalidraw := cutFold(stem, ".excalidraw")
	return stem, stem != "" && (excalidraw || svg && md)
}

func cutFold(s, suffix string) (rest string, ok bool) {
	i := len(s) - len(suffix)
	if i < 0 || !strings.EqualFold(s[i:], suffix) {
		return s, false
	}
	return s[:i], true
}
