package rewrite

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"regexp"
	"slices"
	"strings"
)

// marker is the line that begins a file in the txtar format.
var marker = regexp.MustCompile(`(?m)^-- (\S+) --[ \t]*$`)

// Join makes one file of the files of a program that stand in one text, each
// behind a line "-- name.go --" as in the txtar format; what stands before the
// first such line is a file, too, if it says what package it is of. No line
// moves.
// The imports of all files go to the first one: a name must stand for the
// same package in all. Files that are not Go are left out. A text without
// such lines comes back as it is, and so does one file that has such lines in
// a string or a comment.
//
// Where a file is named x_test.go, line directives say which file is which,
// in folders as package program has them.
func Join(source string) string {
	marks := marker.FindAllStringSubmatchIndex(source, -1)
	if len(marks) == 0 || isFile(source) {
		return source
	}
	j := joiner{out: []byte(source), seen: map[string]bool{}}
	tests := slices.ContainsFunc(marks, func(m []int) bool {
		return strings.HasSuffix(source[m[2]:m[3]], "_test.go")
	})
	if _, ok := j.importsOf(source[:marks[0][0]]); ok {
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
	if tests {
		return j.named(source, marks)
	}
	return j.text()
}

// joiner is files on their way into one.
type joiner struct {
	out   []byte
	seen  map[string]bool // imports, as they are written
	head  int             // the end of the first package clause, 0 so far
	name  string          // of the package
	extra []string        // imports that the first file lacks
}

// add takes the file between two offsets. One that does not begin as a Go
// file stays as it is, for the type check to complain of.
func (j *joiner) add(from, to int) {
	file, ok := j.importsOf(string(j.out[from:to]))
	if !ok {
		return
	}
	at := func(pos token.Pos) int { return from + int(pos) - 1 }
	first := j.head == 0
	if first {
		j.head, j.name = at(file.Name.End()), file.Name.Name
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

// importsOf parses the beginning of a file of the package.
func (j *joiner) importsOf(text string) (*ast.File, bool) {
	file, err := parser.ParseFile(token.NewFileSet(), "", text,
		parser.ImportsOnly|parser.SkipObjectResolution)
	return file, err == nil && (j.name == "" || j.name == file.Name.Name)
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
	return string(j.out[:j.head]) + j.imports() + string(j.out[j.head:])
}

// imports are those that the first file lacks.
func (j *joiner) imports() string {
	if len(j.extra) == 0 {
		return ""
	}
	return "; import (" + strings.Join(j.extra, "; ") + ")"
}

// named is the one file with a directive in the place of each line that
// begins a file.
func (j *joiner) named(source string, marks [][]int) string {
	var b strings.Builder
	from := 0
	copyTo := func(to int) {
		if from <= j.head && j.head < to {
			b.Write(j.out[from:j.head])
			b.WriteString(j.imports())
			from = j.head
		}
		b.Write(j.out[from:to])
		from = to
	}
	if j.head > 0 && j.head <= marks[0][0] {
		b.WriteString("/*line /0/prog.go:1:1*/")
	}
	for _, m := range marks {
		copyTo(m[0])
		fmt.Fprintf(&b, "//line /%d/%s:1", strings.Count(source[:m[0]], "\n")+1,
			path.Base(source[m[2]:m[3]]))
		from = m[1]
	}
	copyTo(len(j.out))
	return b.String()
}
