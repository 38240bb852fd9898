package program

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/parser"
	"go/scanner"
	"go/token"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ast/astutil"
)

// fileLine begins a file of several in one block.
var fileLine = regexp.MustCompile(`(?m)^-- \S+ --[ \t]*(?:\n|\z)`)

// Format formats code as gofmt does: a file, several behind lines
// `-- name.go --`, or what a block may hold that is no file. An error is a
// [scanner.ErrorList] with the lines of the code.
func Format(code string) (string, error) {
	var out strings.Builder
	from, isGo := 0, true
	part := func(to int) error {
		text := code[from:to]
		if isGo {
			formatted, err := formatPart(text)
			if err != nil {
				return shifted(err, strings.Count(code[:from], "\n"), text)
			}
			text = formatted
		}
		out.WriteString(text)
		return nil
	}
	if !isFile(code) {
		for _, at := range fileLine.FindAllStringIndex(code, -1) {
			if err := part(at[0]); err != nil {
				return "", err
			}
			line := code[at[0]:at[1]]
			isGo = strings.HasSuffix(strings.Fields(line)[1], ".go")
			out.WriteString(line)
			from = at[1]
		}
	}
	if err := part(len(code)); err != nil {
		return "", err
	}
	return out.String(), nil
}

// isFile reports whether code is one file of Go.
func isFile(code string) bool {
	_, err := parser.ParseFile(token.NewFileSet(), "", code,
		parser.SkipObjectResolution)
	return err == nil
}

// formatPart formats a file or a fragment. Gofmt knows fragments of
// declarations and fragments of statements; here, both may stand in one.
func formatPart(code string) (string, error) {
	formatted, err := format.Source([]byte(code))
	if err == nil {
		return string(formatted), nil
	}
	pieces := cut(0, code)
	if pieces[0].kind == clause || strings.Contains(code, "\r") {
		return "", err
	}
	var out strings.Builder
	for i := 0; i < len(pieces); {
		n := i + 1
		for n < len(pieces) && declares(pieces[n]) == declares(pieces[i]) {
			n++
		}
		text := code[pieces[i].from:pieces[n-1].to]
		formatted, err := format.Source([]byte(text))
		if err != nil {
			return "", shifted(err, pieces[i].line-1, text)
		}
		out.Write(formatted)
		i = n
	}
	return out.String(), nil
}

// declares reports whether a piece cannot stand among statements.
func declares(p piece) bool {
	return p.kind == imports || p.kind == function
}

// shifted moves errors of a text that has so many lines before it. None is
// behind the text's end: the parser has put something there.
func shifted(err error, lines int, text string) error {
	list, ok := err.(scanner.ErrorList)
	if !ok {
		return err
	}
	last := strings.Count(strings.TrimRight(text, "\n"), "\n") + 1
	var out scanner.ErrorList
	for _, e := range list {
		pos := e.Pos
		pos.Line = min(pos.Line, last) + lines
		out = append(out, &scanner.Error{Pos: pos, Msg: e.Msg})
	}
	return out
}

// Tidy formats code and makes the imports of one that is a file right, as
// goimports does for the standard library: what the file uses is imported,
// and what it does not use is not. Imports of other packages stay, and so do
// those for their effects. Errors are those of Format.
func Tidy(code string) (string, error) {
	formatted, err := Format(code)
	if err != nil || !isFile(formatted) || depth(formatted) > maxDepth {
		return formatted, err
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", formatted, parser.ParseComments)
	if err != nil {
		return formatted, nil
	}
	changed := false
	for _, spec := range unused(file) {
		path, _ := strconv.Unquote(spec.Path.Value)
		name := ""
		if spec.Name != nil {
			name = spec.Name.Name
		}
		changed = astutil.DeleteNamedImport(fset, file, name, path) || changed
	}
	for _, missing := range missingImports(formatted) {
		changed = astutil.AddImport(fset, file, missing.path) || changed
	}
	if !changed {
		return formatted, nil
	}
	var out bytes.Buffer
	if err := format.Node(&out, fset, file); err != nil {
		return formatted, nil
	}
	return out.String(), nil
}

// unused lists the imports of the standard library that a file does not use.
func unused(file *ast.File) (list []*ast.ImportSpec) {
	used := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := sel.X.(*ast.Ident); ok && x.Obj == nil {
				used[x.Name] = true
			}
		}
		return true
	})
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil || !isStandard(path) {
			continue
		}
		name := packageName(path)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		if name != "_" && name != "." && !used[name] {
			list = append(list, spec)
		}
	}
	return list
}

// isStandard reports whether a path is one that an import may be added of.
func isStandard(path string) bool {
	for _, c := range libraries()[packageName(path)] {
		if c.path == path {
			return true
		}
	}
	return false
}
