package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"
)

// conversion is a value that becomes one of an interface type.
type conversion struct {
	x    ast.Expr
	from types.Type
	to   types.Type
	call *ast.CallExpr // whose argument it is; nil if of none
}

// conversions finds all places where a value becomes one of an interface type,
// said or unsaid.
func (r *rewriter) conversions() []conversion {
	var list []conversion
	add := func(x ast.Expr, from, to types.Type, call *ast.CallExpr) {
		if from == nil || to == nil || !types.IsInterface(to) ||
			types.IsInterface(from) || isNil(from) {
			return
		}
		list = append(list, conversion{x, from, to, call})
	}
	c := converter{r, func(x ast.Expr, to types.Type, call *ast.CallExpr) {
		add(x, r.info.TypeOf(x), to, call)
	}, add}
	ast.Inspect(r.program.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			f, _ := r.info.Defs[n.Name].(*types.Func)
			if f != nil && n.Body != nil {
				c.returns(n.Body, f.Signature())
			}
		case *ast.FuncLit:
			sig, _ := r.info.TypeOf(n).(*types.Signature)
			c.returns(n.Body, sig)
		}
		c.node(n)
		return true
	})
	return list
}

func isNil(t types.Type) bool {
	b, ok := t.(*types.Basic)
	return ok && b.Kind() == types.UntypedNil
}

// converter visits what converts.
type converter struct {
	r   *rewriter
	one func(x ast.Expr, to types.Type, call *ast.CallExpr)
	add func(x ast.Expr, from, to types.Type, call *ast.CallExpr)
}

// returns visits the return statements of a function.
func (c converter) returns(body *ast.BlockStmt, sig *types.Signature) {
	if sig == nil {
		return
	}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			c.list(n.Results, sig.Results(), nil)
		}
		return true
	})
}

// list converts expressions, or the results of one, to the types of a tuple.
func (c converter) list(
	list []ast.Expr, to *types.Tuple, call *ast.CallExpr,
) {
	if len(list) == 1 && to.Len() > 1 {
		tuple, ok := c.r.info.TypeOf(list[0]).(*types.Tuple)
		for i := 0; ok && i < to.Len() && i < tuple.Len(); i++ {
			c.add(list[0], tuple.At(i).Type(), to.At(i).Type(), call)
		}
		return
	}
	for i := 0; i < len(list) && i < to.Len(); i++ {
		c.one(list[i], to.At(i).Type(), call)
	}
}

// node visits what is not a return statement.
func (c converter) node(n ast.Node) {
	info := c.r.info
	switch n := n.(type) {
	case *ast.AssignStmt:
		c.assign(n.Lhs, n.Rhs)
	case *ast.ValueSpec:
		if n.Type != nil {
			for _, x := range n.Values {
				c.one(x, info.TypeOf(n.Type), nil)
			}
		}
	case *ast.SendStmt:
		if ch, ok := info.TypeOf(n.Chan).Underlying().(*types.Chan); ok {
			c.one(n.Value, ch.Elem(), nil)
		}
	case *ast.CompositeLit:
		c.literal(n)
	case *ast.CallExpr:
		c.callOf(n)
	case *ast.IndexExpr:
		if m, ok := info.TypeOf(n.X).Underlying().(*types.Map); ok {
			c.one(n.Index, m.Key(), nil)
		}
	case *ast.BinaryExpr:
		if n.Op == token.EQL || n.Op == token.NEQ {
			c.one(n.X, info.TypeOf(n.Y), nil)
			c.one(n.Y, info.TypeOf(n.X), nil)
		}
	}
}

func (c converter) assign(lhs, rhs []ast.Expr) {
	info := c.r.info
	if len(lhs) != len(rhs) {
		tuple, ok := info.TypeOf(rhs[0]).(*types.Tuple)
		for i := 0; ok && i < len(lhs) && i < tuple.Len(); i++ {
			c.add(rhs[0], tuple.At(i).Type(), info.TypeOf(lhs[i]), nil)
		}
		return
	}
	for i := range lhs {
		c.one(rhs[i], info.TypeOf(lhs[i]), nil)
	}
}

// literal converts the elements of a composite literal.
func (c converter) literal(n *ast.CompositeLit) {
	t := c.r.info.TypeOf(n).Underlying()
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem().Underlying()
	}
	for i, x := range n.Elts {
		key, value := ast.Expr(nil), x
		if kv, ok := x.(*ast.KeyValueExpr); ok {
			key, value = kv.Key, kv.Value
		}
		switch t := t.(type) {
		case *types.Struct:
			if ident, ok := key.(*ast.Ident); ok {
				if f := c.r.info.Uses[ident]; f != nil {
					c.one(value, f.Type(), nil)
				}
			} else if i < t.NumFields() {
				c.one(value, t.Field(i).Type(), nil)
			}
		case *types.Map:
			if key != nil {
				c.one(key, t.Key(), nil)
			}
			c.one(value, t.Elem(), nil)
		case interface{ Elem() types.Type }:
			c.one(value, t.Elem(), nil)
		}
	}
}

// callOf converts arguments to parameters.
func (c converter) callOf(n *ast.CallExpr) {
	tv := c.r.info.Types[n.Fun]
	if tv.IsType() {
		if len(n.Args) == 1 {
			c.one(n.Args[0], tv.Type, nil)
		}
		return
	}
	if c.r.isBuiltin(n.Fun, "panic") {
		c.one(n.Args[0], types.Universe.Lookup("any").Type(), n)
		return
	}
	if c.r.isBuiltin(n.Fun, "append") && !n.Ellipsis.IsValid() {
		if s, ok := c.r.info.TypeOf(n).Underlying().(*types.Slice); ok {
			for _, x := range n.Args[1:] {
				c.one(x, s.Elem(), nil)
			}
		}
		return
	}
	sig, ok := c.r.info.TypeOf(n.Fun).Underlying().(*types.Signature)
	if !ok {
		return
	}
	if !sig.Variadic() || n.Ellipsis.IsValid() {
		c.list(n.Args, sig.Params(), n)
		return
	}
	last := sig.Params().Len() - 1
	elem := sig.Params().At(last).Type().(*types.Slice).Elem()
	for i, x := range n.Args {
		to := elem
		if i < last {
			to = sig.Params().At(i).Type()
		}
		c.one(x, to, n)
	}
}
