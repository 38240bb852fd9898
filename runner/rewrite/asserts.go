package rewrite

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// erased writes a type as it looks to the interpreter, for which the
// program's own names are none.
func (j *judge) erased(t types.Type, seen []*types.Named) string {
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		if t.Obj().Pkg() != j.pkg {
			return types.TypeString(t, nil)
		}
		for i, s := range seen {
			if s == t {
				return fmt.Sprint("#", i)
			}
		}
		return j.erased(t.Underlying(), append(seen, t))
	case *types.Pointer:
		return "*" + j.erased(t.Elem(), seen)
	case *types.Slice:
		return "[]" + j.erased(t.Elem(), seen)
	case *types.Array:
		return fmt.Sprintf("[%d]%s", t.Len(), j.erased(t.Elem(), seen))
	case *types.Map:
		return "map[" + j.erased(t.Key(), seen) + "]" +
			j.erased(t.Elem(), seen)
	case *types.Chan:
		return fmt.Sprint("chan", t.Dir(), " ", j.erased(t.Elem(), seen))
	case *types.Struct:
		var b strings.Builder
		for f := range t.Fields() {
			fmt.Fprintf(&b, "%s %s;", f.Name(), j.erased(f.Type(), seen))
		}
		return "struct{" + b.String() + "}"
	case *types.Signature:
		var b strings.Builder
		for v := range t.Params().Variables() {
			b.WriteString(j.erased(v.Type(), seen) + ",")
		}
		b.WriteString(")(")
		for v := range t.Results().Variables() {
			b.WriteString(j.erased(v.Type(), seen) + ",")
		}
		return "func(" + b.String() + ")"
	case *types.Interface:
		return "interface" // one is like another
	}
	return types.TypeString(t, nil)
}

// ambiguous says that a value that is kept in an interface looks like one of
// a type but is of another.
func (j *judge) ambiguous(t, in types.Type) bool {
	look := j.erased(t, nil)
	for _, s := range j.storedIn(in) {
		if !types.Identical(s, t) && j.erased(s, nil) == look {
			return true
		}
	}
	if !j.involvesOwn(t, nil) {
		return false
	}
	// A type of Go's own may look like it, too.
	named := j.ownType(t)
	if named == nil || isEmpty(in) {
		_, isStruct := t.Underlying().(*types.Struct)
		p, isPointer := t.Underlying().(*types.Pointer)
		if isPointer {
			_, isStruct = p.Elem().Underlying().(*types.Struct)
		}
		return !isStruct && j.keepsLike(t, in)
	}
	return false
}

// keepsLike says that a value of no own type that looks like one of a type is
// kept in an interface.
func (j *judge) keepsLike(t, in types.Type) bool {
	look := j.erased(t, nil)
	for _, c := range j.all {
		if !j.involvesOwn(c.from, nil) && types.IsInterface(c.to) &&
			(c.call == nil || !j.shower(c.call)) &&
			j.erased(types.Default(c.from), nil) == look {
			return true
		}
	}
	return false
}

// wrapsErrors says that the program hands errors to the library, to wrap them.
func (j *judge) wrapsErrors() bool {
	found := false
	ast.Inspect(j.program.file, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			f := j.callee(call)
			found = found || f != nil && (f.FullName() == "fmt.Errorf" ||
				f.FullName() == "errors.Join")
		}
		return !found
	})
	return found
}

// isEmpty says that an interface type has no methods.
func isEmpty(t types.Type) bool {
	i, ok := t.Underlying().(*types.Interface)
	return ok && i.NumMethods() == 0
}

// assertion looks at "x.(T)", and at a case of a type switch.
func (j *judge) assertion(n ast.Node, x, t ast.Expr, isSwitch bool) {
	from, to := j.info.TypeOf(x), j.info.TypeOf(t)
	if from == nil || to == nil || isNil(to) {
		return
	}
	if !types.IsInterface(to) {
		_, pointer := to.Underlying().(*types.Pointer)
		switch {
		case j.ambiguous(to, from):
			j.because(n, "types that look alike, told apart")
		case isErrorType(from) && j.ownType(to) != nil && !pointer &&
			j.wrapsErrors():
			j.because(n, "an own error that is no pointer, "+
				"which another one may wrap")
		}
		return
	}
	if isEmpty(to) {
		return
	}
	own := false
	for range j.storedIn(to) {
		own = true
	}
	switch {
	case isEmpty(from) && isSwitch:
		j.because(n, "an interface as a case of a type switch")
	case isEmpty(from) && own:
		j.because(n, "an own type in an any, as another interface")
	case isErrorType(from):
		j.because(n, "an error as another interface")
	case j.ownType(from) == nil && !isEmpty(from) && own:
		j.because(n, "an own type in the library's interface, "+
			"as another one")
	}
}

