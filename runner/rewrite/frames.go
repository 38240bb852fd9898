package rewrite

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// lowerFrames lowers what has to do with variables that outlive a turn of a
// loop or the end of a function: deferred calls and closures.
func lowerFrames(r *rewriter) {
	r.set = r.settings()
	r.walk(r.program.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.DeferStmt:
			r.deferred(n)
		case *ast.FuncLit:
			r.ownFrame(n)
		case *ast.AssignStmt:
			r.redeclare(n)
		}
		return true
	})
}

// ownFrame has a function literal made by a function of its own: the
// interpreter does not keep the variables of a literal that it hands to the
// library, and waits for ever on one that is called, while deferred calls are
// made, in the function that made it.
func (r *rewriter) ownFrame(lit *ast.FuncLit) {
	call, _ := r.parent().(*ast.CallExpr)
	if call != nil && ast.Unparen(call.Fun) == lit {
		return
	}
	library := call != nil && r.ofLibrary(call)
	if library && !r.turns(lit) || !library && !r.defers() {
		return
	}
	text, ok := r.typeText(r.info.TypeOf(lit), lit.Pos())
	if !ok {
		return
	}
	r.open(lit.Pos(), "func() "+text+" { return ")
	r.later(func() { r.close(lit.End(), " }()") })
}

// ofLibrary says that a call is of a function of the library.
func (r *rewriter) ofLibrary(call *ast.CallExpr) bool {
	f := r.callee(call)
	return f != nil && f.Pkg() != r.pkg
}

// turns says that a function literal in a loop uses variables that are new
// in each turn.
func (r *rewriter) turns(lit *ast.FuncLit) bool {
	loop := r.loop()
	return loop != nil && len(r.capturedFrom(lit, loop)) > 0
}

// loop is the outermost loop around the visited node in its function.
func (r *rewriter) loop() ast.Node {
	var loop ast.Node
	for i := len(r.parents) - 2; i >= 0; i-- {
		switch n := r.parents[i].(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			loop = n
		case *ast.FuncLit, *ast.FuncDecl:
			return loop
		}
	}
	return loop
}

// capturedFrom are the variables of a literal that something around it
// declares.
func (r *rewriter) capturedFrom(
	lit *ast.FuncLit, around ast.Node,
) []*types.Var {
	var list []*types.Var
	seen := map[types.Object]bool{}
	ast.Inspect(lit, func(n ast.Node) bool {
		ident, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		v, ok := r.info.Uses[ident].(*types.Var)
		if ok && !v.IsField() && !seen[v] &&
			around.Pos() <= v.Pos() && v.Pos() < around.End() &&
			!(lit.Pos() <= v.Pos() && v.Pos() < lit.End()) {
			seen[v] = true
			list = append(list, v)
		}
		return true
	})
	return list
}

// defers says that the function around the visited literal has deferred
// calls.
func (r *rewriter) defers() bool {
	for i := len(r.parents) - 2; i >= 0; i-- {
		switch f := r.parents[i].(type) {
		case *ast.FuncLit:
			return hasDefer(f.Body)
		case *ast.FuncDecl:
			return hasDefer(f.Body)
		}
	}
	return false
}

func hasDefer(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.DeferStmt:
			found = true
		}
		return !found
	})
	return found
}

// redeclare sets a variable that is there already otherwise than by ":=",
// for which the interpreter makes a new one, if a function holds the variable.
func (r *rewriter) redeclare(n *ast.AssignStmt) {
	if n.Tok != token.DEFINE || !r.inList(n) {
		return
	}
	var back []string
	for _, x := range n.Lhs {
		ident, ok := x.(*ast.Ident)
		if !ok || ident.Name == "_" || r.info.Defs[ident] != nil {
			continue
		}
		v := r.info.Uses[ident]
		if v == nil || !r.held(v) {
			continue
		}
		name := r.fresh(ident.Name)
		r.replace(ident.Pos(), ident.End(), name)
		back = append(back, fmt.Sprintf("; %s = %s", ident.Name, name))
	}
	if len(back) > 0 {
		r.later(func() { r.close(n.End(), strings.Join(back, "")) })
	}
}

// held says that a function literal uses a variable from outside, or that
// its address is taken.
func (r *rewriter) held(v types.Object) bool {
	found := false
	ast.Inspect(r.program.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			if v.Pos() < n.Pos() || v.Pos() >= n.End() {
				found = found || r.uses(v, n)
			}
		case *ast.UnaryExpr:
			found = found || n.Op == token.AND && r.uses(v, n.X)
		}
		return !found
	})
	return found
}

// addressed says that a method with a pointer is taken of a variable.
func (r *rewriter) addressed(v types.Object) bool {
	found := false
	ast.Inspect(r.program.file, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return !found
		}
		s := r.info.Selections[sel]
		if s != nil && s.Kind() == types.MethodVal && r.base(sel.X) == v {
			found = true
		}
		return !found
	})
	return found
}
