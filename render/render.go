// Package render turns a note into HTML.
//
// A [Renderer] renders one note after another; it knows where pages and files
// are only through its fields, and of programs nothing but the finished HTML
// that it is handed for a code block. What it writes is balanced HTML whatever
// the note holds: HTML that the note itself writes passes through a sanitiser
// and is closed where it was left open. It refuses scripts, handlers, and
// anything that would load from another host by itself.
package render

import (
	"bytes"
	"fmt"
	"html"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"

	"runnel/vault"
)

// Renderer renders notes. It is safe for concurrent use if its functions are.
type Renderer struct {
	// Href is the address of a target that is Found, relative to the page of
	// a note, with the fragment of its heading or block. Required.
	Href func(from *vault.Note, to vault.Target) string
	// TagHref is the address of the page of a tag. Required.
	TagHref func(from *vault.Note, tag string) string
	// Outcome is what to show under a Go program; nil, or a zero Outcome,
	// shows nothing.
	Outcome func(*vault.Snippet) Outcome
	// Size is the natural size of an image in pixels, 0 where not known; it
	// keeps a page from moving while its images load. It may be nil.
	Size func(*vault.File) (width, height int)
}

// An Outcome is what stands under a program.
type Outcome struct {
	HTML []byte
	// Marks are the lines of the code that the outcome complains about,
	// counted from 1.
	Marks []int
}

// Note renders the body of a note.
func (r *Renderer) Note(n *vault.Note) ([]byte, error) {
	p := &page{Renderer: r, note: n, shift: headingShift(n), blocks: make(map[ast.Node]string)}
	for _, block := range n.Blocks {
		p.blocks[block.Node] = "^" + block.ID
		block.Node.SetAttributeString("id", []byte("^"+block.ID))
	}
	md := renderer.NewRenderer(renderer.WithNodeRenderers(util.Prioritized(p, 0)))
	var b bytes.Buffer
	b.Grow(len(n.Source) * 2)
	if err := md.Render(&b, n.Source, n.Doc); err != nil {
		return nil, fmt.Errorf("render %q: %w", n.Path, err)
	}
	return b.Bytes(), nil
}

// A page is the rendering of one note.
type page struct {
	*Renderer
	note *vault.Note
	// shift is what is added to the level of the note's headings.
	shift int
	// raw keeps the note's own HTML balanced.
	raw rawHTML
	// blocks are the ids of blocks.
	blocks map[ast.Node]string
}

// blockID is the id of a block that links can name, escaped, or "". Blocks
// that our own functions render ask for it; goldmark's read it off the node.
func (p *page) blockID(n ast.Node) string { return html.EscapeString(p.blocks[n]) }
