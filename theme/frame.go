package theme

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"html/template"
	"io"
	"strconv"
	"strings"
	"sync"
)

// A frame is all that pages of one shape have in common: what the templates
// made of a page with marks in it, cut at the marks. A template takes a
// hundred times as long as filling a frame, and most pages of a site have one
// of a few shapes.
type frame struct {
	pieces []string // one more than holes
	holes  []hole   // between two pieces each
}

// A shape is what the templates ask about a page.
type shape struct {
	site       *Site
	lang, dir  string
	root, here string
	isSite     bool        // it has the site's title
	full       [holes]bool // those with something in them
}

// A view is a page as the templates see it. Of the page of a note, whatever is
// its own is a mark, or empty.
type view struct {
	Page
	Classes, Date, MachineDate, Minutes                          string
	Crumbs, Tree, Tags, Properties, Contents, Backlinks, Article template.HTML
	Outgoing, Mentions, Graph                                    template.HTML
}

// frames holds the frames of a theme. It is safe for concurrent use.
type frames struct {
	execute func(io.Writer, any) error // the templates
	made    sync.Map                   // of shape to *frame
	mark    string                     // begins each mark; no text holds it
}

func newFrames(execute func(io.Writer, any) error) *frames {
	return &frames{execute: execute, mark: "hole" + rand.Text()}
}

// listView is a page that belongs to no note, as the templates see it.
func listView(p *Page) *view {
	v := &view{Page: *p}
	for _, h := range []hole{crumbs, tree} {
		var b strings.Builder
		if p.has(h) {
			p.write(&writer{w: &b}, h)
		}
		v.put(h, b.String())
	}
	return v
}

// of returns the frame for the page of a note.
func (f *frames) of(p *Page) (*frame, error) {
	s := shape{site: p.Site, lang: p.Lang, dir: p.Dir, root: p.Root, here: p.Here, isSite: p.Title == p.Site.Title}
	for h := range holes {
		s.full[h] = p.has(h)
	}
	if made, ok := f.made.Load(s); ok {
		return made.(*frame), nil
	}
	v := &view{Page: *p}
	for h := range holes {
		mark := ""
		if s.full[h] {
			mark = f.mark + "-" + strconv.Itoa(int(h)) + "-"
		}
		v.put(h, mark)
	}
	if s.isSite {
		v.Title = p.Title // the templates compare the two
	}
	var b bytes.Buffer
	if err := f.execute(&b, v); err != nil {
		return nil, err
	}
	made, err := cutFrame(b.String(), f.mark+"-")
	if err == nil {
		f.made.Store(s, made)
	}
	return made, err
}

// cutFrame cuts a page at its marks.
func cutFrame(page, mark string) (*frame, error) {
	first, rest, more := strings.Cut(page, mark)
	f := &frame{pieces: []string{first}}
	for more {
		number, piece, _ := strings.Cut(rest, "-")
		h, err := strconv.Atoi(number)
		if err != nil {
			return nil, fmt.Errorf("read the mark %q: %w", number, err)
		}
		piece, rest, more = strings.Cut(piece, mark)
		f.holes, f.pieces = append(f.holes, hole(h)), append(f.pieces, piece)
	}
	return f, nil
}

// fill writes a page.
func (f *frame) fill(w io.Writer, p *Page) error {
	out := &writer{w: w}
	for i, piece := range f.pieces {
		out.raw(piece)
		if i < len(f.holes) {
			p.write(out, f.holes[i])
		}
	}
	return out.err
}

// A writer writes until the first error.
type writer struct {
	w   io.Writer
	err error
}

func (w *writer) raw(s string) {
	if w.err == nil {
		_, w.err = io.WriteString(w.w, s)
	}
}

// html writes what is clean HTML already.
func (w *writer) html(b []byte) {
	if w.err == nil {
		_, w.err = w.w.Write(b)
	}
}

// text writes a text as the templates would.
func (w *writer) text(s string) {
	if w.err == nil {
		_, w.err = escaper.WriteString(w.w, s)
	}
}

// escaper escapes text for elements and for attributes in quotes, as package
// html/template does.
var escaper = strings.NewReplacer("\x00", "\uFFFD", `"`, "&#34;", "&", "&amp;",
	"'", "&#39;", "+", "&#43;", "<", "&lt;", ">", "&gt;")
