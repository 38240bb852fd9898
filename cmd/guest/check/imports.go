package check

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"runnel/runner/timeline"
)

// refuse looks for imports the sandbox does not have. It goes before the
// type check, which could only say that it cannot find them.
func (c *Checker) refuse(fset *token.FileSet, file *ast.File) (Verdict, bool) {
	v := Verdict{Kind: timeline.Refused}
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil || path == "" || c.Has(path) {
			continue // an import that is not valid is the type check's
		}
		message := fmt.Sprintf("imports %q, %s", path, whyNot(path))
		v.Diagnostics = append(v.Diagnostics,
			at(fset, spec.Path.Pos(), message))
		if v.Message == "" {
			v.Message = message
		}
	}
	return v, v.Message != ""
}

// whyNot says why a package is not there. The standard library is what has
// no dot in the first element of its path.
func whyNot(path string) string {
	first, _, _ := strings.Cut(path, "/")
	if strings.Contains(first, ".") {
		return "which is outside the standard library"
	}
	return "which the sandbox does not have"
}

// packagesOf lists the packages that a package stands on, as far as their
// export data speaks of them.
func packagesOf(pkg *types.Package) []string {
	var paths []string
	seen := map[*types.Package]bool{}
	var visit func(*types.Package)
	visit = func(pkg *types.Package) {
		for _, imported := range pkg.Imports() {
			if !seen[imported] {
				seen[imported] = true
				paths = append(paths, imported.Path())
				visit(imported)
			}
		}
	}
	visit(pkg)
	return paths
}
