package render

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/yuin/goldmark/util"

	"runnel/vault"
)

// A Draft is the body of a note as far as its text alone says what it is: of a
// vault that has just been read nobody knows yet where links lead. It has
// holes in the place of links, tags and embeds. A note has a draft so that its
// syntax tree, which takes several times the memory, need not wait for its
// page.
type Draft struct {
	body     []byte // with a NUL for each hole, which a page has nowhere else
	holes    []hole
	tags     []string
	embeds   []drafted
	problems []vault.Problem
	shift    int // of the page
}

// A drafted embed is a link by its number, with the label that it has if it
// comes to be a link. One that is a block fills a paragraph, and may embed a
// note; any other is taken for a file that a page shows in a line, for it has
// the name of one.
type drafted struct {
	link    int32
	isBlock bool
	label   string
}

// A hole is the start of a link, of a tag, or an embed, by its number, or the
// end of a link.
type hole struct {
	number int32
	kind   holeKind
}

type holeKind uint8

const (
	linkStart holeKind = iota
	linkEnd
	tagStart
	embedStart
)

// Draft makes the draft of a note whose links need not be resolved. It is nil
// where what an embed leads to decides about more than its own place. Of the
// renderer's functions it calls Href alone, for places in the note itself;
// what Outcome and Picture would give it leaves out.
func (r *Renderer) Draft(n *vault.Note) *Draft {
	p := r.newRoot(n)
	defer r.pages.Put(p)
	p.shift = headingShift(n)
	d := &Draft{shift: p.shift}
	p.drafting = &drafting{Draft: d, numbers: make(map[*vault.Link]int32, len(n.Links))}
	for i, l := range n.Links {
		p.drafting.numbers[l] = int32(i)
	}
	b, _ := r.bodies.Get().(*bytes.Buffer)
	if b == nil {
		b = new(bytes.Buffer)
	}
	defer r.bodies.Put(b)
	b.Reset()
	p.buffer.Reset(b)
	if p.render(p.buffer) != nil || p.buffer.Flush() != nil || p.drafting.unfit || bytes.Count(b.Bytes(), []byte{0}) != len(d.holes) {
		return nil
	}
	d.body, d.problems = bytes.Clone(b.Bytes()), p.problems
	return d
}

// drafting is what a page that becomes a draft remembers.
type drafting struct {
	*Draft
	numbers map[*vault.Link]int32
	unfit   bool // the page shows what only a vault knows
}

// hole leaves a hole in a draft.
func (p *page) hole(w util.BufWriter, number int32, kind holeKind) {
	p.drafting.holes = append(p.drafting.holes, hole{number, kind})
	_ = w.WriteByte(0)
}

// embedHole leaves a hole for an embed.
func (p *page) embedHole(w util.BufWriter, l *vault.Link, label string, isBlock bool) {
	d := p.drafting
	number, ok := d.numbers[l]
	name, _, _ := strings.Cut(l.Written, "#")
	if !ok || !isBlock && mediaOf(name) == "" {
		d.unfit = true
	}
	d.embeds = append(d.embeds, drafted{number, isBlock, label})
	p.hole(w, int32(len(d.embeds)-1), embedStart)
}

// Fits reports whether a note's draft is good, now that it is known where its
// links lead.
func (d *Draft) Fits(n *vault.Note) bool {
	for _, e := range d.embeds {
		if !e.isBlock && n.Links[e.link].Target.Note != nil {
			return false
		}
	}
	return true
}

func (p *page) linkHole(w util.BufWriter, l *vault.Link, kind holeKind) {
	number, ok := p.drafting.numbers[l]
	if !ok {
		p.drafting.unfit = true
	}
	p.hole(w, number, kind)
}

// Fill writes the body of a note from its draft, as Note does from its tree:
// that of the note is not needed, those of notes that it embeds are. The draft
// must fit.
func (r *Renderer) Fill(w *bytes.Buffer, n *vault.Note, d *Draft) ([]vault.Problem, error) {
	p := r.newRoot(n)
	defer r.pages.Put(p)
	p.buffer.Reset(w)
	p.shift = d.shift
	body := d.body
	for _, h := range d.holes {
		text, rest, _ := bytes.Cut(body, []byte{0})
		body = rest
		_, _ = p.buffer.Write(text)
		switch h.kind {
		case tagStart:
			p.openTag(p.buffer, d.tags[h.number])
		case embedStart:
			e := d.embeds[h.number]
			if err := p.fillEmbed(n.Links[e.link], e); err != nil {
				return nil, fmt.Errorf("render %q: %w", n.Path, err)
			}
		default:
			p.anchor(p.buffer, n.Links[h.number], h.kind == linkStart)
		}
	}
	_, _ = p.buffer.Write(body)
	if err := p.buffer.Flush(); err != nil {
		return nil, fmt.Errorf("render %q: %w", n.Path, err)
	}
	return slices.Concat(d.problems, p.problems), nil
}

func (p *page) fillEmbed(l *vault.Link, e drafted) error {
	switch {
	case !e.isBlock:
		p.embed(p.buffer, l, e.label)
	case l.Target.Note != nil:
		return p.transclude(p.buffer, l)
	default:
		_, _ = p.buffer.WriteString("<p>")
		p.embed(p.buffer, l, e.label)
		_, _ = p.buffer.WriteString("</p>\n")
	}
	return nil
}
