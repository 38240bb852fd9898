package vault

import (
	"path"
	"strings"
)

// resolveProperties finds the targets of the links in a note's properties:
// values that are a whole wikilink (Obsidian help, Properties), and the
// picture that stands for the note elsewhere, `cover` or `image`, which is the
// path of a file (Obsidian help, Social sharing).
func (ix *index) resolveProperties(n *Note) (problems []Problem) {
	n.findPropertyLinks()
	for _, p := range n.Properties.Other {
		for _, link := range p.Links {
			if link == nil {
				continue
			}
			if message := ix.resolve(link); message != "" {
				problems = append(problems, Problem{Path: n.Path, Line: 1, Column: 1,
					Message: "the property \"" + p.Name + "\" " + message})
			}
		}
	}
	return problems
}

// findPropertyLinks puts their labels in the place of those values that are
// links.
func (n *Note) findPropertyLinks() {
	for i := range n.Properties.Other {
		p := &n.Properties.Other[i]
		if p.Links != nil {
			continue // found before
		}
		for at, value := range p.Values {
			text, label, ok := cutWikilink(value)
			if name := strings.ToLower(p.Name); !ok && (name == "cover" || name == "image") && !isExternal(value) {
				text, label, ok = value, path.Base(value), true
			}
			if !ok {
				continue
			}
			if p.Links == nil {
				p.Links = make([]*Link, len(p.Values))
			}
			p.Links[at] = &Link{From: n, Written: text, Line: 1, property: true}
			p.Values[at] = label
		}
	}
}

// cutWikilink splits a text that is one wikilink into its target and what
// stands for it.
func cutWikilink(text string) (target, label string, ok bool) {
	inner, ok := strings.CutPrefix(strings.TrimSpace(text), "[[")
	if !ok {
		return "", "", false
	}
	if inner, ok = strings.CutSuffix(inner, "]]"); !ok || strings.Contains(inner, "]]") {
		return "", "", false
	}
	target, label, labelled := strings.Cut(inner, "|")
	if target = strings.TrimSpace(target); target == "" {
		return "", "", false
	}
	if !labelled {
		label = target
	}
	return target, strings.TrimSpace(label), true
}

// AllLinks gives the links of a note's properties and of its text.
func (n *Note) AllLinks() []*Link {
	var links []*Link
	for _, p := range n.Properties.Other {
		for _, l := range p.Links {
			if l != nil {
				links = append(links, l)
			}
		}
	}
	if links == nil {
		return n.Links
	}
	return append(links, n.Links...)
}
