package rewrite

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// mainFunction tells when main returns.
func (r *rewriter) mainFunction(n *ast.FuncDecl) {
	if n.Recv == nil && n.Name.Name == "main" {
		r.open(n.Body.Lbrace+1, fmt.Sprintf(
			" %[1]s.Enter(); defer %[1]s.Leave(); ", r.observe))
	}
}

// goStatement tells the creation, the first and the last moment of a
// goroutine. What the statement evaluates it evaluates as before, in the
// goroutine that it is in; the creation is told after that.
func (r *rewriter) goStatement(n *ast.GoStmt) {
	if r.literal(n) {
		return
	}
	r.wrapped(n)
}

// create is the text that tells a creation.
func (r *rewriter) create(n *ast.GoStmt) string {
	return fmt.Sprintf("%s.New(%d, %q)", r.observe, r.line(n.Go),
		r.functionName(n.Call.Fun))
}

// literal gives the usual goroutine, a function literal, a parameter of its
// own. It leaves those with arguments that must be evaluated first.
func (r *rewriter) literal(n *ast.GoStmt) bool {
	lit, ok := n.Call.Fun.(*ast.FuncLit)
	if !ok || r.spreads(n.Call) {
		return false
	}
	for _, arg := range n.Call.Args {
		if !r.pure(arg) {
			return false
		}
	}
	params := lit.Type.Params
	for _, field := range params.List {
		if len(field.Names) == 0 {
			return false // they have names all or none
		}
	}
	id, comma := r.fresh("g"), ""
	if len(params.List) > 0 {
		comma = ", "
	}
	r.open(params.Opening+1, id+" "+r.observe+".Int"+comma)
	r.open(lit.Body.Lbrace+1, fmt.Sprintf(
		" %[1]s.First(%[2]s); defer %[1]s.Last(); ", r.observe, id))
	comma = ""
	if len(n.Call.Args) > 0 {
		comma = ", "
	}
	r.open(n.Call.Lparen+1, r.create(n)+comma)
	return true
}

// wrapper is a function literal around the call of a go statement.
type wrapper struct {
	params []string // their names
	types  []string
	call   string // what is called in it
}

// wrapped makes the arguments of a go statement, and its function or the
// receiver of its method, those of a function literal.
func (r *rewriter) wrapped(n *ast.GoStmt) {
	call := n.Call
	if tv := r.info.Types[call.Fun]; tv.IsBuiltin() || tv.IsType() ||
		r.spreads(call) {
		return
	}
	sig, ok := r.info.TypeOf(call.Fun).Underlying().(*types.Signature)
	if !ok {
		return
	}
	var w wrapper
	function, end, ok := r.wrapFunction(n, &w)
	if !ok || !r.wrapArguments(n, sig, &w) {
		return
	}
	id := r.fresh("g")
	var params strings.Builder
	for i, name := range w.params {
		params.WriteString(name + " " + w.types[i] + ", ")
	}
	args := w.params
	if function != "" {
		args = args[1:]
	}
	list := strings.Join(args, ", ")
	if call.Ellipsis.IsValid() {
		list += "..."
	}
	r.open(call.Pos(), fmt.Sprintf(
		"func(%s%s %[3]s.Int) { %[3]s.First(%[2]s); defer %[3]s.Last(); "+
			"%[4]s(%[5]s) }(%[6]s", params.String(), id, r.observe,
		w.call, list, strings.TrimSuffix(function, "-")))
	r.later(func() { r.endWrapped(n, end) })
}

// wrapFunction says how a function literal gets the function of a go
// statement: not at all, where it is a declared one; else as its first
// argument, with text before it, "-" for none. The end is what comes behind.
func (r *rewriter) wrapFunction(
	n *ast.GoStmt, w *wrapper,
) (before, end string, ok bool) {
	fun := n.Call.Fun
	if f := r.callee(n.Call); f != nil && f.Signature().Recv() == nil ||
		r.instance(fun) {
		w.call = r.text(fun.Pos(), fun.End())
		return "", "", !strings.Contains(w.call, "\n")
	}
	first, t := r.fresh("f"), r.info.TypeOf(fun)
	before, end, w.call = "-", ", ", first
	sel, _ := fun.(*ast.SelectorExpr)
	selection := r.info.Selections[sel]
	if sel != nil && selection != nil &&
		selection.Kind() == types.MethodVal {
		w.call += "." + sel.Sel.Name
		before, t = receiverArgument(selection)
		end = "), "
	}
	text, ok := r.typeText(t, n.Pos())
	w.params = append(w.params, first)
	w.types = append(w.types, text)
	return before, end, ok
}

