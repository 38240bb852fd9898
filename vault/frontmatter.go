package vault

import (
	"bytes"

	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"go.abhg.dev/goldmark/frontmatter"
)

// A propertyBlock is what stands between the two `---` at a note's top.
type propertyBlock struct {
	start, stop int // of the lines between
	body        int // where the text begins
	// unclosed is set where the second `---` is missing: then all is text.
	unclosed bool
}

// frontmatterParser finds blocks of properties and nothing else; it stops
// reading where the block ends. The YAML is read later, with its positions.
var frontmatterParser = parser.NewParser(parser.WithBlockParsers(
	util.Prioritized(&frontmatter.Parser{Formats: []frontmatter.Format{{
		Name: "YAML", Delim: '-',
		Unmarshal: func(raw []byte, size any) error {
			*size.(*int) = len(raw)
			return nil
		},
	}}}, 0),
))

// findProperties finds the properties of a text. They begin on its very first
// line, and with three hyphens, no more (Obsidian help, Properties).
func findProperties(source []byte) propertyBlock {
	first, _, _ := bytes.Cut(source, []byte{'\n'})
	if !isFence(first) {
		return propertyBlock{}
	}
	pc := parser.NewContext()
	frontmatterParser.Parse(
		trimmedLines{text.NewReader(source)}, parser.WithContext(pc))
	var size int
	data := frontmatter.Get(pc)
	if data == nil || data.Decode(&size) != nil {
		return propertyBlock{}
	}
	b := propertyBlock{start: min(len(first)+1, len(source))}
	b.stop = b.start + size
	last, _, _ := bytes.Cut(source[b.stop:], []byte{'\n'})
	if !isFence(last) {
		return propertyBlock{start: b.start, stop: b.stop, unclosed: true}
	}
	b.body = min(b.stop+len(last)+1, len(source))
	return b
}

func isFence(line []byte) bool {
	return string(bytes.TrimRight(line, " \t\r")) == "---"
}

// trimmedLines hides spaces at the ends of lines: editors leave them behind
// the hyphens.
type trimmedLines struct{ text.Reader }

func (r trimmedLines) PeekLine() ([]byte, text.Segment) {
	line, seg := r.Reader.PeekLine()
	if isFence(bytes.TrimRight(line, "\n")) {
		line = line[:3]
	}
	return line, seg
}
