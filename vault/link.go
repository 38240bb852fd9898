package vault

import "github.com/yuin/goldmark/ast"

// A Link is a link or embed of a published note that leads, or was meant to
// lead, into the vault.
type Link struct {
	From *Note
	Node ast.Node
	// Written is the destination as the note has it, "a%20b.md#c" or "b#c".
	Written string
	// Embed is set for `![[x]]` and `![](x)`.
	Embed        bool
	Line, Column int
	Target       Target
}

// A Target is where a link leads.
type Target struct {
	State State
	// One of Note and File is set where State is Found, neither otherwise.
	Note *Note
	File *File
	// Heading or Block is the place in Note; both are nil for the whole note,
	// and where the note has no such place.
	Heading *Heading
	Block   *Block
}

// State says whether a link leads anywhere.
type State uint8

// The states of a link's target.
const (
	// Missing: the vault has no such note or file.
	Missing State = iota
	// Found: a published note, or a file.
	Found
	// Private: a note that is not published. Nothing else is known of it.
	Private
)
