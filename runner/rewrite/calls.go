package rewrite

import (
	"fmt"
	"go/ast"
	"go/types"
	"strconv"
	"strings"
)

// functions are those of the library that have an observed twin of the same
// arguments behind a line.
var functions = map[string]string{
	"time.Sleep":                "Sleep",
	"runtime.Gosched":           "Gosched",
	"context.WithCancel":        "WithCancel",
	"context.WithCancelCause":   "WithCancelCause",
	"context.WithTimeout":       "WithTimeout",
	"context.WithTimeoutCause":  "WithTimeoutCause",
	"context.WithDeadline":      "WithDeadline",
	"context.WithDeadlineCause": "WithDeadlineCause",
}

// starters take a function that runs in a goroutine of its own; their twins
// take its name, too.
var starters = map[string]string{
	"time.AfterFunc":       "AfterFunc",
	"context.AfterFunc":    "ContextAfterFunc",
	"(*sync.WaitGroup).Go": "Go",
}

// methods have twins that take their receiver as an argument.
var methods = map[string]string{
	"(*sync.Mutex).Lock":      "Lock",
	"(*sync.Mutex).Unlock":    "Unlock",
	"(*sync.RWMutex).Lock":    "WLock",
	"(*sync.RWMutex).Unlock":  "WUnlock",
	"(*sync.RWMutex).RLock":   "RLock",
	"(*sync.RWMutex).RUnlock": "RUnlock",
	"(sync.Locker).Lock":      "LockerLock",
	"(sync.Locker).Unlock":    "LockerUnlock",
	"(*sync.WaitGroup).Wait":  "GroupWait",
	"(*sync.WaitGroup).Done":  "GroupDone",
	"(*sync.WaitGroup).Add":   "GroupAdd",
	"(*sync.WaitGroup).Go":    "Go",
	"(*sync.Cond).Wait":       "CondWait",
	"(*sync.Cond).Signal":     "Signal",
	"(*sync.Cond).Broadcast":  "Broadcast",
	"(*sync.Once).Do":         "OnceDo",
}

// tests are methods of package testing that have twins in package harness,
// which stands beside a program of tests.
var tests = map[string]string{
	"(*testing.T).Run":      "RunTest",
	"(*testing.T).Parallel": "Parallel",
}

// call gives a call to its observed twin. One that starts a goroutine is the
// go statement's.
func (r *rewriter) call(n *ast.CallExpr) {
	if stmt, ok := r.parent().(*ast.GoStmt); ok && stmt.Call == n {
		return
	}
	if r.isBuiltin(n.Fun, "close") {
		r.replace(n.Fun.Pos(), n.Lparen+1,
			fmt.Sprintf("%s.Close(%d, ", r.observe, r.line(n.Pos())))
		return
	}
	if r.panics(n) || r.cancelCall(n) {
		return
	}
	function := r.callee(n)
	if function == nil || r.spreads(n) {
		return
	}
	name := function.FullName()
	line := strconv.Itoa(r.line(n.Lparen))
	if starters[name] != "" {
		line += fmt.Sprintf(", %q", r.functionName(n.Args[len(n.Args)-1]))
	}
	if twin := methods[name]; twin != "" {
		r.methodCall(n, r.observe, twin, line)
		return
	}
	if twin := tests[name]; twin != "" && r.options.Tests {
		if r.harness == "" {
			r.harness = r.fresh("harness")
			r.imports = append(r.imports,
				r.harness+" "+strconv.Quote(HarnessPath))
		}
		r.methodCall(n, r.harness, twin, line)
		return
	}
	twin := functions[name]
	if twin == "" {
		twin = starters[name]
	}
	if twin != "" {
		r.keep(n.Fun)
		r.replace(n.Fun.Pos(), n.Lparen+1,
			fmt.Sprintf("%s.%s(%s, ", r.observe, twin, line))
	}
}

// keep uses a function of the library that is called no more: the program
// may have imported its package for nothing else.
func (r *rewriter) keep(function ast.Expr) {
	name := r.text(function.Pos(), function.End())
	if !r.kept[name] {
		r.kept[name] = true
		r.tail += "; var _ = " + name
	}
}

// panics notes where the program panics. Where it may recover from that, the
// note is void.
func (r *rewriter) panics(n *ast.CallExpr) bool {
	switch {
	case r.isBuiltin(n.Fun, "panic"):
		stmt, ok := r.parent().(*ast.ExprStmt)
		if ok && r.inList(stmt) {
			r.open(stmt.Pos(), fmt.Sprintf("%s.PanicAt(%d); ",
				r.observe, r.line(n.Pos())))
		}
		return true
	case r.isBuiltin(n.Fun, "recover"):
		if body := r.function(); body != nil {
			r.open(body.Lbrace+1, " "+r.observe+".PanicAt(0); ")
		}
		return true
	}
	return false
}