// receiverArgument says how the receiver of a method is handed on, and as
// what type: a method of a pointer gets that, one of a value a copy.
func receiverArgument(s *types.Selection) (before string, t types.Type) {
	t = s.Recv()
	wants := s.Obj().(*types.Func).Signature().Recv().Type()
	_, wantsPointer := wants.(*types.Pointer)
	p, pointer := t.Underlying().(*types.Pointer)
	switch {
	case types.IsInterface(t):
	case wantsPointer && !pointer && len(s.Index()) == 1:
		return "&(", types.NewPointer(t)
	case wantsPointer && !pointer && s.Indirect():
		// An embedded pointer: a copy of what is around it has it, too.
	case wantsPointer && !pointer:
		return "&(", types.NewPointer(t)
	case !wantsPointer && pointer && len(s.Index()) == 1:
		return "*(", p.Elem()
	}
	return "(", t
}

// instance says that an expression is a generic function of the program with
// its types.
func (r *rewriter) instance(x ast.Expr) bool {
	switch i := x.(type) {
	case *ast.IndexExpr:
		x = i.X
	case *ast.IndexListExpr:
		x = i.X
	default:
		return false
	}
	ident, _ := x.(*ast.Ident)
	_, ok := r.info.Uses[ident].(*types.Func)
	return ok
}

// wrapArguments adds a parameter for each argument.
func (r *rewriter) wrapArguments(
	n *ast.GoStmt, sig *types.Signature, w *wrapper,
) bool {
	for i := range n.Call.Args {
		var t types.Type
		last := sig.Params().Len() - 1
		switch {
		case sig.Variadic() && i >= last:
			t = sig.Params().At(last).Type()
			if !n.Call.Ellipsis.IsValid() {
				t = t.(*types.Slice).Elem()
			}
		default:
			t = sig.Params().At(i).Type()
		}
		text, ok := r.typeText(t, n.Pos())
		if !ok {
			return false
		}
		w.params = append(w.params, r.fresh("a"))
		w.types = append(w.types, text)
	}
	return true
}

// endWrapped hands on what a wrapped go statement evaluates, and after it
// the goroutine's number.
func (r *rewriter) endWrapped(n *ast.GoStmt, end string) {
	call := n.Call
	from := call.Fun.End()
	if sel, ok := call.Fun.(*ast.SelectorExpr); ok && end == "), " {
		from = sel.X.End()
	}
	if end == "" {
		from = call.Fun.Pos()
	}
	r.replace(from, call.Lparen+1, end)
	if call.Ellipsis.IsValid() {
		r.replace(call.Ellipsis, call.Ellipsis+3, "")
	}
	comma := ""
	if k := len(call.Args); k > 0 {
		behind := r.text(call.Args[k-1].End(), call.Rparen)
		if !strings.Contains(behind, ",") {
			comma = ", "
		}
	}
	r.list = append(r.list, edit{
		at: call.Rparen, end: call.Rparen, text: comma + r.create(n),
	})
}

// functionName is what a goroutine is named after.
func (r *rewriter) functionName(fun ast.Expr) string {
	fun = ast.Unparen(fun)
	switch x := fun.(type) {
	case *ast.FuncLit:
		if name := r.first.named[r.place(x.Pos())]; name != "" {
			return name
		}
	case *ast.CallExpr: // see ownFrame
		if lit, ok := x.Fun.(*ast.FuncLit); ok && len(lit.Body.List) == 1 {
			ret, ok := lit.Body.List[0].(*ast.ReturnStmt)
			if ok && len(ret.Results) == 1 {
				return r.functionName(ret.Results[0])
			}
		}
	case *ast.IndexExpr:
		return r.functionName(x.X)
	case *ast.Ident:
		return r.nameAt(x.Pos())
	case *ast.SelectorExpr:
		f, ok := r.info.Uses[x.Sel].(*types.Func)
		if !ok {
			return x.Sel.Name
		}
		return strings.TrimPrefix(strings.Replace(
			f.FullName(), "main.", "", 1), "main.")
	}
	return "func"
}
