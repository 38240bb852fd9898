package vault

import (
	"path"
	"strings"
	"unicode/utf8"
)

// An address is what a link names, with character references and escapes of
// Markdown resolved.
type address struct {
	text string
	// wiki addresses are taken as they stand, others may be percent-encoded.
	wiki  bool
	embed bool
}

// A place is an address split at its first `#`.
type place struct{ path, sub string }

// isFolder reports whether the path can only be a folder's.
func (p place) isFolder() bool {
	switch p.path[strings.LastIndexByte(p.path, '/')+1:] {
	case "":
		return p.path != ""
	case ".", "..":
		return true
	}
	return false
}

// places returns what the address may mean, most likely first. Some plugins
// encode destinations twice; and a name may hold a `%20` itself.
func (a address) places() []place {
	texts := []string{a.text}
	if !a.wiki {
		once := percentDecode(a.text)
		texts = []string{once, a.text, percentDecode(once)}
	}
	var places []place
	for i, text := range texts {
		if i > 0 && (text == texts[0] || text == texts[i-1]) {
			continue
		}
		name, sub, _ := strings.Cut(text, "#")
		places = append(places,
			place{strings.TrimSpace(name), strings.TrimSpace(sub)})
	}
	return places
}

// read returns the address as a reader would write it, for messages.
func (a address) read() string {
	if a.wiki {
		return a.text
	}
	return percentDecode(a.text)
}

// percentDecode resolves the percent-encodings of a text and leaves a `%`
// that is none: "50% off" is a name. It returns the text as it stands where
// the result would not be UTF-8.
func percentDecode(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '%' && i+2 < len(text) {
			high, low := hexDigit(text[i+1]), hexDigit(text[i+2])
			if high >= 0 && low >= 0 {
				b.WriteByte(byte(high<<4 | low))
				i += 2
				continue
			}
		}
		b.WriteByte(text[i])
	}
	if !utf8.ValidString(b.String()) {
		return text
	}
	return b.String()
}

func hexDigit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// relative resolves a path that begins with `./` or `../`. Where it climbs
// out of the vault, rest is what follows the climb and climbs is set.
func relative(dir, name string) (rest string, climbs bool) {
	joined := path.Join(dir, name)
	for joined == ".." || strings.HasPrefix(joined, "../") {
		joined = strings.TrimPrefix(strings.TrimPrefix(joined, ".."), "/")
		climbs = true
	}
	return joined, climbs
}

func isRelative(name string) bool {
	return strings.HasPrefix(name, "./") || strings.HasPrefix(name, "../")
}
