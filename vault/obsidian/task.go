package obsidian

import (
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// KindTask is the kind of Task.
var KindTask = ast.NewNodeKind("Task")

// A Task is the check box that begins a list item: it is the first child of
// the item's first block.
type Task struct {
	ast.BaseInline
	// State is the character in the brackets. Any but a space means that the
	// task is complete.
	State rune
}

// Kind implements ast.Node.
func (*Task) Kind() ast.NodeKind { return KindTask }

// Dump implements ast.Node.
func (t *Task) Dump(source []byte, level int) {
	ast.DumpHelper(t, source, level,
		map[string]string{"State": string(t.State)}, nil)
}

type taskParser struct{}

func (taskParser) Trigger() []byte { return []byte{'['} }

func (taskParser) Parse(
	parent ast.Node, block text.Reader, _ parser.Context,
) ast.Node {
	if parent.HasChildren() {
		return nil
	}
	item, ok := parent.Parent().(*ast.ListItem)
	if !ok || item.FirstChild() != parent {
		return nil
	}
	line, _ := block.PeekLine()
	state, size := utf8.DecodeRune(line[1:])
	end := 1 + size
	if size == 0 || end >= len(line) || line[end] != ']' ||
		state == '\n' || state == '\r' || state == '\t' {
		return nil
	}
	end++
	switch {
	case end < len(line) && (line[end] == ' ' || line[end] == '\t'):
		end++
	case end < len(line) && line[end] != '\n' && line[end] != '\r':
		return nil // `[x](url)`
	case state != ' ' && state != 'x' && state != 'X':
		return nil // `[1]` alone may be a link by reference
	}
	block.Advance(end)
	return &Task{State: state}
}
