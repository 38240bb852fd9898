package rewrite

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// A Reason says where yaegi would refuse a program or get it wrong, and why.
type Reason struct {
	Line, Column int // of the original
	What         string
}

// judge looks at a lowered program for what the interpreter cannot do.
type judge struct {
	*rewriter
	reasons []Reason
	stored  []types.Type // own types that are kept in interfaces
	all     []conversion
}

// unfit finds what yaegi would refuse or get wrong.
func (p *program) unfit() []Reason {
	j := &judge{rewriter: p.rewriter(Options{})}
	j.set = j.settings()
	j.all = j.conversions()
	j.collectStored()
	j.takenNames()
	j.walk(p.file, func(n ast.Node) bool {
		j.node(n)
		return true
	})
	for _, c := range j.all {
		j.typedNil(c)
	}
	slices.SortFunc(j.reasons, func(a, b Reason) int {
		return cmp.Or(a.Line-b.Line, a.Column-b.Column,
			cmp.Compare(a.What, b.What))
	})
	return slices.Compact(j.reasons)
}

// because adds a reason.
func (j *judge) because(n ast.Node, what string) {
	if what == "" || j.place(n.Pos()) >= j.first.end {
		return // what is ours
	}
	at := j.position(n.Pos())
	j.reasons = append(j.reasons, Reason{at.Line, at.Column, what})
}

// node looks at one node.
func (j *judge) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.FuncDecl:
		if n.Type.TypeParams != nil {
			j.because(n.Name, "a generic function")
		}
	case *ast.TypeSpec:
		if n.TypeParams != nil {
			j.because(n.Name, "a generic type")
		}
	case *ast.RangeStmt:
		if _, ok := j.info.TypeOf(n.X).Underlying().(*types.Signature); ok {
			j.because(n, "a loop over a function that defers")
		}
	case *ast.Ident:
		if _, ok := j.info.Instances[n]; ok {
			j.because(n, "generic code of this kind")
		}
	case *ast.CallExpr:
		j.callExpr(n)
	case *ast.TypeAssertExpr:
		if n.Type != nil {
			j.assertion(n, n.X, n.Type, false)
		}
	case *ast.TypeSwitchStmt:
		j.typeSwitch(n)
	case *ast.BinaryExpr:
		if n.Op == token.EQL || n.Op == token.NEQ {
			j.comparison(n, n.X, n.Y)
		}
	case *ast.SwitchStmt:
		j.valueSwitch(n)
	case *ast.SelectorExpr:
		j.selector(n)
	case *ast.DeferStmt:
		j.deferredPanic(n)
	case *ast.SelectStmt:
		j.selectCases(n)
	}
	if x, ok := n.(ast.Expr); ok {
		j.mapKeys(x)
	}
}

// takenNames looks for names that the interpreter does not let a program take.
func (j *judge) takenNames() {
	for ident, o := range j.info.Defs {
		if o != nil && ident.Name == "nil" {
			j.because(ident, "something named nil")
		}
	}
}

// beyond are functions that show what lies under the program.
var beyond = map[string]string{
	"runtime.Caller": "", "runtime.Callers": "", "runtime.Stack": "",
	"runtime.FuncForPC": "", "runtime.CallersFrames": "",
	"runtime/debug.Stack": "", "runtime/debug.PrintStack": "",
	"runtime.ReadMemStats": "", "runtime.SetFinalizer": "",
	"runtime.AddCleanup": "", "testing.AllocsPerRun": "",
	"testing.Benchmark": "", "iter.Pull": "", "iter.Pull2": "",
	"time.LoadLocation": "",
}

// selector looks at names of the library.
func (j *judge) selector(n *ast.SelectorExpr) {
	f, ok := j.info.Uses[n.Sel].(*types.Func)
	if !ok || f.Pkg() == nil {
		return
	}
	name := f.Pkg().Path() + "." + f.Name()
	if _, ok := beyond[name]; ok && f.Signature().Recv() == nil {
		j.because(n, f.Pkg().Name()+"."+f.Name())
	}
	s := j.info.Selections[n]
	if s != nil && s.Kind() == types.MethodExpr {
		j.because(n, "a method taken from a type")
	}
}

