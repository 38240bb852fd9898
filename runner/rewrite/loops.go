package rewrite

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// freshLoopVariables gives each turn of a loop variables of its own, where
// that can be seen: the body has a copy, which the loop gets back at its end.
func (r *rewriter) freshLoopVariables(n *ast.ForStmt) {
	for _, ident := range loopVariables(n) {
		v := r.info.Defs[ident]
		if v == nil || !r.escapes(v, n.Body) {
			continue
		}
		if !r.set[v].inside(n.Body) {
			r.open(n.Body.Lbrace+1, copyOf(ident.Name))
			continue
		}
		r.renameInHead(n, v)
	}
}

// renameInHead renames a variable in the head of its loop.
func (r *rewriter) renameInHead(n *ast.ForStmt, v types.Object) {
	name := r.fresh(v.Name())
	for _, part := range []ast.Node{n.Init, n.Cond, n.Post} {
		if part == nil || part == ast.Expr(nil) || part == ast.Stmt(nil) {
			continue
		}
		ast.Inspect(part, func(x ast.Node) bool {
			ident, ok := x.(*ast.Ident)
			if ok && (r.info.Uses[ident] == v || r.info.Defs[ident] == v) {
				r.replace(ident.Pos(), ident.End(), name)
			}
			return true
		})
	}
	r.open(n.Body.Lbrace+1, fmt.Sprintf(" %s := %s; ", v.Name(), name))
	back := fmt.Sprintf("%s = %s; ", name, v.Name())
	for _, branch := range r.continues(n) {
		r.open(branch.Pos(), back)
	}
	r.later(func() {
		r.close(n.Body.Rbrace, "; "+back)
	})
}

// continues are the statements that go on with the next turn of a loop.
func (r *rewriter) continues(loop ast.Stmt) []*ast.BranchStmt {
	var list []*ast.BranchStmt
	label := r.labelOf(loop)
	var inside func(n ast.Node, nested bool)
	inside = func(n ast.Node, nested bool) {
		ast.Inspect(n, func(x ast.Node) bool {
			switch x := x.(type) {
			case *ast.FuncLit:
				return false
			case *ast.ForStmt, *ast.RangeStmt:
				if x != n && x != ast.Node(loop) {
					inside(x, true)
					return false
				}
			case *ast.BranchStmt:
				if x.Tok == token.CONTINUE && (x.Label == nil && !nested ||
					x.Label != nil && r.info.Uses[x.Label] == label) {
					list = append(list, x)
				}
			}
			return true
		})
	}
	inside(loop, false)
	return list
}

// labelOf is the label of a statement that is visited, if it has one.
func (r *rewriter) labelOf(stmt ast.Stmt) types.Object {
	for i := len(r.parents) - 1; i > 0; i-- {
		if r.parents[i] != ast.Node(stmt) {
			continue
		}
		if l, ok := r.parents[i-1].(*ast.LabeledStmt); ok {
			return r.info.Defs[l.Label]
		}
	}
	return noLabel
}

// noLabel is no label's object.
var noLabel types.Object = types.NewLabel(token.NoPos, nil, "")

// copyOf declares a variable anew.
func copyOf(name string) string {
	return fmt.Sprintf(" %s := %s; ", name, name)
}

// loopVariables are those that the head of a loop declares.
func loopVariables(n *ast.ForStmt) []*ast.Ident {
	init, ok := n.Init.(*ast.AssignStmt)
	if !ok || init.Tok != token.DEFINE {
		return nil
	}
	var list []*ast.Ident
	for _, x := range init.Lhs {
		if ident, ok := x.(*ast.Ident); ok && ident.Name != "_" {
			list = append(list, ident)
		}
	}
	return list
}

// escapes says that something in a loop may hold a variable of it beyond the
// turn: a function, an address, a deferred call.
func (r *rewriter) escapes(v types.Object, loop ast.Node) bool {
	found := false
	ast.Inspect(loop, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.DeferStmt, *ast.GoStmt:
			found = found || r.uses(v, n)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				found = found || r.uses(v, n.X)
			}
		case *ast.SliceExpr:
			_, array := r.info.TypeOf(n.X).Underlying().(*types.Array)
			found = found || array && r.uses(v, n.X)
		case *ast.SelectorExpr:
			// A method with a pointer takes the address.
			s := r.info.Selections[n]
			found = found || s != nil && s.Kind() == types.MethodVal &&
				!types.IsInterface(s.Recv()) && r.uses(v, n.X)
		}
		return !found
	})
	return found
}

// uses says that a variable stands in some code.
func (r *rewriter) uses(v types.Object, code ast.Node) bool {
	found := false
	ast.Inspect(code, func(n ast.Node) bool {
		if ident, ok := n.(*ast.Ident); ok && r.info.Uses[ident] == v {
			found = true
		}
		return !found
	})
	return found
}
