package rewrite

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// update parts a statement that reads and writes a variable, such as
// counter++, in two, with a chance for other goroutines between them: where
// nothing guards the variable, some schedule loses an update. That is how it
// may happen on a machine with several processors.
func (r *rewriter) update(n ast.Node) {
	switch n := n.(type) {
	case *ast.IncDecStmt:
		if r.standsAlone() && r.shared(n.X) {
			op := n.Tok.String()[:1]
			r.part(n.X, n.TokPos, n.End(), op+" 1")
		}
	case *ast.AssignStmt:
		if len(n.Lhs) != 1 || len(n.Rhs) != 1 || !r.pure(n.Rhs[0]) ||
			!r.standsAlone() || !r.shared(n.Lhs[0]) {
			return
		}
		r.partAssignment(n)
	}
}

// partAssignment parts "x += y" and "x = x + y".
func (r *rewriter) partAssignment(n *ast.AssignStmt) {
	if r.line(n.Pos()) != r.line(n.End()) {
		return
	}
	value := n.Rhs[0]
	switch n.Tok {
	case token.DEFINE:
	case token.ASSIGN:
		sum, ok := value.(*ast.BinaryExpr)
		if !ok || r.text(sum.X.Pos(), sum.X.End()) !=
			r.text(n.Lhs[0].Pos(), n.Lhs[0].End()) {
			return
		}
		r.part(n.Lhs[0], n.TokPos, n.End(), r.text(sum.OpPos, sum.End()))
	default: // an operator and "="
		op := n.Tok.String()
		r.part(n.Lhs[0], n.TokPos, n.End(), fmt.Sprintf("%s (%s)",
			op[:len(op)-1], r.text(value.Pos(), value.End())))
	}
}

// part writes the two parts; rest is what is done to the old value.
func (r *rewriter) part(x ast.Expr, from, to token.Pos, rest string) {
	old := r.fresh("old")
	r.open(x.Pos(), "{ "+old+" := ")
	r.replace(from, to, fmt.Sprintf("; %s.Between(%d); %s = %s %s }",
		r.observe, r.line(x.Pos()), r.text(x.Pos(), x.End()), old, rest))
}

// standsAlone says that the visited statement may become several.
func (r *rewriter) standsAlone() bool {
	switch r.parent().(type) {
	case *ast.BlockStmt, *ast.CaseClause:
		return true
	}
	return false
}

// shared says that another goroutine may have the variable: it belongs to
// the package or to a function around this one, or is reached by a pointer, a
// slice or a map. Only simple ones are looked at.
func (r *rewriter) shared(x ast.Expr) bool {
	variable := r.info.TypeOf(x)
	if variable == nil { // the blank identifier
		return false
	}
	t, ok := variable.Underlying().(*types.Basic)
	if !ok || t.Info()&(types.IsNumeric|types.IsString) == 0 || !r.pure(x) {
		return false
	}
	for {
		switch y := ast.Unparen(x).(type) {
		case *ast.Ident:
			return r.outer(r.info.Uses[y])
		case *ast.SelectorExpr:
			if s := r.info.Selections[y]; s == nil || s.Indirect() {
				return true
			}
			x = y.X
		case *ast.IndexExpr:
			if _, ok := r.info.TypeOf(y.X).Underlying().(*types.Array); !ok {
				return true
			}
			x = y.X
		case *ast.StarExpr:
			return true
		default:
			return false
		}
	}
}

// outer says that a variable is not of the innermost function that is
// visited.
func (r *rewriter) outer(v types.Object) bool {
	if v == nil {
		return false
	}
	if v.Parent() == r.pkg.Scope() {
		return true
	}
	for i := len(r.parents) - 1; i >= 0; i-- {
		switch f := r.parents[i].(type) {
		case *ast.FuncLit:
			return v.Pos() < f.Pos() || v.Pos() > f.End()
		case *ast.FuncDecl:
			return false
		}
	}
	return false
}
