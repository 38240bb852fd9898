package vault

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
)

// A Problem is something in a note that its writer should know.
type Problem struct {
	// Path is the note's path in the vault, or "" for the vault as a whole.
	Path string
	// Line and Column count from 1, Column in bytes; 0 where there is none.
	Line, Column int
	Message      string
}

// String returns the problem as "path:line:column: message".
func (p Problem) String() string {
	switch {
	case p.Path == "":
		return p.Message
	case p.Line == 0:
		return p.Path + ": " + p.Message
	default:
		return fmt.Sprintf("%s:%d:%d: %s", p.Path, p.Line, p.Column, p.Message)
	}
}

func sortProblems(problems []Problem) []Problem {
	slices.SortFunc(problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(problems)
}

// cause takes the operation and the path off an error of a file system: the
// problem names the path already.
func cause(err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}
