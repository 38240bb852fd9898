package examples

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// onFiles are functions that an example cannot call where there are no
// files; the working folder counts as one.
var onFiles = map[string]string{
	"os": "Open OpenFile Create CreateTemp MkdirTemp Mkdir MkdirAll " +
		"ReadFile WriteFile ReadDir Stat Lstat DirFS Getwd Remove " +
		"RemoveAll TempDir UserCacheDir UserConfigDir Hostname Link " +
		"Readlink Chmod Chtimes Truncate OpenRoot OpenInRoot",
	"path/filepath": "Walk WalkDir Glob Abs EvalSymlinks",
}

// reaches says what a program reaches for that the sandbox does not have.
func (g *Gathering) reaches(program *ast.File) string {
	names := map[string]string{}
	for _, decl := range program.Decls {
		d, ok := decl.(*ast.GenDecl)
		if !ok || d.Tok != token.IMPORT {
			continue
		}
		for _, spec := range d.Specs {
			name, importPath := importName(spec.(*ast.ImportSpec))
			if !slices.Contains(g.packages, importPath) {
				return fmt.Sprintf("imports %s", importPath)
			}
			names[name] = importPath
		}
	}
	why := ""
	ast.Inspect(program, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := sel.X.(*ast.Ident); ok && slices.Contains(
			strings.Fields(onFiles[names[x.Name]]), sel.Sel.Name) {
			why = "works on files"
		}
		return true
	})
	return why
}
