package theme

import "time"

// A Page is what a template needs to make one page. Exactly one of Note,
// List, Cloud and Missing is set.
type Page struct {
	Site *Site
	// Title is the page's own; the browser shows it with the site's.
	Title       string
	Description string
	// Lang is the language of the page, as BCP 47 has it. Required.
	Lang string
	// Dir is "rtl" where the page is read from right to left, else "".
	Dir string
	// Root leads from the page to the site's root, "./" or "../../".
	Root string
	// Path is the page's address from the site's root, percent-encoded.
	Path string
	// Image is the full address of the picture that stands for the page
	// elsewhere, "" where there is none.
	Image string
	// Here is the navigation's entry that this page is: "home", "all",
	// "tags", "graph" or "".
	Here string
	// Crumbs lead to the folders that the page is in, from the outermost.
	Crumbs []Link
	// Tree is a part of the folder tree, around the page.
	Tree []Branch

	Note    *Note
	List    *List
	Cloud   []Tag
	Map     *Map // above List
	Missing bool // the page for addresses that lead nowhere
}

// A Site is what all pages share. It is not changed while pages are made.
type Site struct {
	Title string
	// Base is the full address of the site's root, "" where it is not known.
	Base string
	// All and Tags are addresses from the site's root; Tags is "" for a site
	// without tags.
	All, Tags string
	// Styles, Icon and the scripts are addresses from the site's root. Scheme
	// is run before a page is drawn, Main when it is.
	Styles       []string
	Icon         string
	Scheme, Main string
	// Guest, Search and Graph are addresses from the site's root that scripts
	// want: of the interpreter, the search index and the graph of all notes;
	// "" for a site without them.
	Guest, Search, Graph string
	// Reference is the address of the list of what documents Go's library, ""
	// where there is none.
	Reference string
	// Compiler is the address of the list of the Go compiler's parts, "" where
	// pages run programs by the interpreter alone.
	Compiler string
}

// A Link is a text that leads somewhere. Href is relative to the page.
type Link struct{ Text, Href string }

// A Note is the page of a note.
type Note struct {
	Body       []byte // HTML, and clean
	Minutes    int    // to read it
	Tags       []Link
	Classes    []string // the note's cssclasses
	Date       time.Time
	Properties []Property
	Contents   []Entry
	Backlinks  []Backlink
	Outgoing   []Link     // the notes that it links to
	Mentions   []Backlink // pages that name it and do not link to it
	Graph      []byte     // SVG: the note among its neighbours
}

// A Property is a row of the properties under the title.
type Property struct {
	Name   string
	Values []Link // with an empty Href for a text
}

// An Entry is a heading in the table of contents with those below it.
type Entry struct {
	Link
	Entries []Entry
}

// A Branch is an entry of the folder tree.
type Branch struct {
	Link
	Folder bool // of which Branches are shown if it is Open
	Open   bool
	Here   bool // it is the page
	// More is how many entries are left out, for the last branch of a folder.
	More     int
	Branches []Branch
}

// A List is a page of links in groups.
type List struct {
	Groups []Group
}

// A Group is the part of a list under one heading; the first may have none.
type Group struct {
	Title string
	Items []Item
}

// An Item is an entry of a list.
type Item struct {
	Link
	Aside  string // a few words beside it
	Folder bool   // it leads to the page of a folder
}

// A Map is the page of the graph of all notes.
type Map struct {
	Notes, Links int
	Data         string // the address of what is drawn, relative to the page
}

// A Tag is an entry of the page of tags.
type Tag struct {
	Link
	Count int
}
