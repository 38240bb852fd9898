package rewrite

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"
)

// tick counts steps where a program can go on for ever: at the head of a
// loop, at a goto that leads back, at the start of a function.
func (r *rewriter) tick(n ast.Node) {
	switch n := n.(type) {
	case *ast.ForStmt:
		r.giveCondition(n)
		r.tickBody(n.Body, 1)
	case *ast.RangeStmt:
		r.tickBody(n.Body, 1)
	case *ast.FuncDecl:
		if n.Body != nil {
			r.tickBody(n.Body, callSteps)
		}
	case *ast.FuncLit:
		r.tickBody(n.Body, callSteps)
	case *ast.BranchStmt:
		if n.Tok == token.GOTO && r.backward(n) {
			r.open(n.Pos(), r.tickText(n.Pos(), 1))
		}
	}
}

// giveCondition gives a loop that declares something and has no condition one
// that holds: without it the interpreter begins at the declaration again and
// again. The name true may be the program's own. A loop that is never left
// may end a function, one with a condition may not: another loop comes after
// it.
func (r *rewriter) giveCondition(n *ast.ForStmt) {
	if !r.options.Lower || n.Init == nil || n.Cond != nil {
		return
	}
	gap := r.text(n.Init.End(), n.Body.Lbrace)
	i := strings.IndexByte(gap, ';')
	if i < 0 {
		return
	}
	r.open(n.Init.End()+token.Pos(i)+1, " 0 == 0")
	if !r.hasBreak(n) {
		r.later(func() { r.close(n.End(), "; for { }") })
	}
}

// hasBreak says that a loop is left by a break.
func (r *rewriter) hasBreak(loop *ast.ForStmt) bool {
	label, found := r.labelOf(loop), false
	var inside func(n ast.Node, nested bool)
	inside = func(n ast.Node, nested bool) {
		ast.Inspect(n, func(x ast.Node) bool {
			switch x := x.(type) {
			case *ast.FuncLit:
				return false
			case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt,
				*ast.TypeSwitchStmt, *ast.SelectStmt:
				if !nested {
					inside(x, true)
					return false
				}
			case *ast.BranchStmt:
				found = found || x.Tok == token.BREAK &&
					(x.Label == nil && !nested ||
						x.Label != nil && r.info.Uses[x.Label] == label)
			}
			return true
		})
	}
	inside(loop.Body, false)
	return found
}

// callSteps is how many steps a call counts for: the interpreter takes that
// much longer for one than for a turn of a loop.
const callSteps = 10

func (r *rewriter) tickBody(body *ast.BlockStmt, steps int) {
	r.open(body.Lbrace+1, r.tickText(body.Lbrace, steps))
}

// tickText is a call of observe.Tick for most steps only in words: under
// yaegi a call costs ten times as much as the counter.
func (r *rewriter) tickText(pos token.Pos, steps int) string {
	less := r.steps + "--"
	if steps > 1 {
		less = fmt.Sprintf("%s -= %d", r.steps, steps)
	}
	return fmt.Sprintf(
		" if %[4]s; %[1]s <= 0 { %[1]s = %[2]s.Tick(%[3]d); "+
			"%[2]s.Pause(%[3]d) }; ",
		r.steps, r.observe, r.line(pos), less)
}

// backward says that a goto leads to a label before it.
func (r *rewriter) backward(n *ast.BranchStmt) bool {
	label := r.info.Uses[n.Label]
	return label != nil && label.Pos() < n.Pos()
}
