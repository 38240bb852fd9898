package vault

import (
	"fmt"
	"strings"
	"time"

	"gopkg.in/yaml.v3"
)

// Properties are what stands between the `---` lines at the top of a note.
// The zero value is a note without properties.
type Properties struct {
	Title       string
	Description string
	Permalink   string
	Lang        string
	BaseURL     string // `base-url`, of the home note
	Lab         string // `lab`, of the home note
	Tags        []string
	Aliases     []string
	CSSClasses  []string
	// Created and Modified are the first of the properties that notes use
	// for them (`created`, `date`, `creation date`; `modified`, `updated`,
	// `modification date`) that holds a date; zero where there is none.
	Created, Modified time.Time
	// Other holds the rest in the order of the text, without empty ones and
	// without those that only steer publishing.
	Other []Property
}

// A Property is one property that Runnel gives no meaning.
type Property struct {
	Name string
	// Values holds one text for a single value and one each for a list. Of a
	// link that is its label.
	Values []string
	// Links holds a link for each of Values that is one, and is nil where
	// none is.
	Links []*Link
}

var (
	createdNames  = []string{"created", "date", "creation date"}
	modifiedNames = []string{"modified", "updated", "modification date"}
)

// A propertyReader reads the properties of one note.
type propertyReader struct {
	Properties
	path   string
	source []byte
	pos    *positions
	seen   map[string]bool
	dates  map[string]time.Time
	// publish and draft decide who may read the note.
	publish, draft decision
	// problems are those that bear on publishing, faults the others: of a
	// hidden note only the former are told.
	problems, faults []Problem
}

// readProperties reads a block of properties. Nothing of it is an error.
func readProperties(
	path string, source []byte, block propertyBlock, pos *positions,
) *propertyReader {
	r := &propertyReader{path: path, source: source, pos: pos,
		seen: map[string]bool{}, dates: map[string]time.Time{}}
	text := source[block.start:block.stop]
	switch {
	case block.unclosed:
		r.readUnclosed(text)
	case len(text) > 0:
		r.readBlock(text, block.start)
	}
	r.Created = r.firstDate(createdNames)
	r.Modified = r.firstDate(modifiedNames)
	return r
}

// readMapping reads the properties of a YAML mapping whose first line begins
// at an offset of the source.
func (r *propertyReader) readMapping(mapping *yaml.Node, offset int) {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		key, value := mapping.Content[i], mapping.Content[i+1]
		if value.Kind == yaml.AliasNode {
			value = value.Alias
		}
		r.read(key, value, offset)
	}
}

// read gives one property its meaning. Names are compared without regard to
// letter case, as Obsidian does.
func (r *propertyReader) read(key, value *yaml.Node, offset int) {
	name := strings.ToLower(strings.TrimSpace(key.Value))
	at := func(message string) Problem {
		return r.problem(value, offset, message)
	}
	switch name {
	case "publish":
		r.decide(&r.publish, value, at, "publish")
		return
	case "draft":
		r.decide(&r.draft, value, at, "draft")
		return
	}
	values := texts(value, 0)
	if len(values) == 0 {
		return
	}
	if r.seen[name] {
		r.faults = append(r.faults, r.problem(key, offset, fmt.Sprintf(
			"has the property %q twice; the first is taken", name)))
		return
	}
	r.seen[name] = true
	switch name {
	case "title", "description", "permalink", "lang", "lab", "base-url":
		if value.Kind != yaml.ScalarNode {
			r.faults = append(r.faults, at(fmt.Sprintf(
				"the property %q is a list or an object, not a text", name)))
			return
		}
		*r.textField(name) = values[0]
	case "tags", "tag", "aliases", "alias", "cssclasses", "cssclass":
		if value.Kind == yaml.MappingNode {
			r.faults = append(r.faults, at(fmt.Sprintf(
				"the property %q is an object, not a list of texts", name)))
			return
		}
		r.readList(name, value, values, at)
	default:
		r.readOther(key.Value, name, values)
	}
}

// readList reads one of the lists that Obsidian has, by either of its names.
func (r *propertyReader) readList(
	name string, value *yaml.Node, values []string, at func(string) Problem,
) {
	switch name {
	case "tags", "tag":
		r.readTags(values, at)
	case "aliases", "alias":
		r.Aliases = append(r.Aliases, aliasNames(value, values)...)
	default:
		r.CSSClasses = append(r.CSSClasses, words(values)...)
	}
}

func (r *propertyReader) textField(name string) *string {
	switch name {
	case "title":
		return &r.Title
	case "description":
		return &r.Description
	case "permalink":
		return &r.Permalink
	case "lang":
		return &r.Lang
	case "lab":
		return &r.Lab
	default:
		return &r.BaseURL
	}
}

func (r *propertyReader) readTags(values []string, at func(string) Problem) {
	for _, tag := range words(values) {
		tag = strings.Trim(tag, "#")
		if strings.Trim(tag, "0123456789/") == "" {
			r.faults = append(r.faults, at(
				"a tag needs at least one character that is no digit"))
			continue
		}
		r.Tags = append(r.Tags, tag)
	}
}

func (r *propertyReader) readOther(written, name string, values []string) {
	for _, dates := range [][]string{createdNames, modifiedNames} {
		for _, known := range dates {
			if name != known {
				continue
			}
			if date, ok := parseDate(values[0]); ok {
				r.dates[name] = date
				return
			}
		}
	}
	r.Other = append(r.Other, Property{Name: written, Values: values})
}

func (r *propertyReader) firstDate(names []string) time.Time {
	for _, name := range names {
		if date, ok := r.dates[name]; ok {
			return date
		}
	}
	return time.Time{}
}

// problem returns a problem at a node of YAML whose text begins at an offset.
func (r *propertyReader) problem(
	node *yaml.Node, offset int, message string,
) Problem {
	return r.problemAt(offset, node.Line, node.Column, message)
}

// problemAt takes a line and column as YAML counts them: both from 1, the
// column in characters.
func (r *propertyReader) problemAt(
	offset, line, column int, message string,
) Problem {
	first, _ := r.pos.line(offset)
	index := min(first+max(line, 1)-2, len(r.pos.starts)-1)
	at := r.pos.starts[index]
	for i := range string(r.source[at:]) {
		if column--; column <= 0 || r.source[at+i] == '\n' {
			at += i
			break
		}
	}
	p := Problem{Path: r.path, Message: message}
	p.Line, p.Column = r.pos.at(at)
	return p
}
