package program

import (
	_ "embed"
	"go/ast"
	"go/parser"
	"go/token"
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

// maxDepth is how deep in brackets code may be for imports to be added: to
// find who declares a name takes time with each level.
const maxDepth = 250

// missingImports names the packages of the standard library that a program
// uses without importing them, sorted by path.
func missingImports(source string) []addition {
	if depth(source) > maxDepth {
		return nil
	}
	fset := token.NewFileSet()
	file, _ := parser.ParseFile(fset, "", source, 0)
	if file == nil {
		return nil
	}
	used, first := undeclared(file)
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

// depth is how deep code goes in brackets.
func depth(code string) (deepest int) {
	tokens, _ := lex(code)
	at := 0
	for _, t := range tokens {
		switch t.tok {
		case token.LPAREN, token.LBRACK, token.LBRACE:
			at++
		case token.RPAREN, token.RBRACK, token.RBRACE:
			at--
		}
		deepest = max(deepest, at)
	}
	return deepest
}

// undeclared lists the names that a file selects from and nobody declares,
// with what it selects, and where each first stands.
func undeclared(file *ast.File) (
	used map[string][]string, first map[string]token.Pos,
) {
	imported := map[string]bool{}
	for _, spec := range file.Imports {
		if spec.Name != nil {
			imported[spec.Name.Name] = true
		} else if p, err := strconv.Unquote(spec.Path.Value); err == nil {
			imported[packageName(p)] = true
		}
	}
	used, first = map[string][]string{}, map[string]token.Pos{}
	ast.Inspect(file, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		x, ok := sel.X.(*ast.Ident)
		if !ok || !sel.Sel.IsExported() || imported[x.Name] {
			return true
		}
		// What the parser knows of names is enough here, and the type checker
		// is no choice: the program is a stranger's, and constants alone can
		// make it use all memory. That is for the sandbox.
		if x.Obj != nil {
			return true
		}
		if first[x.Name] == token.NoPos {
			first[x.Name] = x.Pos()
		}
		used[x.Name] = append(used[x.Name], sel.Sel.Name)
		return true
	})
	return used, first
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
