package rewrite

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"
)

// lowerSelects makes the cases of selects simple: what they are about stands
// in variables before the select, what they receive goes to new variables.
// The interpreter evaluates a value only where it is in the first case, waits
// for ever on a channel that a call gives to a case that receives two values,
// and forgets what is received into a field or an element.
func lowerSelects(r *rewriter) {
	r.walk(r.program.file, func(n ast.Node) bool {
		if n, ok := n.(*ast.SelectStmt); ok {
			r.hoistOperands(n)
			for _, stmt := range n.Body.List {
				r.receiveIntoNew(stmt.(*ast.CommClause))
			}
		}
		return true
	})
}

// An operand is a channel or a value that a case of a select is about.
type operand struct {
	ast.Expr
	to ast.Expr // the channel that a value is sent to, nil for a channel
}

// hoistOperands evaluates the operands of a select before it, in their order,
// if one of them is not understood in its place.
func (r *rewriter) hoistOperands(n *ast.SelectStmt) {
	operands, needed := r.operands(n)
	if !needed {
		return
	}
	start := r.statementStart(n)
	for _, x := range operands {
		name, typed := r.fresh("c"), ""
		if x.to != nil {
			c, ok := r.channelOf(x.to, n.Pos())
			if !ok {
				continue
			}
			typed = " " + c.elem
		}
		r.close(start, "var "+name+typed+" = ")
		r.copy(start, x.Pos(), x.End())
		r.close(start, "; ")
		r.replace(x.Pos(), x.End(), name)
	}
}

// operands are those of a select that are not constants, and whether they
// have to stand before it, and can.
func (r *rewriter) operands(n *ast.SelectStmt) (list []operand, needed bool) {
	for _, stmt := range n.Body.List {
		comm := stmt.(*ast.CommClause).Comm
		if comm == nil {
			continue
		}
		list = append(list, operand{commChannel(comm), nil})
		switch comm := comm.(type) {
		case *ast.SendStmt:
			if tv := r.info.Types[comm.Value]; tv.Value == nil && !tv.IsNil() {
				list = append(list, operand{comm.Value, comm.Chan})
			}
			needed = needed || !r.simple(comm.Value)
		case *ast.AssignStmt:
			needed = needed || len(comm.Lhs) == 2 &&
				!r.pure(receiveOf(comm).X)
		}
	}
	for _, x := range list {
		// What stands on several lines would move others.
		if strings.Contains(r.text(x.Pos(), x.End()), "\n") {
			return nil, false
		}
	}
	return list, needed
}

// simple says that a value is a constant, a name or nil.
func (r *rewriter) simple(x ast.Expr) bool {
	tv := r.info.Types[x]
	_, isName := ast.Unparen(x).(*ast.Ident)
	return tv.Value != nil || tv.IsNil() || isName
}

// receiveIntoNew has a case that sets what there is receive into variables of
// its own first.
func (r *rewriter) receiveIntoNew(n *ast.CommClause) {
	assign, ok := n.Comm.(*ast.AssignStmt)
	if !ok || assign.Tok != token.ASSIGN || r.receivesSimply(assign) {
		return
	}
	last := assign.Lhs[len(assign.Lhs)-1]
	text := r.text(assign.Pos(), last.End())
	if strings.Contains(text, "\n") {
		return
	}
	names := r.fresh("v")
	if len(assign.Lhs) == 2 {
		names += ", " + r.fresh("v")
	}
	r.replace(assign.Pos(), assign.TokPos+1, names+" :=")
	r.open(n.Colon+1, fmt.Sprintf(" %s = %s; ", text, names))
}

// receivesSimply says that a case sets what is nobody's.
func (r *rewriter) receivesSimply(n *ast.AssignStmt) bool {
	for _, x := range n.Lhs {
		if ident, ok := x.(*ast.Ident); !ok || ident.Name != "_" {
			return false
		}
	}
	return true
}

// selectCases looks for cases that could not be made simple.
func (j *judge) selectCases(n *ast.SelectStmt) {
	for _, stmt := range n.Body.List {
		switch comm := stmt.(*ast.CommClause).Comm.(type) {
		case *ast.SendStmt:
			if !j.simple(comm.Value) {
				j.because(comm.Value, "a select that sends what it computes")
			}
		case *ast.AssignStmt:
			if comm.Tok == token.ASSIGN && !j.receivesSimply(comm) {
				j.because(comm, "a select that sets what there is")
			}
		}
	}
}
