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

// A frame is all that pages of one shape have in common: what a template made
// of a page with marks in it, cut at the marks. A template takes a hundred
// times as long as filling a frame, and most pages of a site have one of a few
// shapes.
type frame struct {
	pieces []string // one more than holes
	holes  []int    // which of the view's holes stands between two pieces
}

// A shape is what the templates ask about a page.
type shape struct {
	site             *Site
	lang, root, here string
	isSite           bool // it has the site's title
	full             int  // bit i is set where hole i is not empty
}

// frames holds the frames of a theme. It is safe for concurrent use.
type frames struct {
	made sync.Map // of shape to *frame
	// mark begins each mark; by chance, no text holds it.
	mark string
}

func newFrames() *frames { return &frames{mark: "hole" + rand.Text()} }

// A view is the page of a note as the templates have it.
type view struct {
	Page
	// What differs from note to note, each of it a hole. Texts are escaped
	// where they are put in, the others are HTML.
	Classes, Date, MachineDate                             string
	Crumbs, Tags, Properties, Contents, Backlinks, Article template.HTML
}

func newView(p *Page) *view {
	n := p.Note
	v := &view{
		Page:       *p,
		Crumbs:     links("", n.Crumbs),
		Tags:       links("tag", n.Tags),
		Properties: properties(n.Properties),
		Contents:   contents(n.Contents),
		Backlinks:  links("", n.Backlinks),
		Article:    n.Body,
	}
	for _, class := range n.Classes {
		v.Classes += " " + class
	}
	if !n.Date.IsZero() {
		v.Date, v.MachineDate = date(n.Date), machineDate(n.Date)
	}
	return v
}

// texts and markup are the view's holes.
func (v *view) texts() [7]*string {
	return [...]*string{&v.Title, &v.Description, &v.Image, &v.Path, &v.Classes, &v.Date, &v.MachineDate}
}

func (v *view) markup() [6]*template.HTML {
	return [...]*template.HTML{&v.Crumbs, &v.Tags, &v.Properties, &v.Contents, &v.Backlinks, &v.Article}
}

func (v *view) shape() shape {
	s := shape{site: v.Site, lang: v.Lang, root: v.Root, here: v.Here, isSite: v.Title == v.Site.Title}
	for i, text := range v.texts() {
		if *text != "" {
			s.full |= 1 << i
		}
	}
	for i, html := range v.markup() {
		if *html != "" {
			s.full |= 1 << (len(v.texts()) + i)
		}
	}
	return s
}

// of returns the frame of a view, which execute makes where there is none.
func (f *frames) of(v *view, execute func(io.Writer, any) error) (*frame, error) {
	key := v.shape()
	if made, ok := f.made.Load(key); ok {
		return made.(*frame), nil
	}
	marked := *v
	for i, text := range marked.texts() {
		// The site's title stays, since the templates compare the two.
		if *text != "" && !(i == 0 && key.isSite) {
			*text = f.mark + "-" + strconv.Itoa(i) + "-"
		}
	}
	for i, html := range marked.markup() {
		if *html != "" {
			*html = template.HTML(f.mark + "-" + strconv.Itoa(len(v.texts())+i) + "-")
		}
	}
	var b bytes.Buffer
	if err := execute(&b, &marked); err != nil {
		return nil, err
	}
	made, err := cutFrame(b.String(), f.mark)
	if err == nil {
		f.made.Store(key, made)
	}
	return made, err
}

// cutFrame cuts a page at its marks.
func cutFrame(page, mark string) (*frame, error) {
	first, rest, more := strings.Cut(page, mark+"-")
	f := &frame{pieces: []string{first}}
	for more {
		var number, piece string
		number, piece, _ = strings.Cut(rest, "-")
		hole, err := strconv.Atoi(number)
		if err != nil {
			return nil, fmt.Errorf("read the mark %q: %w", number, err)
		}
		piece, rest, more = strings.Cut(piece, mark+"-")
		f.holes, f.pieces = append(f.holes, hole), append(f.pieces, piece)
	}
	return f, nil
}

// fill writes a page: the frame with what the view has in its holes.
func (f *frame) fill(w io.Writer, v *view) error {
	texts, markup := v.texts(), v.markup()
	for i, piece := range f.pieces {
		if _, err := io.WriteString(w, piece); err != nil {
			return err
		}
		var err error
		switch {
		case i == len(f.holes):
		case f.holes[i] < len(texts):
			_, err = escaper.WriteString(w, *texts[f.holes[i]])
		default:
			_, err = io.WriteString(w, string(*markup[f.holes[i]-len(texts)]))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// escaper escapes text as package html/template does, within elements and
// within quoted attributes.
var escaper = strings.NewReplacer("\x00", "\uFFFD", `"`, "&#34;", "&", "&amp;",
	"'", "&#39;", "+", "&#43;", "<", "&lt;", ">", "&gt;")
