package render

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// rawHTML balances the HTML that a note writes itself. Markdown gives it in
// pieces (an opening tag here, text, a closing tag there), and any piece may
// be missing. Each node of the note that can hold such pieces is a frame: a
// closing tag closes only what was opened in its frame, and the end of the
// frame closes what is still open.
type rawHTML struct {
	frames [][]openTag // what is open, innermost last
}

// An openTag is an element of the note and what it became on the page.
type openTag struct{ name, tag string }

func (r *rawHTML) enter() { r.frames = append(r.frames, nil) }

// leave closes what the innermost frame left open.
func (r *rawHTML) leave(w util.BufWriter) {
	last := len(r.frames) - 1
	closeTags(w, r.frames[last])
	r.frames = r.frames[:last]
}

func closeTags(w util.BufWriter, open []openTag) {
	for _, t := range slices.Backward(open) {
		_, _ = w.WriteString("</" + t.tag + ">")
	}
}

// maxOpen bounds how deep a note's HTML may nest in a frame. Deeper tags are
// left out: no browser would keep them either.
const maxOpen = 200

// open writes a tag; what it opens is closed with the frame at the latest.
func (r *rawHTML) open(w util.BufWriter, t openTag, text string) {
	_, _ = w.WriteString(text)
	if !void[t.tag] {
		frame := &r.frames[len(r.frames)-1]
		*frame = append(*frame, t)
	}
}

// shut closes an element of the frame and those that are open in it.
func (r *rawHTML) shut(w util.BufWriter, name string) {
	frame := &r.frames[len(r.frames)-1]
	for at := len(*frame) - 1; at >= 0; at-- {
		if (*frame)[at].name == name {
			closeTags(w, (*frame)[at:])
			*frame = (*frame)[:at]
			return
		}
	}
}

// rawInline renders HTML inside a paragraph. Blocks would break the paragraph:
// of those only the contents are kept.
func (p *page) rawInline(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		piece := node.(*ast.RawHTML).Segments.Value(source)
		p.writeRaw(w, p.clean(piece, p.note.HTMLLinks(node)), func(name string) bool { return phrasing[name] })
	}
	return ast.WalkSkipChildren, nil
}

// rawBlock renders a block of HTML. Elements of text that it leaves open end
// with it; others, such as <details>, may go on around the blocks that follow.
func (p *page) rawBlock(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkSkipChildren, nil
	}
	n := node.(*ast.HTMLBlock)
	block := n.Lines().Value(source)
	if n.HasClosure() {
		block = append(block[:len(block):len(block)], n.ClosureLine.Value(source)...)
	}
	frame := &p.raw.frames[len(p.raw.frames)-1]
	before := len(*frame)
	p.writeRaw(w, p.clean(block, p.note.HTMLLinks(node)), func(string) bool { return true })
	for at := min(before, len(*frame)); at < len(*frame); at++ {
		if phrasing[(*frame)[at].name] {
			closeTags(w, (*frame)[at:])
			*frame = (*frame)[:at]
			break
		}
	}
	if !strings.HasSuffix(string(block), "\n") {
		_ = w.WriteByte('\n')
	}
	return ast.WalkSkipChildren, nil
}

// writeRaw writes a cleaned piece, balanced, without the tags of elements that
// are not allowed.
func (p *page) writeRaw(w util.BufWriter, pieces []rawPiece, allowed func(name string) bool) {
	for _, t := range pieces {
		tooDeep := len(p.raw.frames[len(p.raw.frames)-1]) >= maxOpen && !void[t.name]
		switch {
		case t.name == "":
			_, _ = w.WriteString(t.text)
		case !allowed(t.name):
		case t.end:
			p.raw.shut(w, t.name)
		case tooDeep:
		case t.name == "img":
			p.rawImage(w, t)
		case t.name == "a" && t.link != nil:
			p.rawLink(w, t)
		case t.closed && !void[t.name]:
			_, _ = w.WriteString(t.text + "</" + t.name + ">")
		default:
			p.raw.open(w, openTag{t.name, t.name}, t.text)
		}
	}
}
