package rewrite

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// lowerRange says a range loop otherwise: over an integer as a loop that
// counts, over channels in a slice or a map by their keys. All loops get
// variables of their own each turn.
func (r *rewriter) lowerRange(n *ast.RangeStmt) {
	switch t := r.info.TypeOf(n.X).Underlying().(type) {
	case *types.Basic:
		if t.Info()&types.IsInteger != 0 {
			r.countingRange(n)
			return
		}
	case *types.Chan:
		r.freshReceived(n)
		return
	case interface{ Elem() types.Type }:
		if carriesChannels(t.Elem()) && r.rangeByKeys(n) {
			return
		}
	}
	r.freshRangeVariables(n)
}

// freshRangeVariables copies the variables of a range loop. The interpreter
// counts in the first one.
func (r *rewriter) freshRangeVariables(n *ast.RangeStmt) {
	if n.Tok != token.DEFINE {
		return
	}
	for _, x := range []ast.Expr{n.Key, n.Value} {
		ident, ok := x.(*ast.Ident)
		if !ok || ident.Name == "_" {
			continue
		}
		v := r.info.Defs[ident]
		if v != nil && (r.escapes(v, n.Body) || r.set[v].inside(n.Body)) {
			r.open(n.Body.Lbrace+1, copyOf(ident.Name))
		}
	}
}

// freshReceived copies the variable of a loop over a channel.
func (r *rewriter) freshReceived(n *ast.RangeStmt) {
	ident, ok := n.Key.(*ast.Ident)
	if !ok || n.Tok != token.DEFINE || ident.Name == "_" ||
		!r.escapes(r.info.Defs[ident], n.Body) {
		return
	}
	name := r.fresh(ident.Name)
	r.replace(ident.Pos(), ident.End(), name)
	r.open(n.Body.Lbrace+1, fmt.Sprintf(" %s := %s; ", ident.Name, name))
}

// countingRange makes "for i := range n" count, in a variable that the body
// does not see if it could do something to it.
func (r *rewriter) countingRange(n *ast.RangeStmt) {
	t := types.Default(r.info.TypeOf(n.X))
	named := n.Key != nil && r.text(n.Key.Pos(), n.Key.End()) != "_"
	if named && r.info.TypeOf(n.Key) != nil {
		t = r.info.TypeOf(n.Key)
	}
	if named && n.Tok == token.DEFINE {
		t = r.info.Defs[n.Key.(*ast.Ident)].Type()
	}
	text, ok := r.typeText(t, n.For)
	if !ok || n.Key != nil && !r.pure(n.Key) {
		return
	}
	i, limit := r.fresh("i"), r.fresh("n")
	if named {
		key := r.text(n.Key.Pos(), n.Key.End())
		v := types.Object(nil)
		if ident, ok := n.Key.(*ast.Ident); ok && n.Tok == token.DEFINE {
			v = r.info.Defs[ident]
		}
		if v != nil && !r.escapes(v, n.Body) && !r.set[v].inside(n.Body) {
			i = key
		} else {
			r.open(n.Body.Lbrace+1, fmt.Sprintf(" %s %s %s; ", key, n.Tok, i))
		}
	}
	r.replace(n.For+3, n.X.Pos(),
		fmt.Sprintf(" %s, %s := %s(0), %s(", i, limit, text, text))
	r.later(func() {
		r.close(n.X.End(), fmt.Sprintf("); %s < %s; %s++ ", i, limit, i))
	})
}

func carriesChannels(t types.Type) bool {
	_, ok := t.Underlying().(*types.Chan)
	return ok
}

// rangeByKeys makes "for k, c := range chans" look up each channel by its
// key, in what stood there at the beginning.
func (r *rewriter) rangeByKeys(n *ast.RangeStmt) bool {
	value, ok := n.Value.(*ast.Ident)
	if !ok || value.Name == "_" || n.Tok != token.DEFINE {
		return false
	}
	all := r.fresh("s")
	key := r.text(n.Key.Pos(), n.Key.End())
	fresh := ""
	if key == "_" {
		key = r.fresh("k")
	} else if v := r.info.Defs[n.Key.(*ast.Ident)]; r.escapes(v, n.Body) ||
		r.set[v].inside(n.Body) {
		fresh = copyOf(key)
	}
	// What it ranges over may lose its channels in the loop.
	r.open(r.statementStart(n), fmt.Sprintf("%s := %s; ",
		all, r.oneLine(n.X)))
	r.replace(n.For+3, n.X.End(), fmt.Sprintf(" %s := range %s", key, all))
	r.open(n.Body.Lbrace+1, fmt.Sprintf(" %s := %s[%s]; %s",
		value.Name, all, key, fresh))
	return true
}

// oneLine is the text of an expression that nothing else changes.
func (r *rewriter) oneLine(x ast.Expr) string {
	return r.text(x.Pos(), x.End())
}

// rangeOverString has the runes of a string decoded before: the interpreter
// gets those wrong that are not valid.
func (r *rewriter) rangeOverString(n *ast.RangeStmt) {
	t, ok := r.info.TypeOf(n.X).Underlying().(*types.Basic)
	if !ok || t.Info()&types.IsString == 0 {
		return
	}
	x := r.fresh("x")
	head := ""
	switch {
	case n.Key == nil:
		x = ""
	case n.Value == nil:
		head = fmt.Sprintf(" %s %s %s.At; ",
			r.text(n.Key.Pos(), n.Key.End()), n.Tok, x)
	default:
		head = fmt.Sprintf(" %s, %s %s %s.At, %s.Rune; ",
			r.text(n.Key.Pos(), n.Key.End()),
			r.text(n.Value.Pos(), n.Value.End()), n.Tok, x, x)
	}
	if n.Key != nil && (!r.pure(n.Key) ||
		n.Value != nil && !r.pure(n.Value)) {
		return
	}
	if blank(n.Key) && blank(n.Value) {
		head, x = "", ""
	}
	if x == "" {
		x = " range " + r.observe + ".Runes("
	} else {
		x = fmt.Sprintf(" _, %s := range %s.Runes(", x, r.observe)
	}
	r.replace(n.For+3, n.X.Pos(), x+r.observe+".String(")
	r.later(func() { r.close(n.X.End(), "))") })
	r.open(n.Body.Lbrace+1, head)
}

// blank says that nothing is assigned.
func blank(x ast.Expr) bool {
	ident, ok := x.(*ast.Ident)
	return x == nil || ok && ident.Name == "_"
}
