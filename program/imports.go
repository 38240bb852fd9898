package program

import (
	_ "embed"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// An addition is an import that the program lacks.
type addition struct {
	path         string
	line, column int // where the program first uses it
	from, to     int // its columns on the program's first line
}

// missingImports names the packages of the standard library that a program
// uses without importing them, sorted by path.
func missingImports(source string) []addition {
	fset := token.NewFileSet()
	file, _ := parser.ParseFile(fset, "", source, parser.SkipObjectResolution)
	if file == nil {
		return nil
	}
	used, first := undeclared(fset, file)
	var list []addition
	for name, selected := range used {
		if p := choose(libraries()[name], selected); p != "" {
			at := fset.PositionFor(first[name], false)
			list = append(list, addition{
				path: p, line: at.Line, column: at.Column})
		}
	}
	slices.SortFunc(list, func(a, b addition) int {
		return strings.Compare(a.path, b.path)
	})
	return list
}

// undeclared lists the names that a file selects from and nobody declares,
// with what it selects, and where each first stands.
func undeclared(fset *token.FileSet, file *ast.File) (
	used map[string][]string, first map[string]token.Pos,
) {
	info := types.Info{
		Uses: map[*ast.Ident]types.Object{},
		Defs: map[*ast.Ident]types.Object{},
	}
	config := types.Config{Importer: emptyPackages{}, Error: func(error) {}}
	_, _ = config.Check("main", fset, []*ast.File{file}, &info)
	used, first = map[string][]string{}, map[string]token.Pos{}
	ast.Inspect(file, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		x, ok := sel.X.(*ast.Ident)
		if ok && sel.Sel.IsExported() && info.Uses[x] == nil && info.Defs[x] == nil {
			if first[x.Name] == token.NoPos {
				first[x.Name] = x.Pos()
			}
			used[x.Name] = append(used[x.Name], sel.Sel.Name)
		}
		return true
	})
	return used, first
}

// emptyPackages imports packages with nothing in them: enough to know which
// names stand for one.
type emptyPackages struct{}

// Import implements [types.Importer].
func (emptyPackages) Import(p string) (*types.Package, error) {
	pkg := types.NewPackage(p, packageName(p))
	pkg.MarkComplete()
	return pkg, nil
}

// packageName is the name of a package of the standard library: the last part
// of its path that is no version.
func packageName(p string) string {
	name := path.Base(p)
	if v, ok := strings.CutPrefix(name, "v"); ok && path.Dir(p) != "." {
		if _, err := strconv.Atoi(v); err == nil {
			return path.Base(path.Dir(p))
		}
	}
	return name
}

// library lists the packages of the standard library that a program can
// import, one a line. Behind those that share their name with another stands
// what they export. The first of them that has all that is used is taken.
//
//go:embed library.txt
var library string

// A candidate is a package that a name may stand for.
type candidate struct {
	path    string
	exports []string // none where there is no other candidate
}

// libraries gives the packages that a name may stand for.
var libraries = sync.OnceValue(func() map[string][]candidate {
	all := map[string][]candidate{}
	for line := range strings.Lines(library) {
		fields := strings.Fields(line)
		name := packageName(fields[0])
		all[name] = append(all[name], candidate{fields[0], fields[1:]})
	}
	return all
})

// choose gives the first candidate that has all that is used, or the one
// that has most of it.
func choose(all []candidate, used []string) string {
	best, most := "", -1
	for _, c := range all {
		has := 0
		for _, name := range used {
			if slices.Contains(c.exports, name) {
				has++
			}
		}
		if has > most {
			best, most = c.path, has
		}
	}
	return best
}
