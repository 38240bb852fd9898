// Package preview serves a site on this machine while its notes are written.
//
// A [Server] answers with the files of a [site.Live], which are those of a
// build, and adds a script of its own to the pages. It watches the vault's
// folder, brings the site up to date with what is saved, and tells the pages
// that are open what they now show.
//
// It refuses whoever is not on this machine or comes from another site, and
// knows no file but those of the site.
package preview

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strings"
	"sync"
	"time"

	"runnel/site"
	"runnel/theme"
)

// A Server serves one site. Its fields must not change once it is used.
type Server struct {
	Site        *site.Live // required
	Notes       string     // the vault's folder; required
	Attachments []string   // further folders that are watched
	// Log is told what is wrong with notes, line by line. Required.
	Log io.Writer
	// Poll looks at all files every so often instead of being told of changes.
	Poll bool

	once   sync.Once
	hub    hub
	assets map[string][]byte
	log    log
}

func (s *Server) init() {
	s.once.Do(func() {
		s.hub.site = s.Site
		s.log = log{w: s.Log, notes: s.Notes}
		s.assets = make(map[string][]byte)
		for _, a := range theme.Preview() {
			s.assets[own+a.Path] = a.Data
		}
		s.Site.Changed = s.hub.changed
		s.Site.Ticked = s.hub.ticked
	})
}

// own begins the addresses that are the preview's, not the site's. No note can
// have such a one: what begins with a dot is none.
const own = ".runnel/"

// Run watches the vault and runs its programs until ctx ends.
func (s *Server) Run(ctx context.Context) {
	s.init()
	var all sync.WaitGroup
	defer all.Wait()
	all.Go(func() { s.Site.Run(ctx) })
	all.Go(func() { s.hub.run(ctx, func() { s.log.problems(s.Site.Problems()) }) })
	s.log.problems(s.Site.Problems())
	s.watch(ctx)
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.init()
	header := w.Header()
	header.Set("Content-Security-Policy", theme.HeaderPolicy)
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set("Referrer-Policy", "same-origin")
	header.Set("Cache-Control", "no-store")
	if err := check(r); err != nil {
		http.Error(w, err.Error(), http.StatusForbidden)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		header.Set("Allow", "GET, HEAD")
		http.Error(w, "only to be read", http.StatusMethodNotAllowed)
		return
	}
	name, ok := strings.CutPrefix(r.URL.Path, "/")
	if !ok || !isPlain(name) {
		http.Error(w, "no such address", http.StatusBadRequest)
		return
	}
	switch asset, isAsset := s.assets[name]; {
	case isAsset:
		send(w, r, name, asset)
	case name == own+"events":
		s.hub.serve(w, r)
	case strings.HasPrefix(name, own):
		http.NotFound(w, r)
	default:
		s.file(w, r, site.URL(name))
	}
}

// isPlain reports whether an address has no way up, and nothing that a file
// system may understand in its own way. The site is asked for names alone and
// has none but its own; this is said before.
func isPlain(name string) bool {
	name = strings.TrimSuffix(name, "/")
	return name == "" || fs.ValidPath(name) && !strings.ContainsAny(name, "\\\x00")
}

// file sends a file of the site.
func (s *Server) file(w http.ResponseWriter, r *http.Request, u site.URL) {
	page, err := s.Site.Page(r.Context(), u)
	if err == nil {
		send(w, r, "page.html", inject(page.HTML, page.Version))
		return
	}
	if errors.Is(err, fs.ErrNotExist) {
		var f *site.LiveFile
		if f, err = s.Site.Open(r.Context(), u); err == nil {
			s.plain(w, r, f)
			return
		}
	}
	var moved *site.Moved
	switch {
	case errors.As(err, &moved):
		http.Redirect(w, r, address(moved.To), http.StatusFound)
	case errors.Is(err, fs.ErrNotExist):
		s.missing(w, r)
	default:
		s.log.line(fmt.Sprintf("serve: %v", err))
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// plain sends what is not the page of a note.
func (s *Server) plain(w http.ResponseWriter, r *http.Request, f *site.LiveFile) {
	if f.File == nil {
		data := f.Data
		if path.Ext(f.Name) == ".html" {
			data = inject(data, versionOf(data))
		}
		send(w, r, f.Name, data)
		return
	}
	defer f.File.Close()
	content, ok := f.File.(io.ReadSeeker)
	if !ok {
		http.Error(w, "cannot be read", http.StatusInternalServerError)
		return
	}
	setType(w, f.Name)
	http.ServeContent(w, r, "", time.Time{}, content)
}

func (s *Server) missing(w http.ResponseWriter, r *http.Request) {
	f, err := s.Site.Open(r.Context(), "404.html")
	if err != nil {
		http.NotFound(w, r)
		return
	}
	setType(w, "404.html")
	w.WriteHeader(http.StatusNotFound)
	if r.Method != http.MethodHead {
		_, _ = w.Write(inject(f.Data, ""))
	}
}

func send(w http.ResponseWriter, r *http.Request, name string, data []byte) {
	setType(w, name)
	http.ServeContent(w, r, "", time.Time{}, strings.NewReader(string(data)))
}

// types are those that must be right whatever this machine thinks of them.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8",
	".js": "text/javascript; charset=utf-8", ".json": "application/json",
	".svg": "image/svg+xml", ".wasm": "application/wasm", ".xml": "application/xml",
	".txt": "text/plain; charset=utf-8",
}

func setType(w http.ResponseWriter, name string) {
	ext := strings.ToLower(path.Ext(name))
	kind := types[ext]
	if kind == "" {
		kind = mime.TypeByExtension(ext)
	}
	if kind == "" {
		kind = "application/octet-stream"
	}
	w.Header().Set("Content-Type", kind)
}

// address is an address of the site on this server.
func address(u site.URL) string { return (&url.URL{Path: "/" + string(u)}).EscapedPath() }