// inList says that a statement is one of a list, not a part of an if, for or
// switch.
func (r *rewriter) inList(stmt ast.Stmt) bool {
	for i := len(r.parents) - 1; i > 0; i-- {
		if r.parents[i] != stmt {
			continue
		}
		switch r.parents[i-1].(type) {
		case *ast.BlockStmt, *ast.CaseClause, *ast.CommClause:
			return true
		}
	}
	return false
}

// function is the body of the function around the visited node.
func (r *rewriter) function() *ast.BlockStmt {
	for i := len(r.parents) - 1; i >= 0; i-- {
		switch f := r.parents[i].(type) {
		case *ast.FuncLit:
			return f.Body
		case *ast.FuncDecl:
			return f.Body
		}
	}
	return nil
}

// methodCall calls the twin, of one of our packages: the receiver is the
// argument before the others.
func (r *rewriter) methodCall(n *ast.CallExpr, of, twin, line string) {
	fun, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr)
	if !ok || fun != n.Fun {
		return
	}
	selection := r.info.Selections[fun]
	if selection == nil || selection.Kind() != types.MethodVal {
		return
	}
	before, path := receiverText(selection)
	r.open(n.Pos(), fmt.Sprintf("%s.%s(%s, %s(",
		of, twin, line, before))
	r.later(func() {
		r.replace(fun.X.End(), n.Lparen+1, ")"+path+", ")
	})
}

// receiverText says what to put before and after an expression to have what
// a method that it selects is called with: an address, and the fields that
// lead there.
func receiverText(s *types.Selection) (before, path string) {
	t := s.Recv()
	index := s.Index()
	for _, i := range index[:len(index)-1] {
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		field := t.Underlying().(*types.Struct).Field(i)
		path += "." + field.Name()
		t = field.Type()
	}
	_, pointer := t.Underlying().(*types.Pointer)
	if pointer || types.IsInterface(t) {
		return "", path
	}
	return "&", path
}

// cancelCall observes the call of a function whose type says that it cancels
// a context.
func (r *rewriter) cancelCall(n *ast.CallExpr) bool {
	t, ok := r.info.TypeOf(n.Fun).(*types.Named)
	if !ok || t.Obj().Pkg() == nil || t.Obj().Pkg().Path() != "context" ||
		r.spreads(n) {
		return false
	}
	if r.info.Types[n.Fun].IsType() {
		return false
	}
	switch t.Obj().Name() {
	case "CancelFunc", "CancelCauseFunc":
	default:
		return false
	}
	r.open(n.Pos(), fmt.Sprintf("%s.%s(%d, ", r.observe,
		strings.TrimSuffix(t.Obj().Name(), "Func"), r.line(n.Lparen)))
	r.later(func() { r.replace(n.Lparen, n.Lparen+1, ", ") })
	return true
}

// callee is the function or method that a call names, nil if it names none.
func (r *rewriter) callee(n *ast.CallExpr) *types.Func {
	var ident *ast.Ident
	switch fun := ast.Unparen(n.Fun).(type) {
	case *ast.Ident:
		ident = fun
	case *ast.SelectorExpr:
		ident = fun.Sel
	default:
		return nil
	}
	function, _ := r.info.Uses[ident].(*types.Func)
	return function
}

// isBuiltin says that an expression is Go's own function of the name.
func (r *rewriter) isBuiltin(x ast.Expr, name string) bool {
	ident, ok := ast.Unparen(x).(*ast.Ident)
	if !ok || ident.Name != name {
		return false
	}
	_, ok = r.info.Uses[ident].(*types.Builtin)
	return ok
}

// spreads says that the arguments of a call are the results of another.
func (r *rewriter) spreads(n *ast.CallExpr) bool {
	if len(n.Args) != 1 {
		return false
	}
	_, ok := r.info.TypeOf(n.Args[0]).(*types.Tuple)
	return ok
}

// pure says that evaluating an expression twice, or somewhat earlier, is the
// same as once: it calls nothing and receives nothing.
func (r *rewriter) pure(x ast.Node) bool {
	pure := true
	ast.Inspect(x, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			if !r.info.Types[n.Fun].IsType() {
				pure = false
			}
		case *ast.UnaryExpr:
			if n.Op.String() == "<-" {
				pure = false
			}
		}
		return pure
	})
	return pure
}
