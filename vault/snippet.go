package vault

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// A Snippet is a fenced block of Go code.
type Snippet struct {
	Note *Note
	// Info is the rest of the fence's first line after the language, trimmed.
	// The language `run-go` of the Execute Code plugin counts as `go run`.
	Info string
	// Code is the text between the fences, without the indentation of the
	// list or quote that the fence stands in. Its lines end in "\n".
	Code string
	// Index counts the note's snippets from 0.
	Index int
	Node  *ast.FencedCodeBlock
	// Line is the line of the file on which Code begins.
	Line int
	// columns holds, for each line of Code, the bytes before it in the file.
	columns []int
}

// Position turns a line and column of Code, both from 1, into those of the
// note's file.
func (s *Snippet) Position(line, column int) (fileLine, fileColumn int) {
	if line < 1 || line > len(s.columns) {
		return s.Line + max(line, 1) - 1, column
	}
	return s.Line + line - 1, s.columns[line-1] + column
}

func (n *Note) addSnippet(s *Snippet) {
	if n.snippets == nil {
		n.snippets = map[ast.Node]*Snippet{}
	}
	n.snippets[s.Node] = s
	n.Snippets = append(n.Snippets, s)
}

// snippet returns the Go code of a fence, or nil where it is in another
// language.
func (n *Note) snippet(fence *ast.FencedCodeBlock) *Snippet {
	if fence.Info == nil {
		return nil
	}
	info := strings.TrimSpace(string(fence.Info.Segment.Value(n.Source)))
	language, rest := info, ""
	if i := strings.IndexAny(info, " \t"); i >= 0 {
		language, rest = info[:i], strings.TrimSpace(info[i:])
	}
	switch strings.ToLower(language) {
	case "go":
	case "run-go":
		rest = strings.TrimSpace("run " + rest)
	default:
		return nil
	}
	s := &Snippet{Note: n, Info: rest, Node: fence}
	line, _ := n.positions.line(fence.Info.Segment.Start)
	s.Line = line + 1
	var code bytes.Buffer
	lines := fence.Lines()
	for i := range lines.Len() {
		seg := lines.At(i)
		value := bytes.TrimSuffix(seg.Value(n.Source), []byte{'\n'})
		code.Write(bytes.TrimSuffix(value, []byte{'\r'}))
		code.WriteByte('\n')
		_, column := n.positions.at(seg.Start)
		s.columns = append(s.columns, column-1-seg.Padding)
	}
	s.Code = code.String()
	return s
}
