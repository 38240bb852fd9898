package vault

import "github.com/yuin/goldmark/ast"

// A Note is one published note.
type Note struct {
	// Path is slash-separated and as on disk, from the vault's root, with its
	// extension: "Go/Channels.md".
	Path string
	// Source is the whole file. Positions in Doc are offsets into it.
	Source []byte
	// Title is the property `title`, else the text of the first heading of
	// level 1, else the file's name without extension.
	Title string
	// TitleNode is the level 1 heading that opens the note and says the same
	// as Title, nil where there is none: a page shows one title, not two.
	TitleNode  ast.Node
	Properties Properties
	Doc        *ast.Document
	// Headings, Links and Snippets stand in the order of the text.
	Headings []*Heading
	Links    []*Link
	Snippets []*Snippet
	// Blocks are the paragraphs, list items and other blocks with a `^id`.
	Blocks []*Block
	// Tags are the tags of the properties and of the text without their `#`,
	// each once, in the letter case first seen.
	Tags []string
	// Backlinks are the links of other published notes that lead here,
	// sorted by the path of their note, then by place.
	Backlinks []*Link

	links    map[ast.Node]*Link
	headings map[ast.Node]*Heading
	snippets map[ast.Node]*Snippet
}

// Link returns the link that a node of Doc is (an *ast.Link, an *ast.Image or
// a *wikilink.Node), or nil where it leads out of the vault.
func (n *Note) Link(node ast.Node) *Link { return n.links[node] }

// Heading returns the heading that a node of Doc is.
func (n *Note) Heading(node ast.Node) *Heading { return n.headings[node] }

// Snippet returns the Go code that a fence of Doc is, or nil.
func (n *Note) Snippet(node ast.Node) *Snippet { return n.snippets[node] }

// A Heading is a heading of a note.
type Heading struct {
	Level int
	// Text is what a reader sees, without markup.
	Text string
	// ID is its anchor, unique in the note: letters and digits in lower case,
	// with `-` for runs of anything else.
	ID   string
	Line int
	Node *ast.Heading
}

// A Block is a piece of a note that links can name by `#^id`.
type Block struct {
	// ID is without the `^`; its anchor is "^" + ID.
	ID   string
	Line int
	Node ast.Node
}

// A Snippet is a fenced block of Go code.
type Snippet struct {
	Note *Note
	// Info is the rest of the fence's first line after the language, trimmed.
	Info string
	// Code is the text between the fences, without the indentation of the
	// list or quote that the fence stands in.
	Code string
	// Index counts the note's snippets from 0.
	Index int
	Node  *ast.FencedCodeBlock
	// Line is the line of the file on which Code begins.
	Line int
	// columns holds, for each line of Code, the bytes before it in the file.
	columns []int
}

// Position turns a line and column of Code, both from 1, into those of the
// note's file.
func (s *Snippet) Position(line, column int) (fileLine, fileColumn int) {
	if line < 1 || line > len(s.columns) {
		return s.Line + max(line, 1) - 1, column
	}
	return s.Line + line - 1, s.columns[line-1] + column
}
