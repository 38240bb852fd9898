// Package search makes the index that a site's readers search, as static
// files: there is no server to ask.
//
// [Read] says what a [Doc] holds for a searcher, as an [Entry], which is a
// function of that document alone and may be kept. [Write] makes the files of
// all [Note]s; the same notes give the same files.
//
// A reader fetches a few of the files for a query, each a few kilobytes:
//
//   - index.json, the only one whose name does not hold a hash of its content:
//     it names the files below by their hashes, which makes files of two
//     builds impossible to mix, and says which words are in which;
//   - words: for each word, the parts of notes that have it, with a level of
//     how much they are about it ([list]). Words stand in order, so that those
//     with one beginning are in one file or two. The beginnings that would be
//     in more have lists of their own, under the beginning and a `*`;
//   - spellings: the words alone, ordered by their beginnings and by their
//     ends, for finding what a mistyped word may have been;
//   - groups: titles and addresses of some dozen notes, and the names of
//   - texts: what the notes say, for the passages that are shown.
//
// Words are compared without case and diacritics ([Words]). It refuses to
// guess: there are no stems and no synonyms, which need a language each.
package search

// A Doc is what a reader sees of a note.
type Doc struct {
	Title   string
	Aliases []string
	Tags    []string // without their `#`
	// Sections are its text, in order. One without a heading begins it.
	Sections []Section
}

// A Section is a heading with the text below it, to the next heading.
type Section struct {
	ID      string // the heading's anchor, "" where there is none
	Heading string
	Texts   []Text
}

// A Text is a paragraph, or code, which counts for less.
type Text struct {
	Text string
	Code bool
}

// An Entry is what a document holds for a searcher. All of it is text or
// numbers, so that it can be kept in a file.
type Entry struct {
	Title   string
	Aliases []string
	Tags    []string
	// Parts are the pieces of a document that are found by themselves, at
	// least one. Most documents have one.
	Parts []Part
}

// A Part is a piece of a document of a few kilobytes.
type Part struct {
	// Words are its words, in the order in which they first come, a line
	// each. Those that begin with `#` are tags.
	Words string
	// Levels are how much the part is about each of the words, a byte each.
	Levels string
}

// A Note is an entry with its place in the site.
type Note struct {
	*Entry
	// Sections gives those of the document again, for what is shown of it.
	Sections func() []Section
	Address  string // from the site's root, escaped
	Folder   string // where a reader finds it, "" at the root
	// Key is the same for notes that are the same in all of this, for Update;
	// "" where nobody knows.
	Key string
}
