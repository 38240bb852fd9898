package rewrite

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// deferred evaluates the function and the arguments of a deferred call into
// variables: the interpreter looks at them when the call is made.
func (r *rewriter) deferred(n *ast.DeferStmt) {
	call := n.Call
	if !r.inList(n) {
		return
	}
	d := &deferral{r: r, from: n.Defer, text: "{ "}
	if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok {
		d.literal(n, lit)
		return
	}
	if d.methodInLoop(n) {
		return
	}
	function, ok := d.function(call)
	if !ok {
		return
	}
	var args []string
	if r.spreads(call) {
		args = d.spread(call.Args[0])
	} else {
		for _, arg := range call.Args {
			args = append(args, d.argument(arg))
		}
	}
	if d.kept == 0 {
		return
	}
	list := strings.Join(args, ", ")
	if call.Ellipsis.IsValid() {
		list += "..."
	}
	for _, f := range d.edits {
		f()
	}
	r.replace(d.from, call.Rparen+1, fmt.Sprintf("%sdefer %s(%s) }",
		d.text, function, list))
}

// literal moves the arguments of a literal, behind which they stand, in front
// of it. In a loop, what it takes from the turn becomes its arguments, too.
func (d *deferral) literal(n *ast.DeferStmt, lit *ast.FuncLit) {
	r, begun := d.r, false
	begin := func() {
		if !begun {
			r.close(n.Defer, "{ ")
			begun = true
		}
	}
	for _, arg := range n.Call.Args {
		text := r.text(arg.Pos(), arg.End())
		if r.settled(arg) || strings.Contains(text, "\n") {
			continue
		}
		names := r.fresh("a")
		if r.spreads(n.Call) {
			tuple := r.info.TypeOf(arg).(*types.Tuple)
			for range tuple.Len() - 1 {
				names += ", " + r.fresh("a")
			}
		}
		begin()
		r.close(n.Defer, names+" := ")
		r.copy(n.Defer, arg.Pos(), arg.End())
		r.close(n.Defer, "; ")
		r.replace(arg.Pos(), arg.End(), names)
	}
	if loop := r.loop(); loop != nil && !r.spreads(n.Call) {
		params, args := "", ""
		for _, v := range r.capturedFrom(lit, loop) {
			text, ok := r.typeText(v.Type(), n.Pos())
			if !ok || r.set[v].inside(lit) || r.changes(v, loop) {
				continue
			}
			name := r.fresh("a")
			begin()
			r.close(n.Defer, name+" := "+v.Name()+"; ")
			params += v.Name() + " " + text + ", "
			args += name + ", "
		}
		if params != "" {
			d.addArguments(n, lit, params, args)
		}
	}
	if begun {
		r.later(func() { r.close(n.End(), " }") })
	}
}

// addArguments adds arguments before the others.
func (d *deferral) addArguments(
	n *ast.DeferStmt, lit *ast.FuncLit, params, args string,
) {
	if len(lit.Type.Params.List) == 0 {
		params, args = strings.TrimSuffix(params, ", "),
			strings.TrimSuffix(args, ", ")
	}
	d.r.open(lit.Type.Params.Opening+1, params)
	d.r.open(n.Call.Lparen+1, args)
}

// changes says that a variable of a loop is set in its body.
func (r *rewriter) changes(v *types.Var, loop ast.Node) bool {
	switch loop := loop.(type) {
	case *ast.ForStmt:
		return r.set[v].inside(loop.Body)
	case *ast.RangeStmt:
		return r.set[v].inside(loop.Body)
	}
	return true
}

// deferral is a deferred call on its way to variables.
type deferral struct {
	r     *rewriter
	edits []func()
	from  token.Pos // what has not been said yet
	text  string    // what is to be said first
	kept  int
}

// keep puts the value of an expression into variables.
func (d *deferral) keep(names string, x ast.Expr) {
	from, text := d.from, d.text+names+" := "
	d.edits = append(d.edits, func() {
		d.r.replace(from, x.Pos(), text)
	})
	d.from, d.text = x.End(), "; "
	d.kept++
}

