package vault

import (
	"fmt"
	"path"
	"strings"
	"unicode"
)

// boards are Obsidian's own files that are made of notes: a page cannot show
// them, and their source names notes whether those are published or not, and
// what their properties are called.
var boards = map[string]bool{".canvas": true, ".base": true}

// resolve sets a link's target and returns what is wrong with it, or "".
func (ix *index) resolve(l *Link) string {
	l.Target = Target{}
	a := l.address()
	f := ix.lookup(path.Dir(l.From.Path), a)
	switch {
	case f.self:
		l.Target = Target{State: Found, Note: l.From}
	case f.entry == nil:
		return fmt.Sprintf("links to %q, which is not in the vault%s",
			a.read(), ix.hint(a))
	case f.entry.note != nil:
		l.Target = Target{State: Found, Note: f.entry.note}
	case f.entry.file != nil && boards[path.Ext(f.entry.key)]:
		l.Target = Target{State: Private}
		return fmt.Sprintf("links to %q, which is not published: such a file names"+
			" notes, private ones among them", a.read())
	case f.entry.file != nil:
		l.Target = Target{State: Found, File: f.entry.file}
	default:
		l.Target = Target{State: Private}
		return fmt.Sprintf("links to %q, which is not published", a.read())
	}
	if l.Target.Note != nil {
		if wrong := l.Target.findPlace(f.sub); wrong != "" {
			return fmt.Sprintf("links to %q, but %s", a.read(), wrong)
		}
	}
	return f.doubt(a)
}

// doubt says why Obsidian might not follow the link to where it leads here.
func (f find) doubt(a address) string {
	switch {
	case f.alias:
		name, _ := cutFold(f.entry.path, ".md")
		alias, _, found := strings.Cut(a.read(), "#")
		if found {
			name += "#" + f.sub
		}
		return fmt.Sprintf("links to %q by an alias, which Obsidian does not"+
			" follow; write [[%s|%s]]", a.read(), name, alias)
	case f.other == nil:
		return ""
	case f.other.note == nil && f.other.file == nil:
		return fmt.Sprintf("links to %q, which is the name of several files;"+
			" %q is taken", a.read(), f.entry.path)
	default:
		return fmt.Sprintf("links to %q, which may be %q or %q;"+
			" the first is taken", a.read(), f.entry.path, f.other.path)
	}
}

// findPlace sets the heading or block within the note that the target is, and
// returns what is wrong with the place, or "".
func (t *Target) findPlace(sub string) string {
	id, isBlock := strings.CutPrefix(sub, "^")
	switch {
	case strings.Trim(sub, "# ") == "":
	case isBlock:
		if t.Block = t.Note.findBlock(id); t.Block == nil {
			return fmt.Sprintf("the note has no block %q", "^"+id)
		}
	default:
		if t.Heading = t.Note.findHeading(sub); t.Heading == nil {
			return fmt.Sprintf("the note has no heading %q", sub)
		}
	}
	return ""
}

// hint names the one file whose name has the letters of the address.
func (ix *index) hint(a address) string {
	p := a.places()[0]
	near := ix.near()[letters(p.path)]
	if len(near) != 1 {
		return ""
	}
	ext := fold(path.Ext(p.path))
	if near[0].note != nil && ext != "" && ext != ".md" {
		return "" // a film is not meant to be a note
	}
	return fmt.Sprintf("; is %q meant?", near[0].path)
}

func (ix *index) nearNames() map[string][]*entry {
	near := map[string][]*entry{}
	for _, e := range ix.entries {
		if e.note == nil && e.file == nil {
			continue
		}
		if key := letters(e.path); key != "" {
			near[key] = append(near[key], e)
		}
	}
	return near
}

// letters reduces a path to the letters and digits of its file's name.
func letters(name string) string {
	base := path.Base(fold(name))
	base = strings.TrimSuffix(base, path.Ext(base))
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, base)
}
