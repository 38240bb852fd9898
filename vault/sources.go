package vault

import (
	"go/parser"
	"go/token"
	"strings"
)

// A Source is one file of a block that holds several: each begins with a line
// `-- name --`, as in a txtar archive.
type Source struct {
	Name, Code string
	Line       int // of the block at which Code begins
}

// splitSources splits code at the lines that begin a file; none where it is a
// single file. What comes before the first is the file prog.go, as on the Go
// Playground.
func splitSources(code string) []Source {
	if !hasMarker(code) {
		return nil
	}
	// A program may hold an archive in a string of its own.
	_, err := parser.ParseFile(token.NewFileSet(), "", code,
		parser.SkipObjectResolution)
	if err == nil {
		return nil
	}
	list := []Source{{Name: "prog.go", Line: 1}}
	n := 0
	for line := range strings.SplitAfterSeq(code, "\n") {
		n++
		if name := marker(line); name != "" {
			list = append(list, Source{Name: name, Line: n + 1})
			continue
		}
		list[len(list)-1].Code += line
	}
	if strings.TrimSpace(list[0].Code) == "" {
		list = list[1:]
	}
	return list
}

func hasMarker(code string) bool {
	for line := range strings.Lines(code) {
		if marker(line) != "" {
			return true
		}
	}
	return false
}

// marker is the name in a line that begins a file, or "". It holds no space.
func marker(line string) string {
	fields := strings.Fields(line)
	if len(fields) == 3 && fields[0] == "--" && fields[2] == "--" &&
		strings.HasPrefix(line, "-- "+fields[1]+" --") {
		return fields[1]
	}
	return ""
}