// argument is what stands for an argument.
func (d *deferral) argument(x ast.Expr) string {
	tv := d.r.info.Types[x]
	if tv.Value != nil || tv.IsNil() || tv.IsType() || d.r.settled(x) {
		return d.r.text(x.Pos(), x.End())
	}
	name := d.r.fresh("a")
	d.keep(name, x)
	return name
}

// function is what stands for the function of a deferred call.
func (d *deferral) function(call *ast.CallExpr) (string, bool) {
	r, fun := d.r, ast.Unparen(call.Fun)
	if tv := r.info.Types[fun]; tv.IsBuiltin() || tv.IsType() {
		return r.text(fun.Pos(), fun.End()), !tv.IsType()
	}
	switch f := fun.(type) {
	case *ast.SelectorExpr:
		s := r.info.Selections[f]
		if s == nil {
			return r.text(fun.Pos(), fun.End()), true // of a package
		}
		if s.Kind() == types.MethodVal {
			return d.receiver(f, s)
		}
	}
	if r.settled(fun) {
		return r.text(fun.Pos(), fun.End()), true
	}
	name := r.fresh("f")
	d.keep(name, fun)
	return name, true
}

// methodInLoop makes the receiver of a method, which the interpreter looks at
// when the call is made, the argument of a literal.
func (d *deferral) methodInLoop(n *ast.DeferStmt) bool {
	r, call := d.r, n.Call
	f, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || !r.inLoop() || call.Ellipsis.IsValid() || r.spreads(call) {
		return false
	}
	s := r.info.Selections[f]
	if s == nil || s.Kind() != types.MethodVal || s.Obj().Pkg() != r.pkg {
		return false
	}
	before, t := receiverArgument(s)
	text, ok := r.typeText(t, n.Pos())
	if !ok {
		return false
	}
	recv := r.fresh("r")
	params, list := []string{recv + " " + text}, []string{recv}
	var passed []string
	r.close(n.Defer, "{ "+recv+" := "+before)
	r.copy(n.Defer, f.X.Pos(), f.X.End())
	r.close(n.Defer, "); ")
	sig := s.Obj().(*types.Func).Signature()
	for i, arg := range call.Args {
		if tv := r.info.Types[arg]; tv.Value != nil || tv.IsNil() {
			passed = append(passed, r.text(arg.Pos(), arg.End()))
			continue
		}
		name := r.fresh("a")
		at := r.info.TypeOf(arg)
		if !sig.Variadic() && i < sig.Params().Len() {
			at = r.info.TypeOf(call.Fun).(*types.Signature).
				Params().At(i).Type()
		}
		text, ok := r.typeText(at, n.Pos())
		if !ok {
			text = "any"
		}
		r.close(n.Defer, name+" := ")
		r.copy(n.Defer, arg.Pos(), arg.End())
		r.close(n.Defer, "; ")
		params, list = append(params, name+" "+text), append(list, name)
		passed = append(passed, name)
	}
	r.replace(call.Pos(), call.End(), "func("+strings.Join(params, ", ")+
		") { "+recv+"."+f.Sel.Name+"("+strings.Join(passed, ", ")+") }("+
		strings.Join(list, ", ")+") }")
	return true
}

// receiver is what stands for a method of a value.
func (d *deferral) receiver(
	f *ast.SelectorExpr, s *types.Selection,
) (string, bool) {
	r := d.r
	before, _ := receiverArgument(s)
	if before == "&(" && r.settled(&ast.UnaryExpr{Op: token.AND, X: f.X}) ||
		before == "(" && r.settled(f.X) {
		return r.text(f.Pos(), f.End()), true
	}
	if r.inLoop() && s.Obj().Pkg() == r.pkg {
		return "", false // see methodInLoop
	}
	name := r.fresh("r")
	d.text += name + " := " + before
	from, text := d.from, d.text
	d.edits = append(d.edits, func() { r.replace(from, f.X.Pos(), text) })
	d.from, d.text = f.X.End(), "); "
	d.kept++
	return name + "." + f.Sel.Name, true
}

// spread keeps the results of a call.
func (d *deferral) spread(x ast.Expr) []string {
	var names []string
	for range d.r.info.TypeOf(x).(*types.Tuple).Len() {
		names = append(names, d.r.fresh("a"))
	}
	d.keep(strings.Join(names, ", "), x)
	return names
}
