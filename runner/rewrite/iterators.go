package rewrite

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// lowerIterators makes a loop over a function a call of that function with
// the body of the loop as a function: the interpreter does not know them. The
// loops inside others come in later turns.
func lowerIterators(r *rewriter) {
	r.walk(r.program.file, func(n ast.Node) bool {
		loop, ok := n.(*ast.RangeStmt)
		if !ok {
			return true
		}
		sig, ok := r.info.TypeOf(loop.X).Underlying().(*types.Signature)
		if !ok {
			return true
		}
		i := &iteration{rewriter: r, loop: loop, label: r.labelOf(loop)}
		done := i.lower(sig)
		r.again = r.again || done
		return !done
	})
}

// iteration is one loop over a function.
type iteration struct {
	*rewriter
	loop  *ast.RangeStmt
	label types.Object

	exits   []string // what is done behind the loop, by number
	results []string // variables that keep what is returned
	state   string   // the variable that says how the loop was left
	failed  bool
}

// lower writes the loop as
//
//	{ how := 0; (f)(func(k K, v V) bool { body; return true }); exits }
func (i *iteration) lower(sig *types.Signature) bool {
	n := i.loop
	yield := sig.Params().At(0).Type().Underlying().(*types.Signature)
	params, assigns, ok := i.parameters(yield)
	if !ok || i.deferred() {
		return false
	}
	i.state = i.fresh("how")
	before := len(i.list)
	i.branches()
	head, exits := "{ ", ") "
	if len(i.exits) > 0 {
		head += i.state + " := 0; " + i.declareResults()
	}
	if i.failed {
		i.list = i.list[:before]
		return false
	}
	for k, exit := range i.exits {
		exits += fmt.Sprintf("; if %s == %d { %s }", i.state, k+1, exit)
	}
	i.dropLabel()
	i.replace(n.For, n.X.Pos(), head+"(")
	i.close(n.X.End(), ")(func("+params+") bool ")
	i.open(n.Body.Lbrace+1, assigns)
	i.close(n.Body.Rbrace, "; return 0 == 0 ")
	i.close(n.End(), exits+" }")
	return true
}

// dropLabel takes the loop's label away, which nothing needs any more.
func (i *iteration) dropLabel() {
	for k := len(i.parents) - 2; k >= 0; k-- {
		l, ok := i.parents[k].(*ast.LabeledStmt)
		if !ok {
			return
		}
		if !i.jumpedTo(l, i.info.Defs[l.Label]) {
			i.replace(l.Pos(), l.Colon+1, "")
		}
	}
}

// parameters are those of the body, and what it does with them first.
func (i *iteration) parameters(
	yield *types.Signature,
) (params, assigns string, ok bool) {
	n := i.loop
	var list []string
	vars := []ast.Expr{n.Key, n.Value}
	for k := range yield.Params().Len() {
		text, ok := i.typeText(yield.Params().At(k).Type(), n.Pos())
		if !ok {
			return "", "", false
		}
		name := "_"
		if x := vars[k]; x != nil && !blank(x) {
			if n.Tok == token.DEFINE {
				name = i.text(x.Pos(), x.End())
			} else {
				name = i.fresh("v")
				assigns += fmt.Sprintf(" %s = %s; ",
					i.text(x.Pos(), x.End()), name)
			}
		}
		list = append(list, name+" "+text)
	}
	return strings.Join(list, ", "), assigns, true
}

// deferred says that the body has deferred calls, which are the function's
// around the loop, or recovers.
func (i *iteration) deferred() bool {
	found := hasDefer(i.loop.Body)
	ast.Inspect(i.loop.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			found = found || i.isBuiltin(call.Fun, "recover")
		}
		return !found
	})
	return found
}

// branches replaces all that leaves the body.
func (i *iteration) branches() {
	var inside func(n ast.Node, loops, breaks bool)
	inside = func(n ast.Node, loops, breaks bool) {
		ast.Inspect(n, func(x ast.Node) bool {
			if x == n {
				return true
			}
			switch x := x.(type) {
			case *ast.FuncLit:
				return false
			case *ast.ForStmt, *ast.RangeStmt:
				inside(x, true, true)
				return false
			case *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
				inside(x, loops, true)
				return false
			case *ast.ReturnStmt:
				i.returns(x)
				return false
			case *ast.BranchStmt:
				i.branch(x, loops, breaks)
			}
			return true
		})
	}
	inside(i.loop.Body, false, false)
}

// branch replaces a break, a continue or a goto, if it leaves the body.
func (i *iteration) branch(x *ast.BranchStmt, loops, breaks bool) {
	text := func(s string) { i.replace(x.Pos(), x.End(), s) }
	switch {
	case x.Tok == token.GOTO:
		label := i.info.Uses[x.Label]
		if label.Pos() < i.loop.Body.Pos() || label.Pos() > i.loop.Body.End() {
			i.failed = true
		}
	case x.Label == nil && x.Tok == token.BREAK && !breaks,
		x.Label != nil && x.Tok == token.BREAK &&
			i.info.Uses[x.Label] == i.label:
		text("return 0 != 0")
	case x.Label == nil && x.Tok == token.CONTINUE && !loops,
		x.Label != nil && x.Tok == token.CONTINUE &&
			i.info.Uses[x.Label] == i.label:
		text("return 0 == 0")
	case x.Label != nil:
		label := i.info.Uses[x.Label]
		if i.loop.Body.Pos() <= label.Pos() &&
			label.Pos() < i.loop.Body.End() {
			return
		}
		text(i.leave(x.Tok.String() + " " + x.Label.Name))
	}
}

// leave is what ends the body and the loop and then does something.
func (i *iteration) leave(exit string) string {
	at := len(i.exits) + 1
	for k, known := range i.exits {
		if known == exit {
			at = k + 1
		}
	}
	if at > len(i.exits) {
		i.exits = append(i.exits, exit)
	}
	return fmt.Sprintf("%s = %d; return 0 != 0", i.state, at)
}

// returns replaces a return.
func (i *iteration) returns(x *ast.ReturnStmt) {
	sig := i.signature()
	if sig == nil {
		i.failed = true
		return
	}
	count := sig.Results().Len()
	if len(x.Results) == 0 {
		i.replace(x.Pos(), x.End(), "{ "+i.leave("return")+" }")
		return
	}
	for len(i.results) < count {
		i.results = append(i.results, i.fresh("result"))
	}
	list := strings.Join(i.results, ", ")
	i.replace(x.Pos(), x.Results[0].Pos(), "{ "+list+" = ")
	i.close(x.End(), "; "+i.leave("return "+list)+" }")
}

// signature is that of the function around the loop.
func (i *iteration) signature() *types.Signature {
	for k := len(i.parents) - 1; k >= 0; k-- {
		switch f := i.parents[k].(type) {
		case *ast.FuncLit:
			return i.info.TypeOf(f).(*types.Signature)
		case *ast.FuncDecl:
			return i.info.Defs[f.Name].(*types.Func).Signature()
		}
	}
	return nil
}

// declareResults declares the variables that keep what is returned.
func (i *iteration) declareResults() string {
	var b strings.Builder
	sig := i.signature()
	for k, name := range i.results {
		text, ok := i.typeText(sig.Results().At(k).Type(), i.loop.Pos())
		if !ok {
			i.failed = true
		}
		fmt.Fprintf(&b, "var %s %s; ", name, text)
	}
	return b.String()
}
