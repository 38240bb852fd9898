package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"regexp"

	"runnel/vault"
)

// publishCSS is the vault's own style sheet, at its root (Obsidian help,
// Customize your site). It counts after ours.
const publishCSS = "publish.css"

// A style is the vault's own style sheet; its URL is "" where there is none.
type style struct {
	URL      URL
	data     []byte
	problems []vault.Problem
}

// foreignCSS is what a style sheet may not load: the policy of the pages
// forbids it, and it would tell others who reads them.
var foreignCSS = regexp.MustCompile(`(?:url\(\s*|@import\s+)["']?(?:https?:)?//[^"')\s;]+`)

// readStyle reads the vault's own style sheet.
func readStyle(notes fs.FS) style {
	css, err := fs.ReadFile(notes, publishCSS)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return style{}
	case err != nil:
		return style{problems: []vault.Problem{{Path: publishCSS, Message: "read the style sheet: " + err.Error()}}}
	}
	s := style{URL: publishCSS, data: css}
	for _, at := range foreignCSS.FindAllIndex(css, -1) {
		s.problems = append(s.problems, vault.Problem{
			Path: publishCSS, Line: 1 + bytes.Count(css[:at[0]], []byte{'\n'}),
			Message: fmt.Sprintf("%q is on another host, from which a page loads nothing", css[at[0]:at[1]])})
	}
	return s
}

// address changes with the content, so that a browser does not keep an old
// style.
func (s style) address() string {
	sum := sha256.Sum256(s.data)
	return s.URL.escape() + "?" + hex.EncodeToString(sum[:6])
}
