package timeline

import "strings"

// Text is all that writes have written to a stream.
func Text(writes []Write, to Stream) string {
	var b strings.Builder
	for _, w := range writes {
		if w.Stream == to {
			b.Write(w.Text)
		}
	}
	return b.String()
}
