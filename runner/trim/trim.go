// Package trim leaves out of Go's compiler and linker the architectures that
// a reader's browser is not.
//
// [Files] says which files of a Go tree to compile in place of which others.
// They are the tree's own with the other architectures' cases blanked: the
// code that is left is not touched, so that for WebAssembly the tools write
// the same bytes. A file that does not look as expected stays whole; the
// tools are larger then, and as right.
package trim

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"strconv"
)

// keep is the architecture that stays.
const keep = "wasm"

// places are where the tools choose an architecture: a file, and what in it
// holds the choice, a function or a variable.
var places = []struct{ file, name string }{
	{"src/cmd/compile/main.go", "archInits"},
	{"src/cmd/compile/internal/ssa/config.go", "NewConfig"},
	{"src/cmd/link/main.go", "main"},
}

// Files returns the trimmed files of a Go tree by the paths of the originals.
func Files(goroot string) (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, p := range places {
		file := filepath.Join(goroot, filepath.FromSlash(p.file))
		source, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("read Go's sources: %w", err)
		}
		if text, ok := only(source, p.name); ok {
			files[file] = text
		}
	}
	return files, nil
}

// blanker writes spaces over pieces of a file, so that no line moves.
type blanker struct {
	fset *token.FileSet
	text []byte
}

func (b *blanker) blank(n ast.Node, more int) {
	from := b.fset.Position(n.Pos()).Offset
	to := b.fset.Position(n.End()).Offset + more
	for i := from; i < to; i++ {
		if b.text[i] != '\n' {
			b.text[i] = ' '
		}
	}
}

// only blanks the choices of other architectures in what has that name, and
// the imports that only they need.
func only(source []byte, name string) ([]byte, bool) {
	b := &blanker{token.NewFileSet(), bytes.Clone(source)}
	file, err := parser.ParseFile(b.fset, "", source, 0)
	if err != nil {
		return nil, false
	}
	found := false
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			return n.Name.Name == name
		case *ast.ValueSpec:
			return n.Names[0].Name == name
		case *ast.CaseClause:
			if others(n.List...) {
				b.blank(n, 0)
				found = true
			}
		case *ast.KeyValueExpr:
			if others(n.Key) {
				b.blank(n, len(","))
				found = true
			}
		}
		return true
	})
	return b.text, found && b.dropImports()
}

// others says that all of some expressions name an architecture, and none
// the one to keep.
func others(list ...ast.Expr) bool {
	for _, e := range list {
		lit, ok := e.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING || lit.Value == strconv.Quote(keep) {
			return false
		}
	}
	return len(list) > 0
}

// dropImports blanks the imports that nothing uses any more.
func (b *blanker) dropImports() bool {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", b.text, 0)
	if err != nil {
		return false
	}
	used := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := s.X.(*ast.Ident); ok {
				used[id.Name] = true
			}
		}
		return true
	})
	b.fset = fset
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err == nil && spec.Name == nil && !used[path.Base(imported)] {
			b.blank(spec, 0)
		}
	}
	return true
}
