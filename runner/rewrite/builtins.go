package rewrite

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// builtinShapes are the functions that stand for builtins which the
// interpreter does not know, from their parameters on: $T is a type, $E that
// of its elements, $P are the parameters and $M those after the first.
var builtinShapes = map[string]string{
	"min": "($P) $T { r := a0; for _, v := range []$T{$M} " +
		"{ if v < r || v != v { r = v } }; return r }",
	"max": "($P) $T { r := a0; for _, v := range []$T{$M} " +
		"{ if v > r || v != v { r = v } }; return r }",
	"new":       "(v $T) *$T { p := new($T); *p = v; return p }",
	"clear":     "(m $T) { for k := range m { delete(m, k) } }",
	"clear all": "(s $T) { var z $E; for i := range s { s[i] = z } }",
}

// lowerBuiltin calls a function of ours for min, max, clear, and new with a
// value.
func (r *rewriter) lowerBuiltin(n *ast.CallExpr) {
	for _, name := range []string{"min", "max", "clear", "new"} {
		if r.isBuiltin(n.Fun, name) && r.foldedText[n] == "" {
			r.callOurs(n, name)
			return
		}
	}
}

// callOurs calls a function of ours for one builtin.
func (r *rewriter) callOurs(n *ast.CallExpr, name string) {
	t := r.info.TypeOf(n)
	if name == "clear" || name == "new" {
		t = r.info.TypeOf(n.Args[0])
	}
	if name == "new" && r.info.Types[n.Args[0]].IsType() {
		return
	}
	if p, ok := r.info.TypeOf(n).(*types.Pointer); ok && name == "new" {
		t = p.Elem()
	}
	at := token.NoPos
	text, ok := r.typeText(types.Default(t), at)
	if !ok {
		at = n.Pos()
		if text, ok = r.typeText(types.Default(t), at); !ok {
			return
		}
	}
	elem := ""
	if s, ok := t.Underlying().(*types.Slice); ok && name == "clear" {
		name = "clear all"
		if elem, ok = r.typeText(s.Elem(), at); !ok {
			return
		}
	}
	var params, more []string
	for i := range n.Args {
		params = append(params, fmt.Sprintf("a%d %s", i, text))
		more = append(more, fmt.Sprintf("a%d", i))
	}
	shape := strings.NewReplacer("$T", text, "$E", elem,
		"$P", strings.Join(params, ", "),
		"$M", strings.Join(more[1:], ", "),
	).Replace(builtinShapes[name])
	function := "func" + shape
	if !at.IsValid() {
		function = r.helper("on_builtin", shape)
	}
	r.replace(n.Fun.Pos(), n.Fun.End(), function)
}
