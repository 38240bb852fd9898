package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"
)

// printedResults has what a call or a receive returns, and has words of its
// own, taken out of a list where it is printed: the interpreter looks for
// methods at all but results.
func (r *rewriter) printedResults(n *ast.CallExpr) {
	p, ok := printerOf(r.callee(n))
	if !ok || !p.wraps || len(n.Args) <= p.first || n.Ellipsis.IsValid() {
		return
	}
	for _, x := range n.Args[p.first:] {
		t := r.info.TypeOf(x)
		if t == nil || r.ownType(t) == nil || !r.result(x) ||
			!hasMethod(t, "String", "func() string") &&
				!hasMethod(t, "Error", "func() string") {
			continue
		}
		if text, ok := r.typeText(t, x.Pos()); ok {
			r.open(x.Pos(), "[]"+text+"{")
			r.later(func() { r.close(x.End(), "}[0]") })
		}
	}
}

// result says that an expression is what a call or a receive returns.
func (r *rewriter) result(x ast.Expr) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.CallExpr:
		return !r.info.Types[x.Fun].IsType()
	case *ast.UnaryExpr:
		return x.Op == token.ARROW
	}
	return false
}

// rangeOverPointer makes a loop over a pointer to an array one over a slice of
// it.
func (r *rewriter) rangeOverPointer(n *ast.RangeStmt) {
	p, ok := r.info.TypeOf(n.X).Underlying().(*types.Pointer)
	if !ok {
		return
	}
	if _, ok := p.Elem().Underlying().(*types.Array); ok {
		r.open(n.X.Pos(), "(*(")
		r.later(func() { r.close(n.X.End(), "))[:]") })
	}
}

// judged are the packages whose errors tell of types.
var judged = map[string]bool{
	"encoding/json": true, "encoding/xml": true, "text/template": true,
}

// checkedError has the guest look at an error that may tell of types.
func (r *rewriter) checkedError(n *ast.CallExpr) {
	f := r.callee(n)
	if f == nil || f.Pkg() == nil || !judged[f.Pkg().Path()] {
		return
	}
	results := f.Signature().Results()
	if results.Len() != 1 || !isErrorType(results.At(0).Type()) {
		return
	}
	switch r.parent().(type) {
	case *ast.GoStmt, *ast.DeferStmt, *ast.ExprStmt:
		return
	}
	r.open(n.Pos(), r.observe+".Checked(")
	r.later(func() { r.close(n.End(), ")") })
}
