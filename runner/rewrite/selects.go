package rewrite

import (
	"fmt"
	"go/ast"
	"go/token"
	"strconv"

	"runnel/runner/rewrite/observe"
)

// selectStatement observes a select. Its channels and values are evaluated
// once, in order, before it waits: the last of them carries the event before
// it, each clause begins with the one after it.
func (r *rewriter) selectStatement(n *ast.SelectStmt) {
	clauses := make([]*ast.CommClause, len(n.Body.List))
	last := -1
	for i, stmt := range n.Body.List {
		clauses[i] = stmt.(*ast.CommClause)
		if clauses[i].Comm != nil {
			last = i
		}
	}
	if len(clauses) == 0 {
		r.open(n.Pos(), fmt.Sprintf("%s.Wait(%d, %d, nil); ",
			r.observe, observe.SelectAny, r.line(n.Pos())))
		return
	}
	if last < 0 || !r.observable(clauses) {
		return
	}
	r.sites++
	for i, clause := range clauses {
		s := selectCase{
			site: r.sites, index: i, last: i == last,
			line: r.line(n.Pos()), clause: clause, start: r.statementStart(n),
		}
		r.selectCase(s)
	}
}

// statementStart is where a statement begins, with its labels.
func (r *rewriter) statementStart(n ast.Stmt) token.Pos {
	at := n.Pos()
	for i := len(r.parents) - 2; i >= 0; i-- {
		labeled, ok := r.parents[i].(*ast.LabeledStmt)
		if !ok {
			break
		}
		at = labeled.Pos()
	}
	return at
}

// observable says that the types of all channels can be written.
func (r *rewriter) observable(clauses []*ast.CommClause) bool {
	for _, clause := range clauses {
		if clause.Comm == nil {
			continue
		}
		if _, ok := r.channelOf(commChannel(clause.Comm),
			clause.Pos()); !ok {
			return false
		}
	}
	return true
}

// commChannel is the channel of a case.
func commChannel(comm ast.Stmt) ast.Expr {
	if send, ok := comm.(*ast.SendStmt); ok {
		return send.Chan
	}
	return receiveOf(comm).X
}

// selectCase is one case of a select.
type selectCase struct {
	site, index int
	last        bool // the last that evaluates something
	line        int  // of the select
	clause      *ast.CommClause
	start       token.Pos // of the select, with its labels
}

// selectCase wraps the operands of a case and begins its body.
func (r *rewriter) selectCase(s selectCase) {
	comm, op := s.clause.Comm, observe.SelectReceive
	send, sends := comm.(*ast.SendStmt)
	line := 0 // it does not wait yet
	if s.last {
		line = s.line
	}
	switch {
	case comm == nil:
		op = observe.SelectElse
	case sends:
		op = observe.SelectSend
		r.wrapOperand(s, send.Chan, caseSendShape,
			fmt.Sprintf("%d, %d, 0", s.site, s.index))
		if s.last {
			r.wrapOperand(s, send.Value, caseValueShape,
				strconv.Itoa(s.line))
		}
	case r.noted(s, line):
	default:
		r.wrapOperand(s, receiveOf(comm).X, caseReceiveShape,
			fmt.Sprintf("%d, %d, %d", s.site, s.index, line))
	}
	r.open(s.clause.Colon+1, fmt.Sprintf(" %s.Selected(%d, %d, %d, %d); ",
		r.observe, s.site, s.index, op, r.line(s.clause.Pos())))
}

// noted notes the channel of a case before the select, where the case receives
// two values: the interpreter waits for ever on a channel that a call gives
// there. Only an operand that may be evaluated twice can be noted so.
func (r *rewriter) noted(s selectCase, line int) bool {
	assign, ok := s.clause.Comm.(*ast.AssignStmt)
	x := receiveOf(s.clause.Comm).X
	if !ok || len(assign.Lhs) != 2 || !r.pure(x) {
		return false
	}
	r.open(s.start, fmt.Sprintf("%s.Case(%d, %d, %d, %s); ",
		r.observe, s.site, s.index, line, r.text(x.Pos(), x.End())))
	return true
}

// wrapOperand makes an operand the last argument of a function that returns
// it after its events.
func (r *rewriter) wrapOperand(
	s selectCase, x ast.Expr, shape, arguments string,
) {
	c, _ := r.channelOf(commChannel(s.clause.Comm), s.clause.Pos())
	r.open(x.Pos(), r.operation(c, shape)+"("+arguments+", ")
	r.later(func() { r.close(x.End(), ")") })
}
