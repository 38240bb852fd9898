package theme

import (
	"html/template"
	"strconv"
)

// A hole is a part of the page of a note that differs from note to note.
type hole int

// The holes: first those that hold a text, then those that hold HTML.
const (
	title hole = iota
	description
	image
	address
	classes
	day
	machineDay
	minutes
	crumbs
	tree
	tags
	properties
	contents
	backlinks
	outgoing
	mentions
	neighbours
	article
	holes
)

// has reports whether a page has anything for a hole.
func (p *Page) has(h hole) bool {
	n := p.Note
	switch h {
	case crumbs:
		return len(p.Crumbs) > 0
	case tree:
		return len(p.Tree) > 0
	case tags:
		return len(n.Tags) > 0
	case properties:
		return len(n.Properties) > 0
	case contents:
		return len(n.Contents) > 0
	case backlinks:
		return len(n.Backlinks) > 0
	case outgoing:
		return len(n.Outgoing) > 0
	case mentions:
		return len(n.Mentions) > 0
	case neighbours:
		return len(n.Graph) > 0
	case article:
		return true
	}
	return p.text(h) != ""
}

// text is what a page has for a hole that holds a text.
func (p *Page) text(h hole) string {
	switch h {
	case title:
		return p.Title
	case description:
		return p.Description
	case image:
		return p.Image
	case address:
		return p.Path
	case classes:
		all := ""
		for _, class := range p.Note.Classes {
			all += " " + class
		}
		return all
	case minutes:
		if p.Note.Minutes > 0 {
			return strconv.Itoa(p.Note.Minutes)
		}
	case day, machineDay:
		switch at := p.Note.Date; {
		case at.IsZero():
		case h == day:
			return date(at)
		default:
			return machineDate(at)
		}
	}
	return ""
}

// write writes what a page has for a hole.
func (p *Page) write(w *writer, h hole) {
	switch h {
	case crumbs:
		writeLinks(w, "", p.Crumbs)
	case tree:
		writeTree(w, p.Tree)
	case tags:
		writeLinks(w, "tag", p.Note.Tags)
	case properties:
		writeProperties(w, p.Note.Properties)
	case contents:
		writeContents(w, p.Note.Contents)
	case backlinks:
		writeBacklinks(w, p.Note.Backlinks)
	case outgoing:
		writeLinks(w, "", p.Note.Outgoing)
	case mentions:
		writeBacklinks(w, p.Note.Mentions)
	case neighbours:
		w.html(p.Note.Graph)
	case article:
		w.html(p.Note.Body)
	default:
		w.text(p.text(h))
	}
}

// put puts something in the place of a hole's own.
func (v *view) put(h hole, s string) {
	texts := map[hole]*string{title: &v.Title, description: &v.Description, image: &v.Image,
		address: &v.Path, classes: &v.Classes, day: &v.Date, machineDay: &v.MachineDate, minutes: &v.Minutes}
	if text := texts[h]; text != nil {
		*text = s
		return
	}
	markup := map[hole]*template.HTML{crumbs: &v.Crumbs, tree: &v.Tree, tags: &v.Tags, properties: &v.Properties,
		contents: &v.Contents, backlinks: &v.Backlinks, outgoing: &v.Outgoing,
		mentions: &v.Mentions, neighbours: &v.Graph, article: &v.Article}
	*markup[h] = template.HTML(s)
}
