package vault

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// noSlug is the anchor of a heading without letters and digits.
const noSlug = "section"

// slug makes an anchor of a heading's text.
func slug(text string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFC.String(strings.ToLower(text)) {
		if !unicode.In(r, unicode.L, unicode.M, unicode.N) {
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap = false
		b.WriteRune(r)
	}
	if b.Len() == 0 {
		return noSlug
	}
	return b.String()
}

// findAnchor returns the heading with an anchor, ours or GitHub's; nil where
// there is none or GitHub's is that of several.
func (n *Note) findAnchor(anchor string) *Heading {
	if githubSlug(anchor) != anchor || strings.Contains(anchor, " ") {
		return nil // words, or a chain of headings
	}
	if own := slug(anchor); own != noSlug || anchor == noSlug {
		for _, h := range n.Headings {
			if h.ID == own {
				return h
			}
		}
	}
	var found *Heading
	for _, h := range n.Headings {
		if githubSlug(h.Text) != anchor {
			continue
		}
		if found != nil {
			return nil
		}
		found = h
	}
	return found
}

// githubSlug makes an anchor as GitHub does: "What's new" is whats-new.
func githubSlug(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-', r == '_', unicode.In(r, unicode.L, unicode.M, unicode.N):
			return r
		}
		return -1
	}, fold(text))
}
