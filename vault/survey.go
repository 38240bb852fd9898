package vault

import (
	"path"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"

	"go.abhg.dev/goldmark/hashtag"
	"go.abhg.dev/goldmark/wikilink"

	"runnel/vault/obsidian"
)

// survey lists what is in a parsed note.
func (n *Note) survey() {
	n.links = map[ast.Node]*Link{}
	tags := newTagSet(n.Properties.Tags)
	var headings []*Heading
	_ = ast.Walk(n.Doc, func(
		node ast.Node, entering bool,
	) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		if id := obsidian.BlockID(node); id != "" {
			line, _ := n.positions.line(start(node))
			n.Blocks = append(n.Blocks, &Block{ID: id, Line: line, Node: node})
		}
		switch node := node.(type) {
		case *ast.Heading:
			headings = append(headings, n.heading(node))
		case *ast.FencedCodeBlock:
			if s := n.snippet(node); s != nil {
				n.addSnippet(s)
			}
		case *ast.Link:
			n.addLink(node, string(node.Destination), false)
		case *ast.Image:
			n.addLink(node, string(node.Destination), true)
		case *ast.RawHTML:
			n.addHTMLLinks(node, node.Segments.Sliced(0, node.Segments.Len())...)
		case *ast.HTMLBlock:
			pieces := node.Lines().Sliced(0, node.Lines().Len())
			if node.HasClosure() {
				pieces = append(slices.Clip(pieces), node.ClosureLine)
			}
			n.addHTMLLinks(node, pieces...)
		case *wikilink.Node:
			n.addLink(node, "", node.Embed)
		case *hashtag.Node:
			tags.add(string(node.Tag))
		}
		return ast.WalkContinue, nil
	})
	n.Tags = tags.names
	n.sortByPlace(headings)
	n.addHeadings(headings)
	n.setTitle()
}

// sortByPlace undoes that the tree has footnotes at its end.
func (n *Note) sortByPlace(headings []*Heading) {
	slices.SortStableFunc(n.Links, func(a, b *Link) int {
		return start(a.Node) - start(b.Node)
	})
	slices.SortStableFunc(n.Blocks, func(a, b *Block) int {
		return start(a.Node) - start(b.Node)
	})
	slices.SortStableFunc(n.Snippets, func(a, b *Snippet) int {
		return a.Line - b.Line
	})
	for i, s := range n.Snippets {
		s.Index = i
	}
	slices.SortStableFunc(headings, func(a, b *Heading) int {
		return start(a.Node) - start(b.Node)
	})
}

// Line is the line of the file on which a node of Doc begins.
func (n *Note) Line(node ast.Node) int {
	line, _ := n.Position(start(node))
	return line
}

// start returns the offset at which a node begins.
func start(node ast.Node) int {
	for n := node; n != nil; n = n.FirstChild() {
		if pos := n.Pos(); pos >= 0 {
			return pos
		}
		if t, ok := n.(*ast.Text); ok {
			return t.Segment.Start
		}
	}
	return 0
}

// setTitle finds the title. A heading of level 1 further down is a section:
// Obsidian itself shows the file's name.
func (n *Note) setTitle() {
	base := path.Base(n.Path)
	name := strings.TrimSuffix(base, path.Ext(base))
	opening := n.openingHeading()
	n.Title = n.Properties.Title
	if n.Title == "" && opening != nil && opening.Text != "" &&
		(n.countTop() == 1 || strings.EqualFold(opening.Text, name)) {
		n.Title = opening.Text
	}
	if n.Title == "" {
		n.Title = name
	}
	if opening != nil && opening.Text == n.Title {
		n.TitleNode, n.TitleHeading = opening.Node, opening
	}
}

// openingHeading is the heading of level 1 that the text begins with, or nil.
func (n *Note) openingHeading() *Heading {
	first := n.Doc.FirstChild()
	for first != nil && first.Kind() == ast.KindLinkReferenceDefinition {
		first = first.NextSibling()
	}
	if h := n.headings[first]; h != nil && h.Level == 1 {
		return h
	}
	return nil
}

// countTop counts the headings of level 1.
func (n *Note) countTop() int {
	count := 0
	for _, h := range n.Headings {
		if h.Level == 1 {
			count++
		}
	}
	return count
}

// A tagSet holds tags in the order they were first seen. Letter case makes no
// difference (Obsidian help, Tags).
type tagSet struct {
	names []string
	seen  map[string]bool
}

func newTagSet(tags []string) *tagSet {
	s := &tagSet{seen: map[string]bool{}}
	for _, tag := range tags {
		s.add(tag)
	}
	return s
}

func (s *tagSet) add(tag string) {
	tag = strings.Trim(tag, "/")
	if key := fold(tag); key != "" && !s.seen[key] {
		s.seen[key] = true
		s.names = append(s.names, tag)
	}
}
