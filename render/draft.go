package render

import (
	"bytes"
	"fmt"

	"github.com/yuin/goldmark/util"

	"runnel/vault"
)

// A Draft is the body of a note as far as its text alone says what it is: of a
// vault that has just been read nobody knows yet where links lead. It has
// holes in the place of links and tags. A note has a draft so that its syntax
// tree, which takes several times the memory, need not wait for its page.
type Draft struct {
	body     []byte // with a NUL for each hole, which a page has nowhere else
	holes    []hole
	tags     []string
	problems []vault.Problem
}

// A hole is the start of a link or of a tag, by its number, or the end of a
// link.
type hole struct {
	number int32
	kind   holeKind
}

type holeKind uint8

const (
	linkStart holeKind = iota
	linkEnd
	tagStart
)

// Draft makes the draft of a note whose links need not be resolved. It is nil
// where the note shows more of other files than links to them. Of the
// renderer's functions it calls Href alone, for places in the note itself;
// what Outcome and Picture would give it leaves out.
func (r *Renderer) Draft(n *vault.Note) *Draft {
	for _, l := range n.Links {
		if l.Embed {
			return nil
		}
	}
	p := r.newRoot(n)
	defer r.pages.Put(p)
	p.shift = headingShift(n)
	d := &Draft{}
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

func (p *page) linkHole(w util.BufWriter, l *vault.Link, kind holeKind) {
	number, ok := p.drafting.numbers[l]
	if !ok {
		p.drafting.unfit = true
	}
	p.hole(w, number, kind)
}

// Fill writes the body of a note from its draft, as Note does from its tree.
func (r *Renderer) Fill(w *bytes.Buffer, n *vault.Note, d *Draft) ([]vault.Problem, error) {
	p := r.newRoot(n)
	defer r.pages.Put(p)
	p.buffer.Reset(w)
	body := d.body
	for _, h := range d.holes {
		text, rest, _ := bytes.Cut(body, []byte{0})
		body = rest
		_, _ = p.buffer.Write(text)
		switch h.kind {
		case tagStart:
			p.openTag(p.buffer, d.tags[h.number])
		default:
			p.anchor(p.buffer, n.Links[h.number], h.kind == linkStart)
		}
	}
	_, _ = p.buffer.Write(body)
	if err := p.buffer.Flush(); err != nil {
		return nil, fmt.Errorf("render %q: %w", n.Path, err)
	}
	return d.problems, nil
}