// collectStored gathers the own types that are kept in interfaces, not only
// handed to a function of the library that shows them.
func (j *judge) collectStored() {
	seen := map[string]bool{}
	for _, c := range j.all {
		if c.call != nil && j.shower(c.call) {
			continue
		}
		key := types.TypeString(c.from, nil)
		if seen[key] || !j.involvesOwn(c.from, nil) {
			continue
		}
		seen[key] = true
		j.stored = append(j.stored, c.from)
	}
}

// storedIn are the own types that a value of an interface type may be of.
func (j *judge) storedIn(t types.Type) []types.Type {
	i, ok := t.Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	var list []types.Type
	for _, s := range j.stored {
		if types.Implements(s, i) {
			list = append(list, s)
		}
	}
	return list
}

// involvesOwn says that an own type is a type or a part of it.
func (j *judge) involvesOwn(t types.Type, seen []types.Type) bool {
	if slices.Contains(seen, t) {
		return false
	}
	seen = append(seen, t)
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		return t.Obj().Pkg() == j.pkg
	case *types.Map:
		return j.involvesOwn(t.Key(), seen) || j.involvesOwn(t.Elem(), seen)
	case *types.Struct:
		for f := range t.Fields() {
			if j.involvesOwn(f.Type(), seen) {
				return true
			}
		}
	case interface{ Elem() types.Type }:
		return j.involvesOwn(t.Elem(), seen)
	}
	return false
}

// deferredPanic looks for a deferred function that panics: the interpreter
// forgets the calls that are deferred before it.
func (j *judge) deferredPanic(n *ast.DeferStmt) {
	var body *ast.BlockStmt
	if lit, ok := ast.Unparen(n.Call.Fun).(*ast.FuncLit); ok {
		body = lit.Body
	} else if f := j.callee(n.Call); f != nil {
		for _, decl := range j.program.file.Decls {
			d, ok := decl.(*ast.FuncDecl)
			if ok && j.info.Defs[d.Name] == f {
				body = d.Body
			}
		}
	}
	if body == nil {
		return
	}
	ast.Inspect(body, func(x ast.Node) bool {
		if _, ok := x.(*ast.FuncLit); ok {
			return false
		}
		if call, ok := x.(*ast.CallExpr); ok &&
			j.isBuiltin(call.Fun, "panic") {
			j.because(n, "a deferred function that panics")
			return false
		}
		return true
	})
}

// typedNil looks for pointers that may be nil in an interface: to the
// interpreter that is nil, to Go it is not.
func (j *judge) typedNil(c conversion) {
	p, ok := types.Unalias(c.from).(*types.Pointer)
	if !ok || j.ownType(p) == nil || c.call != nil && j.shower(c.call) {
		return
	}
	switch x := ast.Unparen(c.x).(type) {
	case *ast.Ident:
		v, ok := j.info.Uses[x].(*types.Var)
		if ok && j.startsNil(v) {
			j.because(c.x, "a pointer that may be nil in an interface")
		}
	case *ast.CallExpr:
		if j.info.Types[x.Fun].IsType() || isErrorType(c.to) &&
			!j.isBuiltin(x.Fun, "new") {
			j.because(c.x, "a pointer that may be nil in an interface")
		}
	}
}

// startsNil says that a variable is declared without a value.
func (j *judge) startsNil(v *types.Var) bool {
	found := false
	ast.Inspect(j.program.file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok && len(spec.Values) == 0 {
			for _, name := range spec.Names {
				found = found || j.info.Defs[name] == v
			}
		}
		return !found
	})
	return found
}

func isErrorType(t types.Type) bool {
	return types.Identical(t, types.Universe.Lookup("error").Type())
}
