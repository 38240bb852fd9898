package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"
)

// breakOutOfLabel leaves a labelled statement from inside a select by a goto.
func (r *rewriter) breakOutOfLabel(n *ast.LabeledStmt) {
	label := r.info.Defs[n.Label]
	end, rest := "", 0
	var inside func(node ast.Node, selects bool)
	inside = func(node ast.Node, selects bool) {
		ast.Inspect(node, func(x ast.Node) bool {
			switch x := x.(type) {
			case *ast.FuncLit:
				return false
			case *ast.SelectStmt:
				if !selects {
					inside(x.Body, true)
					return false
				}
			case *ast.BranchStmt:
				if x.Label == nil || r.info.Uses[x.Label] != label {
					break
				}
				if !selects || x.Tok != token.BREAK {
					rest++
					break
				}
				if end == "" {
					end = r.fresh("end")
				}
				r.replace(x.Pos(), x.End(), "goto "+end)
			}
			return true
		})
	}
	inside(n.Stmt, false)
	if end == "" {
		return
	}
	r.later(func() { r.close(n.End(), "; "+end+": ;") })
	if rest == 0 && !r.jumpedTo(n, label) {
		r.replace(n.Pos(), n.Colon+1, "")
	}
}

// breakOutOfSelect leaves a select by a goto: the interpreter would leave the
// loop around it.
func (r *rewriter) breakOutOfSelect(n *ast.SelectStmt) {
	end := ""
	ast.Inspect(n.Body, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.FuncLit, *ast.SelectStmt, *ast.ForStmt, *ast.RangeStmt,
			*ast.SwitchStmt, *ast.TypeSwitchStmt:
			return false
		case *ast.BranchStmt:
			if x.Tok == token.BREAK && x.Label == nil {
				if end == "" {
					end = r.fresh("end")
				}
				r.replace(x.Pos(), x.End(), "goto "+end)
			}
		}
		return true
	})
	if end != "" {
		r.later(func() { r.close(n.End(), "; "+end+": ;") })
	}
}

// jumpedTo says that something outside of a labelled statement leads there.
func (r *rewriter) jumpedTo(n *ast.LabeledStmt, label types.Object) bool {
	for ident, object := range r.info.Uses {
		if object == label && (ident.Pos() < n.Pos() || ident.Pos() >= n.End()) {
			return true
		}
	}
	return false
}

// receiveUnwatched makes "<-c" a call, as [rewriter.receive] does: the
// interpreter does not know all places where one can stand.
func (r *rewriter) receiveUnwatched(n *ast.UnaryExpr) {
	if r.inComm(n) {
		return
	}
	c, ok := r.channelOf(n.X, n.Pos())
	if !ok {
		return
	}
	shape := receivePlainShape
	if _, both := r.info.TypeOf(n).(*types.Tuple); both {
		shape = receivePlainBothShape
	}
	r.replace(n.OpPos, n.OpPos+2, r.operation(c, shape)+"(")
	r.later(func() { r.close(n.End(), ")") })
}
