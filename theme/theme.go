// Package theme makes pages: page data in, HTML out.
//
// A [Theme] holds the templates, parsed once, and the files that every page
// loads ([Asset]). Each part of a page has a folder with its template and its
// style. A page is complete without scripts and loads nothing from another
// host. The package knows nothing of vaults: [Page] is all that it is told.
package theme

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io"
	"path"
)

//go:embed color layout note code lanes callout list
var files embed.FS

// parts are the folders in the order in which their styles count.
var parts = []string{"color", "layout", "note", "code", "lanes", "callout", "list"}

// An Asset is a file that pages load.
type Asset struct {
	// Path is from the site's root. It holds a hash of Data, so that a
	// browser may keep the file for ever.
	Path string
	Data []byte
}

// Policy is the Content-Security-Policy of every page: nothing from another
// host save frames that a note writes, no scripts, and no styles but the
// site's own and the few harmless ones that a note's HTML may set on an
// element.
const Policy = "default-src 'none'; style-src 'self'; style-src-attr 'unsafe-inline'; " +
	"img-src 'self'; media-src 'self'; font-src 'self'; frame-src 'self' https:; " +
	"base-uri 'none'; form-action 'none'"

// A Theme makes pages. It is safe for concurrent use.
type Theme struct {
	Style, Icon Asset

	page   *template.Template
	frames *frames
}

// New parses the theme.
func New() (*Theme, error) {
	t := &Theme{page: template.New("layout.tmpl")}
	t.page.Funcs(template.FuncMap{"policy": func() string { return Policy }})
	if _, err := t.page.ParseFS(files, "*/*.tmpl"); err != nil {
		return nil, fmt.Errorf("parse templates: %w", err)
	}
	t.frames = newFrames(t.page.Execute)
	var css bytes.Buffer
	for _, part := range parts {
		data, err := files.ReadFile(path.Join(part, part+".css"))
		if err != nil {
			return nil, fmt.Errorf("read style: %w", err)
		}
		css.Write(data)
	}
	t.Style = asset("runnel", ".css", css.Bytes())
	icon, err := files.ReadFile("layout/icon.svg")
	if err != nil {
		return nil, fmt.Errorf("read icon: %w", err)
	}
	t.Icon = asset("icon", ".svg", icon)
	return t, nil
}

// asset names a file by its content.
func asset(name, ext string, data []byte) Asset {
	sum := sha256.Sum256(data)
	return Asset{Path: "assets/" + name + "-" + hex.EncodeToString(sum[:6]) + ext, Data: data}
}

// Execute writes the HTML of a page.
func (t *Theme) Execute(w io.Writer, p *Page) error {
	if err := t.execute(w, p); err != nil {
		return fmt.Errorf("make page %q: %w", p.Title, err)
	}
	return nil
}

func (t *Theme) execute(w io.Writer, p *Page) error {
	if p.Note == nil {
		return t.page.Execute(w, p)
	}
	f, err := t.frames.of(p)
	if err != nil {
		return err
	}
	return f.fill(w, p)
}
