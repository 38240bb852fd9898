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
	"bufio"
	"fmt"
	"io"
	"math"
	"sync"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
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
	// Picture is what is known of an image. It may be nil.
	Picture func(*vault.File) Picture
	// Before is HTML of the caller's own about the lines of a note from first
	// to before next, and goes where they are shown: for a preview. It is asked
	// about all lines from 0 to the last there can be. It may be nil.
	Before func(n *vault.Note, first, next int, at Spot) []byte

	pages    sync.Pool // of *page
	bodies   sync.Pool // of *bytes.Buffer, for drafts
	formulas formulas
}

// An Outcome is what stands under a program.
type Outcome struct {
	HTML []byte
	// Marks are the lines of the code that the outcome complains about,
	// counted from 1.
	Marks []int
	// Job is what the page's scripts need to run the program again, "" where
	// they cannot.
	Job string
	// Declined says why a page cannot run it with what it has, Replays that
	// the outcome can be replayed.
	Declined string
	// Exact says why a page has to run it by Go itself.
	Exact   string
	Replays bool
	// Documented says that the page's scripts know what the library's names
	// mean.
	Documented bool
	// Ended says in a word or two how the program ended, if not well.
	Ended string
}

// Note writes the body of a note. The problems are those that show only in
// rendering, such as a note that embeds itself.
func (r *Renderer) Note(w io.Writer, n *vault.Note) (problems []vault.Problem, err error) {
	p := r.newRoot(n)
	defer r.pages.Put(p)
	p.shift = headingShift(n)
	p.buffer.Reset(w)
	if err := p.render(p.buffer); err != nil {
		return nil, fmt.Errorf("render %q: %w", n.Path, err)
	}
	if err := p.buffer.Flush(); err != nil {
		return nil, fmt.Errorf("render %q: %w", n.Path, err)
	}
	return p.problems, nil
}

// newRoot gives the page of a note, which is to be put back.
func (r *Renderer) newRoot(n *vault.Note) *page {
	p, _ := r.pages.Get().(*page)
	if p == nil {
		p = newPage(r)
	}
	p.begin(vault.Target{Note: n})
	p.root, p.host, p.ids = p, n, true
	return p
}

// A page is the rendering of a note, or of what another page embeds of one.
// It is used for one note after another: goldmark takes its time to learn all
// our functions.
type page struct {
	*Renderer
	md     renderer.Renderer // goldmark's, with our functions
	buffer *bufio.Writer

	// host is the note whose page this is, note the one that is rendered: they
	// differ in an embed.
	host, note *vault.Note
	// target is what of note is rendered.
	target vault.Target
	// outer is the page that embeds this one, root the page of host.
	outer, root *page
	depth       int
	// shift is what is added to the level of the note's headings.
	shift   int
	outline outline
	// ids says whether headings and blocks have ids; those of footnotes begin
	// with prefix.
	ids    bool
	prefix string
	// refs are the places that refer to a footnote, where the page shows a
	// part of its note; nil where it shows all.
	refs map[footnoteRef]bool
	// blocks are those that links name, by id.
	blocks map[string]ast.Node
	// spots are what Before is asked about, nil where that is nothing.
	spots map[ast.Node]span
	// raw keeps the note's own HTML balanced, cleaned what small pieces of it
	// come out as.
	raw     rawHTML
	cleaned map[string][]rawPiece

	// Of root alone: how many embeds there are, and what is wrong with them.
	embeds   int
	problems []vault.Problem
	drafting *drafting // nil unless it becomes a draft
}

func newPage(r *Renderer) *page {
	p := &page{Renderer: r, buffer: bufio.NewWriter(nil), cleaned: make(map[string][]rawPiece)}
	p.md = renderer.NewRenderer(renderer.WithNodeRenderers(util.Prioritized(p, 0)))
	return p
}

// begin makes the page one of another target, as if it were new.
func (p *page) begin(t vault.Target) {
	*p = page{Renderer: p.Renderer, md: p.md, buffer: p.buffer, cleaned: p.cleaned,
		note: t.Note, target: t}
}

// render renders what the page shows of its note.
func (p *page) render(w util.BufWriter) error {
	nodes := shown(p.target)
	p.blocks = firstBlocks(p.note)
	if p.Before != nil && p == p.root {
		if p.spots = p.spans(nodes); len(p.spots) == 0 {
			_, _ = w.Write(p.Before(p.note, 0, math.MaxInt, Spot{}))
		}
	}
	if err := p.renderNodes(w, nodes); err != nil {
		return err
	}
	if p.target.Heading == nil && p.target.Block == nil {
		return nil // the footnotes are among the nodes
	}
	return p.footnotesOf(w, nodes)
}

func (p *page) renderNodes(w util.BufWriter, nodes []ast.Node) error {
	p.raw.enter()
	defer p.raw.leave(w)
	for _, n := range nodes {
		tag := ""
		if n.Kind() == ast.KindListItem { // an item needs a list around it
			tag = listTag(n.Parent().(*ast.List))
			_, _ = w.WriteString("<" + tag + ">\n")
		}
		if err := p.md.Render(w, p.note.Source, n); err != nil {
			return err
		}
		if tag != "" {
			_, _ = w.WriteString("</" + tag + ">\n")
		}
	}
	return nil
}

// shown gives the nodes of a target: all blocks of a note but its title, those
// from a heading to the next of the same level or a higher one, or one block.
func shown(t vault.Target) []ast.Node {
	if t.Block != nil {
		return []ast.Node{t.Block.Node}
	}
	first, level := t.Note.Doc.FirstChild(), 0
	if t.Heading != nil {
		first, level = t.Heading.Node, t.Heading.Level
	}
	var nodes []ast.Node
	for n := first; n != nil; n = n.NextSibling() {
		h, ok := n.(*ast.Heading)
		if ok && n != first && h.Level <= level {
			break
		}
		if n.Kind() == extast.KindFootnoteList && t.Heading != nil {
			break // of the whole note, though it stands at its end
		}
		if n != t.Note.TitleNode || t.Heading != nil {
			nodes = append(nodes, n)
		}
	}
	return nodes
}

func (p *page) problem(l *vault.Link, message string) {
	p.root.problems = append(p.root.problems, vault.Problem{
		Path: l.From.Path, Line: l.Line, Column: l.Column, Message: message})
}

// problemAt notes what is wrong with a node, by its line in the note.
func (p *page) problemAt(n ast.Node, message string) {
	line, column := p.note.Position(n.Pos())
	p.root.problems = append(p.root.problems, vault.Problem{
		Path: p.note.Path, Line: line, Column: column, Message: message})
}
