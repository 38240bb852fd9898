package rewrite

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"strings"
)

// marker is the line that begins a file in the txtar format.
var marker = regexp.MustCompile(`(?m)^-- (\S+) --[ \t]*$`)

// Join makes one file of the files of a program that stand in one text, each
// behind a line "-- name.go --" as in the txtar format; what stands before the
// first such line is a file, too, if it says package main. No line moves.
// The imports of all files go to the first one: a name must stand for the
// same package in all. Files that are not Go are left out. A text without
// such lines comes back as it is, and so does one file that has such lines in
// a string or a comment.
func Join(source string) string {
	marks := marker.FindAllStringSubmatchIndex(source, -1)
	if len(marks) == 0 || isFile(source) {
		return source
	}
	j := joiner{out: []byte(source), seen: map[string]bool{}}
	if _, ok := importsOf(source[:marks[0][0]]); ok {
		j.add(0, marks[0][0])
	} else {
		j.blank(0, marks[0][0])
	}
	for i, m := range marks {
		end := len(source)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		j.blank(m[0], m[1])
		if strings.HasSuffix(source[m[2]:m[3]], ".go") {
			j.add(m[1], end)
		} else {
			j.blank(m[1], end)
		}
	}
	return j.text()
}

// joiner is files on their way into one.
type joiner struct {
	out   []byte
	seen  map[string]bool // imports, as they are written
	head  int             // the end of the first package clause, 0 so far
	extra []string        // imports that the first file lacks
}

// add takes the file between two offsets. One that does not begin as a Go
// file stays as it is, for the type check to complain of.
func (j *joiner) add(from, to int) {
	file, ok := importsOf(string(j.out[from:to]))
	if !ok {
		return
	}
	at := func(pos token.Pos) int { return from + int(pos) - 1 }
	first := j.head == 0
	if first {
		j.head = at(file.Name.End())
	} else {
		j.blank(at(file.Package), j.past(at(file.Name.End()), to))
	}
	for _, spec := range file.Imports {
		text := string(j.out[at(spec.Pos()):at(spec.End())])
		if !first && !j.seen[text] {
			j.extra = append(j.extra, text)
		}
		j.seen[text] = true
	}
	if first {
		return
	}
	for _, decl := range file.Decls {
		j.blank(at(decl.Pos()), j.past(at(decl.End()), to))
	}
}

// past is the offset behind a semicolon, if one comes next.
func (j *joiner) past(end, to int) int {
	next := end
	for next < to && j.out[next] == ' ' {
		next++
	}
	if next < to && j.out[next] == ';' {
		return next + 1
	}
	return end
}

// importsOf parses the beginning of a file of package main.
func importsOf(text string) (*ast.File, bool) {
	file, err := parser.ParseFile(token.NewFileSet(), "", text,
		parser.ImportsOnly|parser.SkipObjectResolution)
	return file, err == nil && file.Name.Name == "main"
}

// isFile says that a text is one Go file as it stands.
func isFile(text string) bool {
	_, err := parser.ParseFile(token.NewFileSet(), "", text,
		parser.SkipObjectResolution)
	return err == nil
}

// blank leaves nothing but the line breaks.
func (j *joiner) blank(from, to int) {
	for i := from; i < to; i++ {
		if c := j.out[i]; c != '\n' && c != '\r' {
			j.out[i] = ' '
		}
	}
}

// text is the one file.
func (j *joiner) text() string {
	if len(j.extra) == 0 {
		return string(j.out)
	}
	return string(j.out[:j.head]) + "; import (" +
		strings.Join(j.extra, "; ") + ")" + string(j.out[j.head:])
}
