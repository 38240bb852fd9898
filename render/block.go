package render

import (
	"strconv"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
	"go.abhg.dev/goldmark/wikilink"

	"runnel/vault"
	"runnel/vault/obsidian"
)

// writeID writes the id of a block that links can name, if it has one. An id
// stands on its own note's page alone: what another page embeds has none.
func (p *page) writeID(w util.BufWriter, n ast.Node) {
	if id := obsidian.BlockID(n); id != "" && p.ids && p.blocks[id] == n {
		_, _ = w.WriteString(` id="^` + id + `"`)
	}
}

// firstBlocks are the blocks that links name: of two with one id the first.
func firstBlocks(n *vault.Note) map[string]ast.Node {
	if len(n.Blocks) == 0 {
		return nil
	}
	m := make(map[string]ast.Node, len(n.Blocks))
	for _, b := range n.Blocks {
		if m[b.ID] == nil {
			m[b.ID] = b.Node
		}
	}
	return m
}

// paragraph renders a paragraph. Embedded notes are blocks: where one stands
// in a paragraph, that ends before it, and what follows is another.
func (p *page) paragraph(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if l := p.draftedBlock(node); l != nil {
		if entering {
			p.embedHole(w, l, plainText(node.FirstChild(), source), true)
		}
		return ast.WalkSkipChildren, nil
	}
	if p.holdsEmbeds(node) {
		return p.flow(w, source, node, entering, "<p>", "</p>\n")
	}
	if entering {
		_, _ = w.WriteString("<p")
		p.writeID(w, node)
		_ = w.WriteByte('>')
	} else {
		_, _ = w.WriteString("</p>\n")
	}
	return ast.WalkContinue, nil
}

// textBlock renders the text of an item of a tight list.
func (p *page) textBlock(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if p.holdsEmbeds(node) {
		return p.flow(w, source, node, entering, "", "")
	}
	if !entering && node.NextSibling() != nil && node.FirstChild() != nil {
		_ = w.WriteByte('\n')
	}
	return ast.WalkContinue, nil
}

// flow renders text and embedded notes by turns, each stretch of text between
// open and shut. Stretches of white space are left out.
func (p *page) flow(w util.BufWriter, source []byte, node ast.Node, entering bool, open, shut string) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkSkipChildren, nil
	}
	inText := false
	for c := node.FirstChild(); c != nil; c = c.NextSibling() {
		l := p.noteEmbed(c)
		text, isText := c.(*ast.Text)
		var err error
		switch {
		case l != nil:
			if inText {
				_, _ = w.WriteString(shut)
			}
			inText = false
			err = p.transclude(w, l)
		case !inText && isText && util.IsBlank(text.Segment.Value(source)):
		default:
			if !inText {
				_, _ = w.WriteString(open)
			}
			inText = true
			err = p.md.Render(w, source, c)
		}
		if err != nil {
			return ast.WalkStop, err
		}
	}
	if inText {
		_, _ = w.WriteString(shut)
	}
	return ast.WalkSkipChildren, nil
}

// holdsEmbeds reports whether a block holds embedded notes that can be shown
// as blocks. Between the note's own HTML they are links.
func (p *page) holdsEmbeds(node ast.Node) bool {
	found := false
	for c := node.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() == ast.KindRawHTML {
			return false
		}
		found = found || p.noteEmbed(c) != nil
	}
	return found
}

// draftedBlock gives the embed that is all of a paragraph of a draft, else nil.
func (p *page) draftedBlock(node ast.Node) *vault.Link {
	if p.drafting == nil || node.ChildCount() != 1 || obsidian.BlockID(node) != "" {
		return nil
	}
	return p.embedOf(node.FirstChild())
}

// noteEmbed gives the link of a node that embeds a note, else nil.
func (p *page) noteEmbed(node ast.Node) *vault.Link {
	if l := p.embedOf(node); l != nil && l.Target.Note != nil {
		return l
	}
	return nil
}

// embedOf gives the link of a node that embeds something of the vault, else
// nil.
func (p *page) embedOf(node ast.Node) *vault.Link {
	switch node.(type) {
	case *wikilink.Node, *ast.Image:
		if l := p.note.Link(node); l != nil && l.Embed {
			return l
		}
	}
	return nil
}

func (p *page) blockquote(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString("<blockquote")
		p.writeID(w, node)
		_, _ = w.WriteString(">\n")
	} else {
		_, _ = w.WriteString("</blockquote>\n")
	}
	return ast.WalkContinue, nil
}

func (p *page) list(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.List)
	tag := listTag(n)
	if !entering {
		_, _ = w.WriteString("</" + tag + ">\n")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString("<" + tag)
	if n.IsOrdered() && n.Start != 1 {
		_, _ = w.WriteString(` start="` + strconv.Itoa(n.Start) + `"`)
	}
	p.writeID(w, node)
	_, _ = w.WriteString(">\n")
	return ast.WalkContinue, nil
}

func listTag(n *ast.List) string {
	if n.IsOrdered() {
		return "ol"
	}
	return "ul"
}
