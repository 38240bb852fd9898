// Package vault reads a folder of Obsidian notes and says what is in it: the
// notes that are published with their properties, headings, blocks, links and
// Go code, and where every link leads.
//
// [Load] reads everything once. A [Vault] holds published notes only: of a
// note that is not published nothing but its path is kept, and that only so
// that a link to it can be told from a link to nothing. Whoever makes pages
// from a Vault cannot leak what is private.
//
// Nothing in a note makes Load return an error. What is wrong with a note is
// a [Problem] with its file, line and column. Nothing outside the file system
// that Load is given is read.
package vault

import (
	"io/fs"
)

// A Vault is a loaded folder of notes. It is not changed after Load.
type Vault struct {
	// Notes are the published notes, sorted by path.
	Notes []*Note
	// Hidden counts the notes that are not published.
	Hidden int
	// Problems are sorted by path, line and column, each once.
	Problems []Problem
}

// Options say how a vault is read. The zero value is the private default.
type Options struct {
	// All publishes every note that does not say `publish: false` or
	// `draft: true`; otherwise a note must say `publish: true`.
	All bool
	// Drafts makes all other notes part of the vault too, marked Unpublished:
	// for a preview that nobody but the writer sees.
	Drafts bool
	// Read is called with each note that is part of the vault when it has
	// been read and has its tree, but where links lead is not known yet. What
	// it returns is kept as Note.Extra: it may depend on the note's text alone.
	// It is called by several goroutines at once; it may be nil.
	Read func(*Note) any
	// Done reports, once Read has seen a note, that most likely nobody will
	// plant it: then a Keeper leaves neither its tree nor its text. It may be
	// nil. Load leaves all trees.
	Done func(*Note) bool
	// Trees bounds the syntax trees that a Keeper leaves after an update, in
	// bytes of the notes' text. Unless it is 0, the text of the other notes is
	// held in memory, so that Plant reads no file.
	Trees int64
	// Attachments are further folders in which a link that finds no file in
	// the vault is looked up by the file's name.
	Attachments []Folder
}

// A Folder is a named tree of files.
type Folder struct {
	// Name is the folder's own name, the first part of its files' paths.
	Name string
	FS   fs.FS
}

// A File is an attachment: any file of the vault that is not a note.
type File struct {
	// Path is slash-separated and as on disk, from the vault's root; for a
	// file of Options.Attachments it begins with the folder's name.
	Path string
	// FS and Name open the file.
	FS   fs.FS
	Name string
}
