package rewrite

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// bindMethod says otherwise what takes a method without calling it: of a
// value, "x.m", as a function that holds a copy of it, which the interpreter
// forgets to make; of a type, "T.m", which it does not know.
func (r *rewriter) bindMethod(n *ast.SelectorExpr) {
	s := r.info.Selections[n]
	if s == nil || s.Kind() == types.FieldVal {
		return
	}
	if call, ok := r.parent().(*ast.CallExpr); ok &&
		ast.Unparen(call.Fun) == n && s.Kind() == types.MethodVal {
		return
	}
	sig, ok := r.info.TypeOf(n).(*types.Signature)
	if !ok || sig.Variadic() {
		return
	}
	if s.Kind() == types.MethodExpr {
		r.methodExpression(n, sig)
		return
	}
	before, t := receiverArgument(s)
	recv, ok := r.typeText(t, n.Pos())
	params, args, _, fits := r.signatureText(sig, n, 0)
	if !ok || !fits {
		return
	}
	whole, ok := r.typeText(sig, n.Pos())
	if !ok {
		return
	}
	name := r.fresh("r")
	r.open(n.Pos(), fmt.Sprintf("func(%s %s) %s { return func%s { %s%s.%s(%s) } }(%s",
		name, recv, whole, params, returns(sig), name, n.Sel.Name, args,
		strings.TrimPrefix(before, "-")))
	r.later(func() {
		end := ")"
		if strings.HasSuffix(before, "(") {
			end = "))"
		}
		r.replace(n.X.End(), n.End(), end)
	})
}

// methodExpression makes a method of a type a function that calls it.
func (r *rewriter) methodExpression(n *ast.SelectorExpr, sig *types.Signature) {
	params, args, list, ok := r.signatureText(sig, n, 1)
	if !ok || len(list) == 0 {
		return
	}
	r.replace(n.Pos(), n.End(), fmt.Sprintf("func%s { %s%s.%s(%s) }",
		params, returns(sig), list[0], n.Sel.Name, args))
}

func returns(sig *types.Signature) string {
	if sig.Results().Len() == 0 {
		return ""
	}
	return "return "
}

// signatureText writes parameters with names and results, and the names of
// the parameters from one on.
func (r *rewriter) signatureText(
	sig *types.Signature, n ast.Node, from int,
) (params, args string, names []string, ok bool) {
	var list, results []string
	for v := range sig.Params().Variables() {
		text, ok := r.typeText(v.Type(), n.Pos())
		if !ok {
			return "", "", nil, false
		}
		name := r.fresh("p")
		names = append(names, name)
		list = append(list, name+" "+text)
	}
	for v := range sig.Results().Variables() {
		text, ok := r.typeText(v.Type(), n.Pos())
		if !ok {
			return "", "", nil, false
		}
		results = append(results, text)
	}
	params = "(" + strings.Join(list, ", ") + ")"
	if len(results) > 0 {
		params += " (" + strings.Join(results, ", ") + ")"
	}
	return params, strings.Join(names[min(from, len(names)):], ", "), names, true
}
