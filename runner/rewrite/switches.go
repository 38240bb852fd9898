package rewrite

import (
	"go/ast"
	"go/token"
)

// lowerSwitch says a switch otherwise where the interpreter takes the wrong
// case: where it declares something first, and where a case has several
// conditions or nothing to do.
func (r *rewriter) lowerSwitch(n *ast.SwitchStmt) {
	r.initFirst(n, n.Init, n.Switch)
	for _, stmt := range n.Body.List {
		clause := stmt.(*ast.CaseClause)
		if nothing(clause.Body) {
			r.open(clause.Colon+1, " _ = 0; ")
		}
		if n.Tag != nil || len(clause.List) < 2 {
			continue
		}
		for i, x := range clause.List {
			if i == 0 {
				r.open(x.Pos(), "(")
			} else {
				from := clause.List[i-1].End()
				r.later(func() { r.replace(from, x.Pos(), ") || (") })
			}
		}
		r.later(func() {
			r.close(clause.List[len(clause.List)-1].End(), ")")
		})
	}
}

// nothing says that statements do nothing.
func nothing(list []ast.Stmt) bool {
	for _, s := range list {
		if _, empty := s.(*ast.EmptyStmt); !empty {
			return false
		}
	}
	return true
}

// initFirst puts what a switch declares before it.
func (r *rewriter) initFirst(n, init ast.Stmt, at token.Pos) {
	if init == nil {
		return
	}
	start := r.statementStart(n)
	r.open(start, "{ ")
	if start != n.Pos() {
		// It stands behind a label, for which the switch would be no more.
		text := r.text(init.Pos(), init.End())
		r.open(start, text+"; ")
		r.replace(at+token.Pos(len("switch")), init.End(), "")
	} else {
		r.replace(at, init.Pos(), "")
		_ = at
	}
	semicolon := init.End()
	for r.src[r.file.Offset(semicolon)] != ';' {
		semicolon++
	}
	if start != n.Pos() {
		r.replace(semicolon, semicolon+1, "")
	} else {
		r.replace(semicolon, semicolon+1, "; switch ")
	}
	r.later(func() { r.close(n.End(), " }") })
}