// typeSwitch looks at the cases of a type switch.
func (j *judge) typeSwitch(n *ast.TypeSwitchStmt) {
	x := switched(n)
	for _, stmt := range n.Body.List {
		for _, t := range stmt.(*ast.CaseClause).List {
			j.assertion(t, x, t, true)
		}
	}
}

// switched is what a type switch is about.
func switched(n *ast.TypeSwitchStmt) ast.Expr {
	switch s := n.Assign.(type) {
	case *ast.ExprStmt:
		return ast.Unparen(s.X).(*ast.TypeAssertExpr).X
	case *ast.AssignStmt:
		return ast.Unparen(s.Rhs[0]).(*ast.TypeAssertExpr).X
	}
	return nil
}

// comparison looks at "x == y" of interfaces.
func (j *judge) comparison(n ast.Node, x, y ast.Expr) {
	from, to := j.info.TypeOf(x), j.info.TypeOf(y)
	if from == nil || to == nil || isNil(from) || isNil(to) ||
		!types.IsInterface(from) && !types.IsInterface(to) {
		return
	}
	if j.sentinel(x) || j.sentinel(y) {
		return
	}
	i := from
	if !types.IsInterface(i) {
		i = to
	}
	switch {
	case len(j.storedIn(i)) == 0:
	case !isEmpty(i):
		j.because(n, "own types compared in interfaces")
	case j.alike():
		j.because(n, "types that look alike, compared in interfaces")
	}
}

// alike says that some types which are kept in an any look alike.
func (j *judge) alike() bool {
	for _, t := range j.stored {
		if j.ambiguous(t, types.Universe.Lookup("any").Type()) {
			return true
		}
	}
	return false
}

// sentinel says that an expression is a variable of the library, or one that
// has a new error of no own type.
func (j *judge) sentinel(x ast.Expr) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.SelectorExpr:
		v, ok := j.info.Uses[x.Sel].(*types.Var)
		return ok && !v.IsField() && v.Pkg() != j.pkg
	case *ast.Ident:
		v, ok := j.info.Uses[x].(*types.Var)
		return ok && j.newError(v)
	}
	return false
}

// newError says that a variable is declared with the result of errors.New or
// fmt.Errorf.
func (j *judge) newError(v *types.Var) bool {
	found := false
	is := func(x ast.Expr) bool {
		call, ok := ast.Unparen(x).(*ast.CallExpr)
		if !ok {
			return false
		}
		f := j.callee(call)
		return f != nil && (f.FullName() == "errors.New" ||
			f.FullName() == "fmt.Errorf")
	}
	ast.Inspect(j.program.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ValueSpec:
			for i, name := range n.Names {
				if j.info.Defs[name] == v && i < len(n.Values) {
					found = is(n.Values[i])
				}
			}
		case *ast.AssignStmt:
			for i, x := range n.Lhs {
				ident, ok := x.(*ast.Ident)
				if ok && (j.info.Defs[ident] == v || j.info.Uses[ident] == v) &&
					len(n.Lhs) == len(n.Rhs) {
					found = found || is(n.Rhs[i])
				}
			}
		}
		return true
	})
	return found
}

// valueSwitch looks at a switch on an interface.
func (j *judge) valueSwitch(n *ast.SwitchStmt) {
	if n.Tag == nil || !types.IsInterface(j.info.TypeOf(n.Tag)) {
		return
	}
	for _, stmt := range n.Body.List {
		for _, x := range stmt.(*ast.CaseClause).List {
			j.comparison(x, n.Tag, x)
		}
	}
}

// mapKeys looks at maps whose keys are interfaces.
func (j *judge) mapKeys(x ast.Expr) {
	tv, ok := j.info.Types[x]
	if !ok || !tv.IsType() {
		return
	}
	m, ok := tv.Type.(*types.Map)
	if !ok || !types.IsInterface(m.Key()) || len(j.storedIn(m.Key())) == 0 {
		return
	}
	if !isEmpty(m.Key()) || j.alike() {
		j.because(x, "own types as keys of a map of interfaces")
	}
}
