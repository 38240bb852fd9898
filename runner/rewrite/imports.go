package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"
)

// dropImports takes imports away that only constants used which have been
// written out.
func (r *rewriter) dropImports() {
	r.dropUnless(func(n ast.Node) bool {
		x, ok := n.(ast.Expr)
		return ok && r.foldedText[x] != "" || r.folded[n]
	})
}

// dropUnless takes the imports away that nothing uses but what is gone.
func (r *rewriter) dropUnless(gone func(ast.Node) bool) {
	used := map[types.Object]bool{}
	ast.Inspect(r.program.file, func(n ast.Node) bool {
		if n != nil && gone(n) {
			return false
		}
		if ident, ok := n.(*ast.Ident); ok {
			used[r.info.Uses[ident]] = true
		}
		return true
	})
	for _, decl := range r.program.file.Decls {
		d, ok := decl.(*ast.GenDecl)
		if !ok || d.Tok != token.IMPORT {
			continue
		}
		for _, spec := range d.Specs {
			spec := spec.(*ast.ImportSpec)
			if o := r.imported(spec); o == nil || used[o] ||
				o.Name() == "_" || o.Name() == "." {
				continue
			}
			if d.Lparen.IsValid() {
				r.replace(spec.Pos(), spec.End(), "")
			} else {
				r.replace(d.Pos(), d.End(), "import ()")
			}
		}
	}
}

// imported is the name that an import brings.
func (r *rewriter) imported(spec *ast.ImportSpec) types.Object {
	if spec.Name != nil {
		return r.info.Defs[spec.Name]
	}
	return r.info.Implicits[spec]
}
