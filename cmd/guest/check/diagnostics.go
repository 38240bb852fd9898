package check

import (
	"cmp"
	"errors"
	"go/scanner"
	"go/types"
	"slices"
	"strings"

	"runnel/runner/timeline"
)

// collector gathers the errors of go/types.
type collector struct {
	diagnostics []timeline.Diagnostic
}

// add takes one error. One that begins with a tab goes on with the error
// before it ("\tother declaration of x") and joins its message.
func (c *collector) add(err error) {
	var e types.Error
	if !errors.As(err, &e) {
		c.diagnostics = append(c.diagnostics,
			timeline.Diagnostic{Message: err.Error()})
		return
	}
	if last := len(c.diagnostics) - 1; last >= 0 &&
		strings.HasPrefix(e.Msg, "\t") {
		c.diagnostics[last].Message += "\n" + e.Msg
		return
	}
	c.diagnostics = append(c.diagnostics, at(e.Fset, e.Pos, e.Msg))
}

// syntaxDiagnostics takes the parser's errors, one a line as the parser and
// the compiler both have it.
func syntaxDiagnostics(source string, err error) []timeline.Diagnostic {
	var list scanner.ErrorList
	if !errors.As(err, &list) {
		return []timeline.Diagnostic{{Message: err.Error()}}
	}
	list.RemoveMultiples()
	var diagnostics []timeline.Diagnostic
	for _, e := range list {
		// The parser has heeded line directives, which are for others.
		before := source[:min(e.Pos.Offset, len(source))]
		diagnostics = append(diagnostics, timeline.Diagnostic{
			Line:    strings.Count(before, "\n") + 1,
			Column:  len(before) - strings.LastIndexByte(before, '\n'),
			Message: e.Msg,
		})
	}
	return firstOf(diagnostics)
}

// firstOf sorts a list by position and cuts it as the compiler does.
func firstOf(list []timeline.Diagnostic) []timeline.Diagnostic {
	slices.SortStableFunc(list, func(a, b timeline.Diagnostic) int {
		return cmp.Or(a.Line-b.Line, a.Column-b.Column)
	})
	if len(list) <= maxDiagnostics {
		return list
	}
	return append(list[:maxDiagnostics:maxDiagnostics],
		timeline.Diagnostic{Message: "too many errors"})
}
