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
// made of a page that has something for each hole, with marks for it, cut at
// the marks. A template takes a hundred times as long as filling a frame, and
// most pages of a site have one of a few shapes.
type frame []piece

// A piece of a frame is a text and a hole after it. Those with an owner are
// left out of a page that has nothing for that hole.
type piece struct {
	text        string
	hole, owner hole // holes for none
}

// A shape is what the templates ask about a page, and no edges say.
type shape struct {
	site              *Site
	lang, dir         string
	root, here        string
	isSite            bool // it has the site's title
	described, imaged bool
}

// A view is a page as the templates see it. Of the page of a note, whatever is
// its own is a mark, or empty.
type view struct {
	Page
	Classes, Date, MachineDate, Minutes                          string
	Crumbs, Tree, Tags, Properties, Contents, Backlinks, Article template.HTML
	Outgoing, Mentions, Graph, List                              template.HTML
	// Edge begins and ends what is there only if a hole has something in it.
	Edge template.HTML
}

// frames holds the frames of a theme. It is safe for concurrent use.
type frames struct {
	execute func(io.Writer, any) error // the templates
	made    sync.Map                   // of shape to frame
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
	if p.List != nil {
		var b strings.Builder
		items := 0
		for _, g := range p.List.Groups {
			items += len(g.Items)
		}
		b.Grow(200 * items) // somewhat more than they take
		writeList(&writer{w: &b}, p.List)
		v.List = template.HTML(b.String()) // it is of names and addresses, all escaped
	}
	return v
}

// of returns the frame for the page of a note.
func (f *frames) of(p *Page) (frame, error) {
	s := shape{site: p.Site, lang: p.Lang, dir: p.Dir, root: p.Root, here: p.Here, isSite: p.Title == p.Site.Title,
		described: p.has(description), imaged: p.has(image)}
	if made, ok := f.made.Load(s); ok {
		return made.(frame), nil
	}
	v := &view{Page: *p, Edge: template.HTML(f.mark + "-" + strconv.Itoa(int(holes)) + "-")}
	for h := range holes {
		mark := f.mark + "-" + strconv.Itoa(int(h)) + "-"
		if h == description && !s.described || h == image && !s.imaged {
			mark = ""
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

// cutFrame cuts a page at its marks. Between two edges all is of the hole
// there.
func cutFrame(page, mark string) (frame, error) {
	var f frame
	begun := -1 // the first piece within edges
	for more := true; more; {
		p := piece{hole: holes, owner: holes}
		var rest, number string
		p.text, rest, more = strings.Cut(page, mark)
		if more {
			number, page, _ = strings.Cut(rest, "-")
			h, err := strconv.Atoi(number)
			if err != nil {
				return nil, fmt.Errorf("read the mark %q: %w", number, err)
			}
			p.hole = hole(h)
		}
		f = append(f, p)
		switch {
		case !more || p.hole < holes:
		case begun < 0:
			begun = len(f)
		default:
			owner := f[begun].hole
			for i := begun; i < len(f); i++ {
				f[i].owner = owner
			}
			begun = -1
		}
	}
	return f, nil
}

// fill writes a page.
func (f frame) fill(w io.Writer, p *Page) error {
	out := &writer{w: w}
	for _, piece := range f {
		if piece.owner < holes && !p.has(piece.owner) {
			continue
		}
		out.raw(piece.text)
		if piece.hole < holes {
			p.write(out, piece.hole)
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
