package obsidian

import (
	"strconv"
	"strings"
)

// ImageSize splits the label of an image into its text and the size in
// pixels at its end: "100", "100x145", "text|100" and "text|100x145". Height
// is 0 where it follows from the width, and both are where the label says no
// size (Obsidian help, Embed files).
func ImageSize(label string) (text string, width, height int) {
	size := label
	i := strings.LastIndexByte(label, '|')
	if i >= 0 {
		size, text = label[i+1:], label[:i]
	}
	w, h, both := strings.Cut(strings.TrimSpace(size), "x")
	width, ok := pixels(w)
	if ok && both {
		height, ok = pixels(h)
	}
	if !ok {
		return label, 0, 0
	}
	return strings.TrimSpace(text), width, height
}

// pixels reads a number of at most five digits.
func pixels(s string) (int, bool) {
	n, err := strconv.ParseUint(s, 10, 32)
	return int(n), err == nil && n > 0 && len(s) <= 5
}
