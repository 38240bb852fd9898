package rewrite

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// foldConstants finds the constants of the program and writes them out with
// their types: the interpreter does arithmetic on them that is not exact, it
// takes that of the first of several for the type of all, and it does not
// know all of iota. The declarations go; if one of them has to stay, all do.
func (r *rewriter) foldConstants() {
	r.foldedText = map[ast.Expr]string{}
	r.folded = map[ast.Node]bool{}
	ok := true
	var parents []ast.Node
	ast.Inspect(r.program.file, func(n ast.Node) bool {
		if n == nil {
			parents = parents[:len(parents)-1]
			return true
		}
		if decl, isDecl := n.(*ast.GenDecl); isDecl {
			switch decl.Tok {
			case token.CONST:
				r.folded[decl] = true
				return false
			case token.IMPORT:
				return false
			}
		}
		if x, isExpr := n.(ast.Expr); isExpr && len(parents) > 0 {
			text, fits := r.constantText(x, parents[len(parents)-1])
			ok = ok && fits
			if text != "" {
				r.foldedText[x] = text
				return false
			}
		}
		parents = append(parents, n)
		return true
	})
	if !ok {
		r.foldedText, r.folded = nil, nil
		return
	}
	decls := slices.SortedFunc(maps.Keys(r.folded), func(a, b ast.Node) int {
		return int(a.Pos() - b.Pos())
	})
	for _, decl := range decls {
		text := ""
		if r.program.file.Scope == nil && r.endsWithSemicolon(decl) {
			text = "var _ = 0"
		}
		r.replace(decl.Pos(), decl.End(), text)
	}
}

// endsWithSemicolon says that a semicolon stands behind a node.
func (r *rewriter) endsWithSemicolon(n ast.Node) bool {
	rest := strings.TrimLeft(r.src[r.file.Offset(n.End()):], " \t")
	return strings.HasPrefix(rest, ";")
}

// constantText writes an expression that is constant, "" if it is none or
// can stand as it is. It does not fit if it can be written in no other way.
func (r *rewriter) constantText(x ast.Expr, parent ast.Node) (string, bool) {
	tv, ok := r.info.Types[x]
	if !ok || tv.Value == nil {
		return "", true
	}
	if kv, ok := parent.(*ast.KeyValueExpr); ok && kv.Key == x {
		if tv.Value.Kind() == constant.Int && isUntypedOrInt(tv.Type) &&
			!r.isLiteral(x) {
			return tv.Value.ExactString(), true
		}
	}
	if r.isLiteral(x) && !r.isOneOfMany(parent) {
		return "", true
	}
	if r.usesVariables(x) {
		return "", true // the length of an array
	}
	if tv.Value.Kind() == constant.Complex {
		return "", r.isLiteral(x) || !r.usesOwnConstants(x)
	}
	text := literalText(tv)
	t := types.Unalias(tv.Type)
	basic, isBasic := t.(*types.Basic)
	if isBasic && basic.Info()&types.IsUntyped != 0 {
		t = types.Default(t)
		if basic.Kind() == types.UntypedFloat {
			return "(" + text + ")", true
		}
	}
	if plainConstant(t) && !r.isOneOfMany(parent) {
		if strings.HasPrefix(text, "-") || strings.Contains(text, " ") {
			text = "(" + text + ")"
		}
		return text, true
	}
	name, ok := r.typeText(t, x.Pos())
	return name + "(" + text + ")", ok
}

func isUntypedOrInt(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0
}

// plainConstant says that a constant of the type needs no conversion.
func plainConstant(t types.Type) bool {
	switch t {
	case types.Typ[types.Int], types.Typ[types.String],
		types.Typ[types.Bool]:
		return true
	}
	return false
}

// literalText is the value of a constant.
func literalText(tv types.TypeAndValue) string {
	basic, _ := tv.Type.Underlying().(*types.Basic)
	switch v := tv.Value; v.Kind() {
	case constant.String:
		return strconv.Quote(constant.StringVal(v))
	case constant.Bool:
		if constant.BoolVal(v) {
			return "0 == 0" // the name true may be the program's own
		}
		return "0 != 0"
	default:
		if basic != nil && basic.Info()&types.IsInteger != 0 ||
			v.Kind() == constant.Int {
			return constant.ToInt(v).ExactString()
		}
		if basic != nil && basic.Kind() == types.Float32 {
			f, _ := constant.Float32Val(v)
			return strconv.FormatFloat(float64(f), 'g', -1, 32)
		}
		f, _ := constant.Float64Val(v)
		return strconv.FormatFloat(f, 'g', -1, 64)
	}
}

// isLiteral says that an expression is a literal, or the name of a constant
// of Go's or of the library's.
func (r *rewriter) isLiteral(x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.BasicLit:
		return true
	case *ast.ParenExpr:
		return r.isLiteral(x.X)
	case *ast.UnaryExpr:
		return r.isLiteral(x.X) && x.Op != token.XOR
	case *ast.Ident:
		o := r.info.Uses[x]
		return o == nil || o.Pkg() != r.pkg
	case *ast.SelectorExpr:
		o := r.info.Uses[x.Sel]
		return o != nil && o.Pkg() != r.pkg
	}
	return false
}

// isOneOfMany says that an expression is one of several that are assigned.
func (r *rewriter) isOneOfMany(parent ast.Node) bool {
	switch p := parent.(type) {
	case *ast.AssignStmt:
		return p.Tok == token.DEFINE && len(p.Rhs) > 1
	case *ast.ValueSpec:
		return len(p.Values) > 1
	}
	return false
}

// usesOwnConstants says that a constant of the program is in an expression.
func (r *rewriter) usesOwnConstants(x ast.Expr) bool {
	found := false
	ast.Inspect(x, func(n ast.Node) bool {
		if ident, ok := n.(*ast.Ident); ok {
			c, isConst := r.info.Uses[ident].(*types.Const)
			found = found || isConst && c.Pkg() == r.pkg
		}
		return !found
	})
	return found
}

// usesVariables says that a variable is in an expression.
func (r *rewriter) usesVariables(x ast.Expr) bool {
	found := false
	ast.Inspect(x, func(n ast.Node) bool {
		if ident, ok := n.(*ast.Ident); ok {
			_, isVar := r.info.Uses[ident].(*types.Var)
			found = found || isVar
		}
		return !found
	})
	return found
}
