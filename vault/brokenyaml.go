package vault

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// readBlock reads the YAML of a block that begins at an offset. Where it is
// broken, the problem is told and each property that can be read by itself
// is.
func (r *propertyReader) readBlock(text []byte, offset int) {
	mapping, err := parseYAML(text)
	if err != nil && bytes.HasPrefix(bytes.TrimSpace(text), []byte{'{'}) {
		// JSON may be indented with tabs, which YAML does not allow.
		var compact bytes.Buffer
		if json.Compact(&compact, text) == nil {
			mapping, err = parseYAML(compact.Bytes())
		}
	}
	if err == nil {
		if mapping != nil {
			r.readMapping(mapping, offset)
		}
		return
	}
	found := fault{line: yamlLine(err), column: 1,
		cause: "the properties are not written as YAML wants them"}
	first := true
	for _, e := range splitEntries(text) {
		mapping, err := parseYAML(e.text)
		if err != nil {
			if first {
				found = diagnose(e, err)
				first = false
			}
			// The line may stand for itself, whatever follows it.
			line, _, _ := bytes.Cut(e.text, []byte{'\n'})
			if mapping, err = parseYAML(line); err != nil {
				continue
			}
		}
		if mapping != nil {
			r.readMapping(mapping, offset+e.start)
		}
	}
	r.hideIfSaid(text)
	r.problems = append(r.problems,
		r.problemAt(offset, found.line, found.column, found.cause))
}

// readUnclosed looks at a note that begins with `---` but never ends its
// properties. Obsidian sees none; what hides the note counts all the same.
func (r *propertyReader) readUnclosed(text []byte) {
	head, _, _ := bytes.Cut(text, []byte("\n\n"))
	head, _, _ = bytes.Cut(head, []byte("\n\r\n"))
	if !regexp.MustCompile(`(?m)^[A-Za-z][\w -]*:(\s|$)`).Match(head) {
		return // a rule across the page
	}
	r.hideIfSaid(text)
	r.problems = append(r.problems, Problem{Path: r.path, Line: 1, Column: 1,
		Message: "the properties are not closed by a line ---"})
}

// parseYAML returns the mapping that a text is, nil for an empty text.
func parseYAML(text []byte) (mapping *yaml.Node, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("read YAML: %v", p)
		}
	}()
	if isSeveral(text) {
		return nil, errors.New("YAML after the end of YAML")
	}
	var doc, rest yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	if err := decoder.Decode(&doc); err != nil && err != io.EOF {
		return nil, err
	}
	// The decoder takes a line with less indentation than the first for the
	// end, and what follows it may hide the note.
	if err := decoder.Decode(&rest); err == nil {
		return nil, errNoMapping
	} else if err != io.EOF {
		return nil, err
	}
	if len(doc.Content) == 0 {
		return nil, nil
	}
	switch root := doc.Content[0]; {
	case root.Kind == yaml.MappingNode:
		return root, nil
	case root.Kind == yaml.ScalarNode && root.Tag == "!!null":
		return nil, nil
	}
	return nil, errNoMapping
}

// isSeveral reports whether a line is a mark between documents of YAML: what
// follows would not be read, and may hide the note.
func isSeveral(text []byte) bool {
	for line := range bytes.Lines(text) {
		rest, ok := bytes.CutPrefix(line, []byte("---"))
		if !ok {
			rest, ok = bytes.CutPrefix(line, []byte("..."))
		}
		if ok && (len(rest) == 0 || strings.IndexByte(" \t\n\f\r", rest[0]) >= 0) {
			return true
		}
	}
	return false
}

var errNoMapping = errors.New("YAML holds no names")

// An entryText is a top-level property in broken YAML: the line that begins
// it and those that go on with it.
type entryText struct {
	text        []byte
	start, line int // line counts from 1 in the block
}

func splitEntries(text []byte) []entryText {
	var entries []entryText
	offset, number := 0, 0
	for line := range bytes.Lines(text) {
		number++
		blank := len(bytes.TrimSpace(line)) == 0
		goesOn := blank || bytes.IndexByte([]byte(" \t-#]}"), line[0]) >= 0
		if !goesOn || len(entries) == 0 && !blank && line[0] != '#' {
			entries = append(entries, entryText{start: offset, line: number})
		}
		offset += len(line)
		if len(entries) > 0 {
			last := &entries[len(entries)-1]
			last.text = text[last.start:offset]
		}
	}
	return entries
}

// A fault says in plain words what YAML cannot read. Lines and columns count
// from 1, columns in characters. The words quote nothing of the note: it may
// be private.
type fault struct {
	line, column int
	cause        string
}

var yamlLineNumber = regexp.MustCompile(`line (\d+):`)

func yamlLine(err error) int {
	if m := yamlLineNumber.FindStringSubmatch(err.Error()); m != nil {
		line, _ := strconv.Atoi(m[1])
		return line
	}
	return 1
}

// diagnose finds the fault in an entry, by the mistakes that people make.
func diagnose(e entryText, err error) fault {
	lines := strings.Split(strings.TrimRight(string(e.text), "\r\n"), "\n")
	if strings.HasPrefix(lines[0], "{") {
		return fault{e.line, 1, "the braces that begin here are not closed," +
			" or what they hold is not JSON"}
	}
	for i, line := range lines {
		indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
		if tab := strings.IndexByte(indent, '\t'); tab >= 0 {
			return fault{e.line + i, tab + 1,
				"the properties are indented with a tab; use spaces"}
		}
	}
	at := min(max(yamlLine(err)-1, 0), len(lines)-1)
	line := lines[at]
	name, value, ok := strings.Cut(line, ":")
	if !ok {
		return fault{e.line + at, 1,
			"this line of the properties is not `name: value`"}
	}
	column := utf8.RuneCountInString(name) + 2
	column += len(value) - len(strings.TrimLeft(value, " "))
	return fault{e.line + at, column, diagnoseValue(strings.TrimSpace(value))}
}

func diagnoseValue(value string) string {
	switch {
	case value == "":
		return "what follows this property is neither a text nor a list"
	case strings.HasPrefix(value, "[["):
		return "a link among the properties must stand in quotes"
	case value[0] == '[' || value[0] == '{':
		return "the list that begins here is not closed, or text follows it"
	case value[0] == '"' || value[0] == '\'':
		return "the quotes that begin here are not closed, or text follows" +
			" them"
	case strings.ContainsRune("@`%&*!|>#?,-", rune(value[0])):
		return fmt.Sprintf(
			"a property that begins with %q must stand in quotes", value[0])
	case strings.Contains(value, ": ") || strings.HasSuffix(value, ":"):
		return "a property with a colon in it must stand in quotes"
	}
	return "the value of this property is not written as YAML wants it"
}
