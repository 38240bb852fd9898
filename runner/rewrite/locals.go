package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"
)

// lowerLocals moves the types that functions declare out of them, if the
// program uses generic code: copies of that stand outside, too.
func lowerLocals(r *rewriter) {
	if len(r.info.Instances) == 0 {
		return
	}
	names := map[types.Object]string{}
	for _, decl := range r.program.file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || f.Body == nil || f.Type.TypeParams != nil ||
			f.Recv != nil && r.info.Defs[f.Name].(*types.Func).
				Signature().RecvTypeParams().Len() > 0 {
			continue
		}
		ast.Inspect(f.Body, func(n ast.Node) bool {
			d, ok := n.(*ast.GenDecl)
			if ok && d.Tok == token.TYPE && r.movable(d) {
				r.moveType(d, names)
			}
			return true
		})
	}
	if len(names) == 0 {
		return
	}
	for ident, o := range r.info.Uses {
		if name := names[o]; name != "" && !r.replaced(ident.Pos()) {
			r.replace(ident.Pos(), ident.End(), name)
		}
	}
}

// movable says that a declaration is of one type that stands on types outside
// of functions and on basic ones, and that nothing embeds it.
func (r *rewriter) movable(d *ast.GenDecl) bool {
	if len(d.Specs) != 1 || d.Lparen.IsValid() {
		return false
	}
	spec := d.Specs[0].(*ast.TypeSpec)
	if spec.TypeParams != nil || spec.Assign.IsValid() {
		return false
	}
	fine := true
	ast.Inspect(spec.Type, func(n ast.Node) bool {
		if field, ok := n.(*ast.Field); ok && len(field.Names) == 0 {
			fine = false
		}
		ident, ok := n.(*ast.Ident)
		if !ok {
			return fine
		}
		if o := r.info.Uses[ident]; o != nil && o.Pkg() == r.pkg &&
			o.Parent() != r.pkg.Scope() {
			fine = false
		}
		return fine
	})
	return fine
}

// moveType moves a declaration to the end.
func (r *rewriter) moveType(d *ast.GenDecl, names map[types.Object]string) {
	spec := d.Specs[0].(*ast.TypeSpec)
	name := r.fresh(spec.Name.Name)
	names[r.info.Defs[spec.Name]] = name
	r.tail += "\ntype " + name + " " +
		r.text(spec.Type.Pos(), spec.Type.End())
	r.replace(d.Pos(), d.End(), "")
}

// replaced says that an edit takes a position away.
func (r *rewriter) replaced(pos token.Pos) bool {
	for _, e := range r.list {
		if e.at <= pos && pos < e.end {
			return true
		}
	}
	return false
}
