package vault

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"go.abhg.dev/goldmark/wikilink"
)

// A Link is a link or embed of a published note that leads, or was meant to
// lead, into the vault.
type Link struct {
	From *Note
	Node ast.Node
	// Written is the destination as the note has it, "a%20b.md#c" or "b#c".
	Written string
	// Embed is set for `![[x]]`, `![](x)` and `<img src="x">`.
	Embed        bool
	Line, Column int
	Target       Target

	wiki     bool // it is a wikilink
	property bool // it stands in a property, and has no Node
	html     bool // it is an attribute of HTML, its references resolved
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

// addLink remembers a link of Markdown or, without a destination, a wikilink.
func (n *Note) addLink(node ast.Node, destination string, embed bool) {
	written := destination
	w, wiki := node.(*wikilink.Node)
	if wiki {
		written = string(w.Target)
		if len(w.Fragment) > 0 || len(w.Target) == 0 {
			written += "#" + string(w.Fragment)
		}
	} else if isExternal(destination) {
		return
	}
	link := &Link{From: n, Node: node, Written: written, Embed: embed, wiki: wiki}
	link.Line, link.Column = n.positions.at(start(node))
	n.Links = append(n.Links, link)
	n.links[node] = link
}

// scheme begins an absolute URL (RFC 3986, section 3.1). No file in a vault
// can be meant: Obsidian allows no `:` in names.
var scheme = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`)

func isExternal(destination string) bool {
	return strings.HasPrefix(destination, "//") ||
		scheme.MatchString(destination)
}

// address returns what a link leads to as the lookup wants it.
func (l *Link) address() address {
	wiki := l.wiki || l.property
	text := l.Written
	if !wiki && !l.html {
		plain := util.UnescapePunctuations([]byte(text))
		plain = util.ResolveNumericReferences(plain)
		text = string(util.ResolveEntityNames(plain))
	}
	return address{text: text, wiki: wiki, embed: l.Embed}
}
