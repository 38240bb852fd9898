package program

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strings"
)

// A Want is what a program says that it prints: the comment `// Output:` or
// `// Unordered output:` that main ends with, as in Go's testable examples.
type Want struct {
	Text      string
	Unordered bool
	// Line and Column are where the comment stands, from 1.
	Line, Column int
}

var outputPrefix = regexp.MustCompile(
	`(?i)^[[:space:]]*(unordered )?output:`)

// Wanted reads what a program says that it prints.
func Wanted(source string) (w Want, ok bool) {
	if !strings.Contains(strings.ToLower(source), "output:") {
		return w, false
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", source,
		parser.SkipObjectResolution|parser.ParseComments)
	if err != nil {
		return w, false
	}
	comment := lastOfMain(file)
	if comment == nil {
		return w, false
	}
	text := comment.Text()
	match := outputPrefix.FindStringSubmatchIndex(text)
	if match == nil {
		return w, false
	}
	at := fset.PositionFor(comment.Pos(), false)
	text = strings.TrimLeft(text[match[1]:], " ")
	return Want{Text: strings.TrimSpace(text), Unordered: match[2] >= 0,
		Line: at.Line, Column: at.Column}, true
}

// lastOfMain is the last comment in the body of main.
func lastOfMain(file *ast.File) *ast.CommentGroup {
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Name.Name != "main" || f.Recv != nil || f.Body == nil {
			continue
		}
		if c := lastIn(file, f.Body); c != nil {
			return c
		}
	}
	return nil
}

// lastIn is the last comment in a body.
func lastIn(file *ast.File, body *ast.BlockStmt) *ast.CommentGroup {
	for _, c := range slices.Backward(file.Comments) {
		if c.Pos() > body.Lbrace && c.End() <= body.Rbrace {
			return c
		}
	}
	return nil
}

// Complaint is what is to be said of a program that printed something, at the
// comment; "" if that is what it wants.
func (w Want) Complaint(printed string) string {
	if said := w.Differs(printed); said != "" {
		return "prints something else than this comment says: " + said
	}
	return ""
}

// Differs says how what a program printed differs from what it wants, "" if
// it does not. White space around all of it does not count, nor does the
// order of lines where it says so.
func (w Want) Differs(printed string) string {
	got, want := lines(printed), lines(w.Text)
	if w.Unordered {
		return unorderedDifference(got, want)
	}
	if slices.Equal(got, want) {
		return ""
	}
	at := 0
	for at < min(len(got), len(want)) && got[at] == want[at] {
		at++
	}
	where := ""
	if len(got) > 1 || len(want) > 1 {
		where = fmt.Sprintf(" in line %d of the output", at+1)
	}
	return fmt.Sprintf("got %s, want %s%s",
		lineAt(got, at), lineAt(want, at), where)
}

// unorderedDifference names a line that is printed too often, and one that is
// not printed often enough.
func unorderedDifference(got, want []string) string {
	got, want = without(got, want), without(want, got)
	switch {
	case len(got) == 0 && len(want) == 0:
		return ""
	case len(want) == 0:
		return fmt.Sprintf("got %s once more than wanted, in any order", lineAt(got, 0))
	case len(got) == 0:
		return fmt.Sprintf("want %s, in any order", lineAt(want, 0))
	}
	return fmt.Sprintf("got %s, want %s, in any order",
		lineAt(got, 0), lineAt(want, 0))
}

// without gives the lines that are more often in a than in b.
func without(a, b []string) (left []string) {
	count := map[string]int{}
	for _, line := range b {
		count[line]++
	}
	for _, line := range a {
		if count[line]--; count[line] < 0 {
			left = append(left, line)
		}
	}
	return left
}

// lines splits a text into lines, none where it is blank.
func lines(text string) []string {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

// maxQuoted is how much of a line is quoted.
const maxQuoted = 80

// lineAt quotes a line, cut if it is long.
func lineAt(lines []string, i int) string {
	if i >= len(lines) {
		if len(lines) == 0 {
			return "no output"
		}
		return "no more"
	}
	if r := []rune(lines[i]); len(r) > maxQuoted {
		return fmt.Sprintf("%q…", string(r[:maxQuoted]))
	}
	return fmt.Sprintf("%q", lines[i])
}
