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
	"io/fs"
	"path"
	"strings"
)

//go:embed color layout tree note code lanes callout list peek graph program run compiler reference search video
var files embed.FS

// parts are the folders in the order in which their styles count.
var parts = []string{"color", "layout", "tree", "note", "code", "lanes", "callout", "list", "peek", "graph", "program",
	"reference", "search", "video"}

// An Asset is a file that pages load.
type Asset struct {
	// Path is from the site's root. It holds a hash of Data, so that a
	// browser may keep the file for ever.
	Path string
	Data []byte
}

// Policy is the Content-Security-Policy of every page: nothing from another
// host save frames that a note writes, no scripts but the site's own, and no
// styles but these and the few harmless ones that a note's HTML may set on an
// element. A page must not compile WebAssembly; its workers, whose policy is
// that of their own response, may.
const Policy = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; " +
	"style-src 'self'; style-src-attr 'unsafe-inline'; " +
	"img-src 'self' data:; media-src 'self'; font-src 'self' data:; frame-src 'self' https:; " +
	"base-uri 'none'; form-action 'none'"

// HeaderPolicy is what a host may send with every file. It allows WebAssembly,
// which workers need; a page's own policy still forbids it there.
var HeaderPolicy = strings.Replace(Policy, "script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'", 1) +
	"; frame-ancestors 'self'"

// A Theme makes pages. It is safe for concurrent use.
type Theme struct {
	Style, Icon Asset
	// Scripts are the modules, in one folder. Scheme and Main are those that
	// a page loads by itself.
	Scripts      []Asset
	Scheme, Main string

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
	return t, t.readScripts()
}

// Assets are all files that pages load.
func (t *Theme) Assets() []Asset {
	return append([]Asset{t.Style, t.Icon}, t.Scripts...)
}

// readScripts gathers the modules of all parts. They import each other by
// their names, so that these stay as they are; their folder has a hash of all.
func (t *Theme) readScripts() error {
	names, err := fs.Glob(files, "*/*.js")
	if err != nil {
		return err
	}
	sum := sha256.New()
	for _, name := range names {
		data, err := files.ReadFile(name)
		if err != nil {
			return fmt.Errorf("read script: %w", err)
		}
		fmt.Fprintf(sum, "%s %d\n", name, len(data))
		sum.Write(data)
		t.Scripts = append(t.Scripts, Asset{path.Base(name), data})
	}
	folder := "assets/js-" + hex.EncodeToString(sum.Sum(nil)[:6]) + "/"
	seen := make(map[string]bool)
	for i := range t.Scripts {
		name := t.Scripts[i].Path
		if seen[name] {
			return fmt.Errorf("two scripts have the name %q", name)
		}
		seen[name] = true
		t.Scripts[i].Path = folder + name
	}
	t.Scheme, t.Main = folder+"scheme.js", folder+"main.js"
	return nil
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
		return t.page.Execute(w, listView(p))
	}
	f, err := t.frames.of(p)
	if err != nil {
		return err
	}
	return f.fill(w, p)
}
