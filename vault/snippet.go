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
	Info    string
	Options SnippetOptions // what Info says
	// After is the block whose code comes before this one's, nil for none.
	After *Snippet
	// Broken says that Options name a block to come before this one, and that
	// there is none, or one that is broken itself.
	Broken bool
	// Code is the text between the fences, without the indentation of the
	// list or quote that the fence stands in. Its lines end in "\n".
	Code string
	// Sources are the files that Code holds, none where it is one file.
	Sources []Source
	// Index counts the note's snippets from 0.
	Index int
	Node  *ast.FencedCodeBlock
	// Line is the line of the file on which Code begins.
	Line int
	// columns holds, for each line of Code, the bytes before it in the file.
	columns []int
	// infoLine and infoColumn are where the options begin in the file.
	infoLine, infoColumn int
	faults               []infoFault
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
	info := string(fence.Info.Segment.Value(n.Source))
	language, at := cutLanguage(info)
	rest := strings.TrimSpace(info[at:])
	s := &Snippet{Note: n, Info: rest, Node: fence}
	s.Options, s.faults = parseOptions(rest)
	switch strings.ToLower(language) {
	case "go":
	case "run-go":
		s.Options.Run = true
		s.Info = strings.TrimSpace("run " + rest)
	default:
		return nil
	}
	s.infoLine, s.infoColumn = n.positions.at(fence.Info.Segment.Start + at)
	s.Line = s.infoLine + 1
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
	s.Sources = splitSources(s.Code)
	return s
}

// cutLanguage returns the first word of a fence's first line, which ends
// before a brace too, and the offset of the next.
func cutLanguage(info string) (language string, rest int) {
	start := len(info) - len(strings.TrimLeft(info, " \t"))
	end := len(info)
	if i := strings.IndexAny(info[start:], " \t{"); i >= 0 {
		end = start + i
	}
	rest = len(info) - len(strings.TrimLeft(info[end:], " \t"))
	return info[start:end], rest
}

// optionProblem is a problem with the options, at an offset of Info as it is
// written.
func (s *Snippet) optionProblem(at int, message string) Problem {
	return Problem{Path: s.Note.Path, Line: s.infoLine,
		Column: s.infoColumn + at, Message: message}
}
