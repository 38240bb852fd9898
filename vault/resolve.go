package vault

import (
	"fmt"
	"path"
	"strings"
	"unicode"
)

// resolve sets a link's target and returns what is wrong with it, or "".
func (ix *index) resolve(l *Link) string {
	f := ix.lookup(path.Dir(fold(l.From.Path)), l.address())
	switch {
	case f.self:
		l.Target = Target{State: Found, Note: l.From}
		return l.resolvePlace(f.sub)
	case f.entry == nil:
		return fmt.Sprintf("links to %q, which is not in the vault%s",
			l.Written, ix.hint(l.address()))
	case f.entry.note != nil:
		l.Target = Target{State: Found, Note: f.entry.note}
	case f.entry.file != nil:
		l.Target = Target{State: Found, File: f.entry.file}
	default:
		l.Target = Target{State: Private}
		return fmt.Sprintf("links to %q, which is not published", l.Written)
	}
	if l.Target.Note != nil {
		if message := l.resolvePlace(f.sub); message != "" {
			return message
		}
	}
	switch {
	case f.alias:
		return fmt.Sprintf("links to %q by an alias, which Obsidian does not"+
			" follow; write [[%s|%s]]", l.Written,
			strings.TrimSuffix(f.entry.path, path.Ext(f.entry.path)), l.Written)
	case f.other != nil && f.other.note == nil && f.other.file == nil:
		return fmt.Sprintf("links to %q, which is the name of several files;"+
			" %q is taken", l.Written, f.entry.path)
	case f.other != nil:
		return fmt.Sprintf("links to %q, which may be %q or %q;"+
			" the first is taken", l.Written, f.entry.path, f.other.path)
	}
	return ""
}

// resolvePlace finds the heading or block within the target.
func (l *Link) resolvePlace(sub string) string {
	id, isBlock := strings.CutPrefix(sub, "^")
	switch {
	case strings.Trim(sub, "# ") == "":
		return ""
	case isBlock:
		if l.Target.Block = l.Target.Note.findBlock(id); l.Target.Block == nil {
			return fmt.Sprintf("links to %q, but the note has no block %q",
				l.Written, "^"+id)
		}
	default:
		h := l.Target.Note.findHeading(sub)
		if l.Target.Heading = h; h == nil {
			return fmt.Sprintf("links to %q, but the note has no heading %q",
				l.Written, sub)
		}
	}
	return ""
}

// hint names the one file whose name has the letters of the address.
func (ix *index) hint(a address) string {
	p := a.places()[0]
	if near := ix.near()[letters(p.path)]; len(near) == 1 {
		return fmt.Sprintf("; is %q meant?", near[0].path)
	}
	return ""
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
