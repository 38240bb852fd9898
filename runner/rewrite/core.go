package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"
)

// lowerCore lowers what stands alone: statements and expressions of a program
// without generics and without loops over functions.
func lowerCore(r *rewriter) {
	r.set = r.settings()
	r.foldConstants()
	r.walk(r.program.file, r.lowerNode)
	r.dropImports()
}

// lowerNode lowers one node.
func (r *rewriter) lowerNode(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.GenDecl:
		return !r.folded[n]
	case *ast.ForStmt:
		r.freshLoopVariables(n)
	case *ast.RangeStmt:
		r.lowerRange(n)
		r.rangeOverPointer(n)
	case *ast.CallExpr:
		r.lowerBuiltin(n)
		r.lowerErrors(n)
		r.printedResults(n)
	case *ast.SwitchStmt:
		r.lowerSwitch(n)
	case *ast.TypeSwitchStmt:
		r.initFirst(n, n.Init, n.Switch)
	case *ast.LabeledStmt:
		r.breakOutOfLabel(n)
	case *ast.CompositeLit:
		r.aloneLiteral(n)
	case *ast.SelectStmt:
		r.breakOutOfSelect(n)
	case *ast.SelectorExpr:
		r.bindMethod(n)
	}
	if x, ok := n.(ast.Expr); ok && r.foldedText[x] != "" {
		r.replace(x.Pos(), x.End(), r.foldedText[x])
		return false
	}
	return true
}

// aloneLiteral has a composite literal made by a function where it is one of
// several values: the interpreter forgets the others.
func (r *rewriter) aloneLiteral(n *ast.CompositeLit) {
	switch p := r.parent().(type) {
	case *ast.AssignStmt:
		if len(p.Rhs) < 2 && !r.overwrites(p) {
			return
		}
	case *ast.ValueSpec:
		if len(p.Values) < 2 {
			return
		}
	default:
		return
	}
	if text, ok := r.typeText(r.info.TypeOf(n), n.Pos()); ok {
		r.open(n.Pos(), "func() "+text+" { return ")
		r.later(func() { r.close(n.End(), " }()") })
	}
}

// overwrites says that an assignment sets a variable which something holds:
// from a literal the interpreter would make a new variable.
func (r *rewriter) overwrites(n *ast.AssignStmt) bool {
	ident, ok := n.Lhs[0].(*ast.Ident)
	if !ok || n.Tok != token.ASSIGN {
		return false
	}
	v, ok := r.info.Uses[ident].(*types.Var)
	return ok && (r.held(v) || v.Parent() == r.pkg.Scope() || r.addressed(v))
}

// lowerLast lowers what cannot be checked again, since it calls package
// observe.
func (r *rewriter) lowerLast(n ast.Node) {
	switch n := n.(type) {
	case *ast.RangeStmt:
		r.rangeOverString(n)
	case *ast.CallExpr:
		r.checkedError(n)
		if r.isBuiltin(n.Fun, "recover") {
			r.open(n.Pos(), r.observe+".Recovered(")
			r.later(func() { r.close(n.End(), ")") })
		}
	case *ast.UnaryExpr:
		if n.Op == token.ARROW && !r.options.Events {
			r.receiveUnwatched(n)
		}
	}
}
