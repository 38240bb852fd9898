package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"
)

// places are where a variable is set after its declaration, or where its
// address is taken.
type places []token.Pos

// inside says that one of them is in some code.
func (p places) inside(code ast.Node) bool {
	for _, pos := range p {
		if code.Pos() <= pos && pos < code.End() {
			return true
		}
	}
	return false
}

// settings finds all places where variables are set.
func (r *rewriter) settings() map[types.Object]places {
	set := map[types.Object]places{}
	is := func(x ast.Expr) {
		if v := r.base(x); v != nil {
			set[v] = append(set[v], x.Pos())
		}
	}
	ast.Inspect(r.program.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, x := range n.Lhs {
				is(x)
			}
		case *ast.IncDecStmt:
			is(n.X)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				is(n.X)
			}
		case *ast.RangeStmt:
			if n.Tok == token.ASSIGN {
				is(n.Key)
				if n.Value != nil {
					is(n.Value)
				}
			}
		case *ast.SelectorExpr:
			s := r.info.Selections[n]
			if s == nil || s.Kind() != types.MethodVal {
				break
			}
			recv := s.Obj().(*types.Func).Signature().Recv().Type()
			if _, pointer := recv.(*types.Pointer); pointer && !s.Indirect() {
				is(n.X)
			}
		}
		return true
	})
	return set
}

// base is the variable that an expression is, or is a part of.
func (r *rewriter) base(x ast.Expr) types.Object {
	for {
		switch y := ast.Unparen(x).(type) {
		case *ast.Ident:
			if o, ok := r.info.Uses[y].(*types.Var); ok {
				return o
			}
			return nil
		case *ast.SelectorExpr:
			if r.pointer(y.X) {
				return nil
			}
			x = y.X
		case *ast.IndexExpr:
			if _, array := r.info.TypeOf(y.X).Underlying().(*types.Array); !array {
				return nil
			}
			x = y.X
		default:
			return nil
		}
	}
}

// pointer says that an expression is a pointer.
func (r *rewriter) pointer(x ast.Expr) bool {
	_, ok := r.info.TypeOf(x).Underlying().(*types.Pointer)
	return ok
}

// settled says that an expression has the value that it has now for as long
// as the function runs in which the visited node is.
func (r *rewriter) settled(x ast.Expr) bool {
	if tv := r.info.Types[x]; tv.Value != nil || tv.IsNil() {
		return true
	}
	switch y := ast.Unparen(x).(type) {
	case *ast.Ident:
		v, ok := r.info.Uses[y].(*types.Var)
		if !ok {
			_, isFunc := r.info.Uses[y].(*types.Func)
			return isFunc
		}
		return len(r.set[v]) == 0 && !r.inLoop()
	case *ast.UnaryExpr: // an address
		ident, ok := ast.Unparen(y.X).(*ast.Ident)
		return y.Op == token.AND && ok && r.info.Uses[ident] != nil &&
			!r.inLoop()
	}
	return false
}

// inLoop says that there is a loop around the visited node, or a goto back,
// in its function.
func (r *rewriter) inLoop() bool {
	for i := len(r.parents) - 1; i >= 0; i-- {
		switch r.parents[i].(type) {
		case *ast.ForStmt, *ast.RangeStmt, *ast.LabeledStmt:
			return true
		case *ast.FuncLit, *ast.FuncDecl:
			return false
		}
	}
	return false
}
