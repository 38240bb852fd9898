package rewrite

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"runnel/runner/rewrite/observe"
)

// channel is what there is to know of one that stands in an expression.
type channel struct {
	elem string // the type of what it carries
	line int
}

// channelOf looks at an expression that is a channel. The operations of one
// whose type is a type parameter, or cannot be written, are not observed.
func (r *rewriter) channelOf(x ast.Expr, at token.Pos) (channel, bool) {
	t := r.info.TypeOf(x)
	if t == nil {
		return channel{}, false
	}
	if _, ok := types.Unalias(t).(*types.TypeParam); ok {
		return channel{}, false
	}
	ch, ok := t.Underlying().(*types.Chan)
	if !ok {
		return channel{}, false
	}
	elem, ok := r.typeText(ch.Elem(), at)
	if _, nested := ch.Elem().(*types.Chan); nested {
		elem = "(" + elem + ")"
	}
	return channel{elem, r.line(at)}, ok
}

// sendStatement makes "c <- v" a call of a function that sends: its
// arguments are evaluated and converted as those of the statement.
func (r *rewriter) sendStatement(n *ast.SendStmt) {
	if clause, ok := r.parent().(*ast.CommClause); ok && clause.Comm == n {
		return
	}
	c, ok := r.channelOf(n.Chan, n.Pos())
	if !ok {
		return
	}
	c.line = r.line(n.Arrow)
	r.open(n.Pos(), fmt.Sprintf("func(c chan<- %[1]s, v %[1]s) { %s; "+
		"c <- v; %s }(", c.elem,
		r.wait(observe.Send, c.line), r.done(observe.Send, c.line)))
	r.replace(n.Arrow, n.Arrow+2, ",")
	r.later(func() { r.close(n.End(), ")") })
}

// wait is the text of an event before an operation on c.
func (r *rewriter) wait(op observe.Op, line int) string {
	return fmt.Sprintf("%s.Wait(%d, %d, c)", r.observe, op, line)
}

// done is that of the event after it.
func (r *rewriter) done(op observe.Op, line int) string {
	return fmt.Sprintf("%s.Done(%d, %d, c)", r.observe, op, line)
}

// receive makes "<-c" a call of a function that receives.
func (r *rewriter) receive(n *ast.UnaryExpr) {
	if r.inComm(n) {
		return
	}
	c, ok := r.channelOf(n.X, n.Pos())
	if !ok {
		return
	}
	_, both := r.info.TypeOf(n).(*types.Tuple)
	function := r.receiver(c, observe.Receive, both)
	r.replace(n.OpPos, n.OpPos+2, function+"(")
	r.later(func() { r.close(n.End(), ")") })
}

// receiver is a function that receives from its argument.
func (r *rewriter) receiver(c channel, op observe.Op, both bool) string {
	results, values := c.elem, "v"
	if both {
		results, values = "("+c.elem+", bool)", "v, ok"
	}
	return fmt.Sprintf("func(c <-chan %s) %s { %s; %s := <-c; %s; return %s }",
		c.elem, results, r.wait(op, c.line), values, r.done(op, c.line),
		values)
}

// inComm says that a receive is the one that a case of a select is about.
func (r *rewriter) inComm(n *ast.UnaryExpr) bool {
	for i := len(r.parents) - 2; i >= 0; i-- {
		if clause, ok := r.parents[i].(*ast.CommClause); ok {
			return clause.Comm != nil && receiveOf(clause.Comm) == n
		}
		switch r.parents[i].(type) {
		case *ast.ParenExpr, *ast.ExprStmt, *ast.AssignStmt:
		default:
			return false
		}
	}
	return false
}

// receiveOf is the receive in a case of a select.
func receiveOf(comm ast.Stmt) *ast.UnaryExpr {
	var x ast.Expr
	switch s := comm.(type) {
	case *ast.ExprStmt:
		x = s.X
	case *ast.AssignStmt:
		x = s.Rhs[0]
	}
	u, _ := ast.Unparen(x).(*ast.UnaryExpr)
	return u
}

// rangeOverChannel makes a loop over a channel one that receives.
func (r *rewriter) rangeOverChannel(n *ast.RangeStmt) {
	c, ok := r.channelOf(n.X, n.For)
	if !ok {
		return
	}
	if n.Key != nil && n.Tok == token.ASSIGN && !r.pure(n.Key) {
		return
	}
	name, more := r.fresh("c"), r.fresh("ok")
	r.replace(n.For+3, n.X.Pos(),
		fmt.Sprintf(" %s := (<-chan %s)(", name, c.elem))
	receive := r.receiver(c, observe.RangeChan, true)
	head := fmt.Sprintf(" _, %s := %s(%s); if !%s { break }; ",
		more, receive, name, more)
	if n.Key != nil && r.text(n.Key.Pos(), n.Key.End()) != "_" {
		head = r.rangeHead(n, receive, name, more)
	}
	r.later(func() {
		r.close(n.X.End(), "); ;")
	})
	r.open(n.Body.Lbrace+1, head)
}

// rangeHead receives into the loop's variable.
func (r *rewriter) rangeHead(
	n *ast.RangeStmt, receive, name, more string,
) string {
	key := r.text(n.Key.Pos(), n.Key.End())
	if n.Tok == token.DEFINE {
		return fmt.Sprintf(" %s, %s := %s(%s); if !%s { break }; ",
			key, more, receive, name, more)
	}
	value := r.fresh("v")
	return fmt.Sprintf(" %s, %s := %s(%s); if !%s { break }; %s = %s; ",
		value, more, receive, name, more, key, value)
}
