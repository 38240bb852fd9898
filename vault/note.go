package vault

import (
	"crypto/sha256"
	"sync"

	"github.com/yuin/goldmark/ast"
)

// A Note is one published note.
type Note struct {
	// Path is slash-separated and as on disk, from the vault's root, with its
	// extension: "Go/Channels.md".
	Path string
	// Sum is the SHA-256 of the file.
	Sum [sha256.Size]byte
	// Source is the whole file as UTF-8 without a byte order mark, its
	// comments blanked with spaces, until Release. Positions in Doc are
	// offsets into it.
	Source []byte
	// Title is the property `title`, else the text of the note's only heading
	// of level 1 if the note opens with it, or of one that opens it and says
	// the same as the file's name, else the file's name without extension.
	Title string
	// TitleNode is the level 1 heading that opens the note and says the same
	// as Title, nil where there is none: a page shows one title, not two.
	TitleNode ast.Node
	// TitleHeading is the heading that TitleNode is; Release leaves it.
	TitleHeading *Heading
	Properties   Properties
	// Unpublished notes are there with Options.Drafts only.
	Unpublished bool
	// Doc is the syntax tree, until Release. Blocks that hold text have it in
	// their children alone, not in their Lines.
	Doc *ast.Document
	// Headings, Links and Snippets stand in the order of the text. Headings
	// in quotes, callouts and lists are not among Headings, as in Obsidian's
	// outline; they have an ID none the less.
	Headings []*Heading
	Links    []*Link
	Snippets []*Snippet
	// Blocks are the paragraphs, list items and other blocks with a `^id`,
	// in the order of the text; of two with the same id links find the first.
	Blocks []*Block
	// Tags are the tags of the properties and of the text without their `#`,
	// each once, in the letter case first seen.
	Tags []string
	// Backlinks are the links of other published notes that lead here,
	// sorted by the path of their note, then by place.
	Backlinks []*Link

	// Extra is what Options.Read made of the note. Release leaves it.
	Extra any

	links     map[ast.Node]*Link
	htmlLinks map[ast.Node][]*Link
	headings  map[ast.Node]*Heading
	snippets  map[ast.Node]*Snippet
	// positions is nil once the note has been read, placed made when somebody
	// asks.
	positions *positions
	placed    func() *positions
}

// Link returns the link that a node of Doc is (an *ast.Link, an *ast.Image or
// a *wikilink.Node), or nil where it leads out of the vault.
func (n *Note) Link(node ast.Node) *Link { return n.links[node] }

// Heading returns the heading that a node of Doc is.
func (n *Note) Heading(node ast.Node) *Heading { return n.headings[node] }

// Snippet returns the Go code that a fence of Doc is, or nil.
func (n *Note) Snippet(node ast.Node) *Snippet { return n.snippets[node] }

// Position turns an offset into Source into a line and column of the file,
// both from 1, the column in bytes. The first time takes time in proportion
// to Source. The note must have its tree.
func (n *Note) Position(offset int) (line, column int) {
	return n.placed().at(min(max(offset, 0), len(n.Source)))
}

// place makes ready for Position; replaced is as in positions.
func (n *Note) place(replaced []int) {
	source := n.Source
	n.placed = sync.OnceValue(func() *positions {
		p := newPositions(decoding{text: source, replaced: replaced})
		return &p
	})
}

// Release drops the text and the syntax tree: Source, Doc, TitleNode, the fields Node of Headings,
// Blocks, Links and Snippets, and what Link, Heading and Snippet look nodes
// up in. The rest is enough for lists, for backlinks and for links to the
// note. In a large vault the trees are four fifths of the memory.
//
// Whoever renders the vault may call it, once nothing renders the note any
// more: not while its own page or one that embeds it is being made. A note
// without a backlink that is an embed is shown on its own page alone.
func (n *Note) Release() {
	n.Source, n.placed = nil, nil
	n.Doc, n.TitleNode = nil, nil
	n.links, n.htmlLinks, n.headings, n.snippets = nil, nil, nil, nil
	for _, h := range n.Headings {
		h.Node = nil
	}
	for _, b := range n.Blocks {
		b.Node = nil
	}
	for _, l := range n.Links {
		l.Node = nil
	}
	for _, s := range n.Snippets {
		s.Node = nil
	}
}

// A Block is a piece of a note that links can name by `#^id`.
type Block struct {
	// ID is without the `^`; its anchor is "^" + ID.
	ID   string
	Line int
	Node ast.Node
}
