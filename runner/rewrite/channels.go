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
	elem   string // the type of what it carries
	global bool   // which means the same outside of functions
	line   int
}

// The functions that channel operations become, from their parameters on:
// %[1]s is the type of what the channel carries, %[2]s package observe.
const (
	sendShape = "(line %[2]s.Int, c chan<- %[1]s, v %[1]s) { " +
		"%[2]s.Wait(1, line, c); c <- v; %[2]s.Done() }"
	receiveShape = "(op, line %[2]s.Int, c <-chan %[1]s) %[1]s { " +
		"%[2]s.Wait(op, line, c); v := <-c; %[2]s.Done(); " +
		"return v }"
	receiveBothShape = "(op, line %[2]s.Int, c <-chan %[1]s) (%[1]s, %[2]s.Bool) { " +
		"%[2]s.Wait(op, line, c); v, ok := <-c; %[2]s.Done(); " +
		"return v, ok }"
	receivePlainShape = "(c <-chan %[1]s) %[1]s " +
		"{ v := <-c; return v }"
	receivePlainBothShape = "(c <-chan %[1]s) (%[1]s, %[2]s.Bool) " +
		"{ v, ok := <-c; return v, ok }"
	caseReceiveShape = "(site, index, line %[2]s.Int, c <-chan %[1]s) " +
		"<-chan %[1]s { %[2]s.Case(site, index, line, c); return c }"
	caseSendShape = "(site, index, line %[2]s.Int, c chan<- %[1]s) " +
		"chan<- %[1]s { %[2]s.Case(site, index, line, c); return c }"
	caseValueShape = "(line %[2]s.Int, v %[1]s) %[1]s { " +
		"%[2]s.Wait(4, line, nil); return v }"
)

// operation is what to call for an operation: a function at the end of the
// program or, where the type is a function's own, a literal. The interpreter
// takes ten times as long to make and call a literal.
func (r *rewriter) operation(c channel, shape string) string {
	text := fmt.Sprintf(shape, c.elem, r.observe)
	if !c.global {
		return "func" + text
	}
	return r.helper("on_channel", text)
}

// helper is a function at the end of the program, with this text from its
// parameters on.
func (r *rewriter) helper(base, text string) string {
	if r.helpers == nil {
		r.helpers = map[string]string{}
	}
	name := r.helpers[text]
	if name == "" {
		name = r.fresh(base)
		r.helpers[text] = name
		r.tail += "; func " + name + text
	}
	return name
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
	elem, global := r.typeText(ch.Elem(), token.NoPos)
	if ok = global; !ok {
		elem, ok = r.typeText(ch.Elem(), at)
	}
	if _, nested := ch.Elem().(*types.Chan); nested {
		elem = "(" + elem + ")"
	}
	return channel{elem, global, r.line(at)}, ok
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
	r.open(n.Pos(), fmt.Sprintf("%s(%d, ",
		r.operation(c, sendShape), r.line(n.Arrow)))
	r.replace(n.Arrow, n.Arrow+2, ",")
	r.later(func() { r.close(n.End(), ")") })
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
	shape := receiveShape
	if both {
		shape = receiveBothShape
	}
	r.replace(n.OpPos, n.OpPos+2, fmt.Sprintf("%s(%d, %d, ",
		r.operation(c, shape), observe.Receive, c.line))
	r.later(func() { r.close(n.End(), ")") })
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
	receive := fmt.Sprintf("%s(%d, %d, %s)",
		r.operation(c, receiveBothShape), observe.RangeChan, c.line, name)
	head := fmt.Sprintf(" _, %s := %s; if !%s { break }; ",
		more, receive, more)
	if n.Key != nil && r.text(n.Key.Pos(), n.Key.End()) != "_" {
		head = r.rangeHead(n, receive, more)
	}
	r.later(func() {
		// A loop without a condition begins at its first statement again and
		// again in yaegi. The name true may be the program's own.
		r.close(n.X.End(), "); 0 == 0;")
	})
	r.open(n.Body.Lbrace+1, head)
}

// rangeHead receives into the loop's variable.
func (r *rewriter) rangeHead(
	n *ast.RangeStmt, receive, more string,
) string {
	key := r.text(n.Key.Pos(), n.Key.End())
	if n.Tok == token.DEFINE {
		return fmt.Sprintf(" %s, %s := %s; if !%s { break }; ",
			key, more, receive, more)
	}
	value := r.fresh("v")
	return fmt.Sprintf(" %s, %s := %s; if !%s { break }; %s = %s; ",
		value, more, receive, more, key, value)
}
