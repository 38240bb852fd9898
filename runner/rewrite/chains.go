package rewrite

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// lowerErrors looks through chains of errors where package errors cannot: it
// sees nothing of the program's own types but their messages.
func (r *rewriter) lowerErrors(n *ast.CallExpr) {
	f := r.callee(n)
	if f == nil || f.Pkg() == nil || f.Pkg().Path() != "errors" ||
		r.spreads(n) {
		return
	}
	switch f.Name() {
	case "As":
		r.lowerAs(n)
	case "Is":
		if step, is, own := r.chainSteps(n); own {
			r.replace(n.Fun.Pos(), n.Fun.End(), fmt.Sprintf(
				"func(err, target error) bool { for err != nil { "+
					"if %s(err, target) { return 0 == 0 }; %s%s }; "+
					"return target == nil }",
				r.text(n.Fun.Pos(), n.Fun.End()), is, step))
		}
	case "Unwrap":
		if step, _, own := r.chainSteps(n); own {
			r.replace(n.Fun.Pos(), n.Fun.End(), fmt.Sprintf(
				"func(err error) error { for err != nil { %s; return err }; "+
					"return nil }", step))
		}
	}
}

// lowerAs looks for an error of one of the program's own types.
func (r *rewriter) lowerAs(n *ast.CallExpr) {
	p, ok := r.info.TypeOf(n.Args[1]).(*types.Pointer)
	if !ok || types.IsInterface(p.Elem()) {
		return
	}
	step, _, own := r.chainSteps(n)
	ours := r.ownType(p.Elem()) != nil
	if !own && !ours {
		return
	}
	text, ok := r.typeText(p.Elem(), n.Pos())
	if !ok {
		return
	}
	found := fmt.Sprintf("if e, ok := err.(%s); ok { *target = e; "+
		"return 0 == 0 }", text)
	if !ours {
		found = fmt.Sprintf("if %s(err, target) { return 0 == 0 }",
			r.text(n.Fun.Pos(), n.Fun.End()))
	}
	r.replace(n.Fun.Pos(), n.Fun.End(), fmt.Sprintf(
		"func(err error, target *%s) bool { for err != nil { %s; %s }; "+
			"return 0 != 0 }", text, found, step))
}

// chainSteps writes how to get from an error to the next one of its chain,
// and how own types are asked whether they are another one. Own says that
// own types have a say in it.
func (r *rewriter) chainSteps(n *ast.CallExpr) (step, is string, own bool) {
	var b, asks strings.Builder
	for _, t := range r.ownErrors() {
		text, ok := r.typeText(t, n.Pos())
		if !ok {
			continue
		}
		if hasMethod(t, "Unwrap", "func() error") {
			fmt.Fprintf(&b, "if e, ok := err.(%s); ok "+
				"{ err = e.Unwrap(); continue }; ", text)
			own = true
		}
		if hasMethod(t, "Is", "func(error) bool") {
			fmt.Fprintf(&asks, "if e, ok := err.(%s); ok && "+
				"e.Is(target) { return 0 == 0 }; ", text)
			own = true
		}
	}
	qualifier := "errors"
	if sel, ok := n.Fun.(*ast.SelectorExpr); ok {
		qualifier = r.text(sel.X.Pos(), sel.X.End())
	}
	b.WriteString("err = " + qualifier + ".Unwrap(err)")
	return b.String(), asks.String(), own
}

// hasMethod says that a type has a method of a signature.
func hasMethod(t types.Type, name, signature string) bool {
	o, _, _ := types.LookupFieldOrMethod(t, false, nil, name)
	f, ok := o.(*types.Func)
	if !ok {
		return false
	}
	sig := f.Signature()
	plain := types.NewSignatureType(nil, nil, nil,
		unnamed(sig.Params()), unnamed(sig.Results()), sig.Variadic())
	return types.TypeString(plain, nil) == signature
}

func unnamed(tuple *types.Tuple) *types.Tuple {
	var vars []*types.Var
	for v := range tuple.Variables() {
		vars = append(vars, types.NewVar(v.Pos(), nil, "", v.Type()))
	}
	return types.NewTuple(vars...)
}

// ownErrors are the types of the program, and pointers to them, that become
// errors.
func (r *rewriter) ownErrors() []types.Type {
	if r.errors == nil {
		r.errors = []types.Type{}
		seen := map[string]bool{}
		isError := types.Universe.Lookup("error").Type().
			Underlying().(*types.Interface)
		for _, c := range r.conversions() {
			key := types.TypeString(c.from, nil)
			if r.ownType(c.from) != nil && !seen[key] &&
				types.Implements(c.from, isError) {
				seen[key] = true
				r.errors = append(r.errors, c.from)
			}
		}
	}
	return r.errors
}

// ownType is the type of the program that a type is, or points to.
func (r *rewriter) ownType(t types.Type) *types.Named {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if ok && named.Obj().Pkg() == r.pkg {
		return named
	}
	return nil
}
