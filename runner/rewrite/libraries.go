package rewrite

import (
	"go/ast"
	"go/types"
	"slices"
)

// callExpr looks at what is handed to the library.
func (j *judge) callExpr(n *ast.CallExpr) {
	if j.isBuiltin(n.Fun, "panic") {
		if t := j.info.TypeOf(n.Args[0]); j.ownType(t) != nil {
			j.because(n.Args[0], "a panic with an own type")
		}
		return
	}
	j.builtinPrint(n)
	f := j.callee(n)
	if f == nil || f.Pkg() == nil || f.Pkg() == j.pkg {
		return
	}
	if p, ok := printerOf(f); ok {
		j.prints(n, p)
		return
	}
	if j.spreads(n) {
		return
	}
	switch f.Pkg().Path() {
	case "errors":
		j.errorsCall(n, f)
	case "encoding/json":
		j.each(n, j.encoded)
	case "encoding/xml", "encoding/gob", "encoding/asn1":
		j.each(n, func(t types.Type, _ []types.Type) string {
			if j.involvesOwn(t, nil) {
				return "an own type, encoded by its names"
			}
			return ""
		})
	case "text/template":
		j.each(n, j.templated)
	case "log/slog":
		j.each(n, j.logged)
	case "reflect":
		j.each(n, func(t types.Type, _ []types.Type) string {
			if j.involvesOwn(t, nil) {
				return "an own type, looked into by reflection"
			}
			return ""
		})
	case "io":
		for _, x := range n.Args {
			t := j.info.TypeOf(x)
			if j.ownType(t) != nil && (hasMethod(t, "WriteString",
				"func(string) (int, error)") || hasMethod(t, "WriteTo",
				"func(io.Writer) (int64, error)") || hasMethod(t, "ReadFrom",
				"func(io.Reader) (int64, error)")) {
				j.because(x, "a method of an own type that the "+
					"library would prefer")
			}
		}
	case "context", "sync", "sync/atomic":
		if f.Name() == "Value" || f.Name() == "WithValue" ||
			f.Name() == "Store" || f.Name() == "Load" {
			if j.alike() {
				j.because(n, "types that look alike as keys")
			}
		}
	}
}

// each looks at the types of all arguments that become interfaces, and at
// what interfaces among them may hold.
func (j *judge) each(
	n *ast.CallExpr, look func(types.Type, []types.Type) string,
) {
	for _, x := range n.Args {
		t := j.info.TypeOf(x)
		if t == nil {
			continue
		}
		if types.IsInterface(t) {
			for _, s := range j.storedIn(t) {
				if what := look(s, nil); what != "" {
					j.because(x, what)
					break
				}
			}
			continue
		}
		j.because(x, look(t, nil))
	}
}

// parts goes through all types that a value is made of.
func (j *judge) parts(
	t types.Type, seen []types.Type,
	look func(types.Type, []types.Type) string,
) string {
	switch u := t.Underlying().(type) {
	case *types.Map:
		if what := look(u.Key(), seen); what != "" {
			return what
		}
		return look(u.Elem(), seen)
	case *types.Struct:
		for f := range u.Fields() {
			if what := look(f.Type(), seen); what != "" {
				return what
			}
		}
	case *types.Pointer:
		return look(u.Elem(), seen)
	case *types.Slice:
		return look(u.Elem(), seen)
	case *types.Array:
		return look(u.Elem(), seen)
	}
	return ""
}

// encoded says what is wrong with a type in JSON.
func (j *judge) encoded(t types.Type, seen []types.Type) string {
	t = types.Unalias(t)
	if slices.Contains(seen, t) {
		return ""
	}
	depth := len(seen)
	seen = append(seen, t)
	if types.IsInterface(t) {
		if len(j.storedIn(t)) > 0 && depth > 0 {
			return "an own type in an interface, encoded"
		}
		return ""
	}
	own := j.ownType(t)
	if own == nil {
		if named, ok := t.(*types.Named); ok && named.Obj().Pkg() != nil {
			return "" // the library's
		}
		if _, ok := t.Underlying().(*types.Signature); ok {
			return ""
		}
		return j.parts(t, seen, j.encoded)
	}
	for _, method := range []string{
		"MarshalJSON", "UnmarshalJSON", "MarshalText", "UnmarshalText",
	} {
		o, _, _ := types.LookupFieldOrMethod(own, true, nil, method)
		if _, ok := o.(*types.Func); ok {
			return "an own type with a method that encodes it"
		}
	}
	if s, ok := own.Underlying().(*types.Struct); ok {
		for f := range s.Fields() {
			if !f.Exported() {
				return "an encoded field that is not exported"
			}
			if f.Embedded() {
				return "an encoded field that is embedded"
			}
		}
	}
	return j.parts(t, seen, j.encoded)
}

// templated says what is wrong with a type in a template.
func (j *judge) templated(t types.Type, seen []types.Type) string {
	t = types.Unalias(t)
	if slices.Contains(seen, t) {
		return ""
	}
	seen = append(seen, t)
	if types.IsInterface(t) {
		if len(j.storedIn(t)) > 0 && len(seen) > 1 {
			return "an own type in an interface, in a template"
		}
		return ""
	}
	if own := j.ownType(t); own != nil {
		if own.NumMethods() > 0 {
			return "an own type with methods, in a template"
		}
		if s, ok := own.Underlying().(*types.Struct); ok {
			for f := range s.Fields() {
				if !f.Exported() || f.Embedded() {
					return "an own type in a template, with fields " +
						"that are not exported or embedded"
				}
			}
		}
	} else if named, ok := t.(*types.Named); ok && named.Obj().Pkg() != nil {
		return ""
	}
	return j.parts(t, seen, j.templated)
}

// logged says what is wrong with a type in a structured log.
func (j *judge) logged(t types.Type, seen []types.Type) string {
	if _, ok := t.Underlying().(*types.Signature); ok {
		return ""
	}
	if !j.involvesOwn(t, nil) {
		return ""
	}
	if b, ok := t.Underlying().(*types.Basic); ok && b != nil {
		if own := j.ownType(t); own != nil && own.NumMethods() == 0 {
			return ""
		}
	}
	return "an own type in a structured log"
}

// errorsCall looks at calls of package errors that have not been lowered.
func (j *judge) errorsCall(n *ast.CallExpr, f *types.Func) {
	switch f.Name() {
	case "As":
		p, ok := j.info.TypeOf(n.Args[1]).(*types.Pointer)
		if !ok {
			return
		}
		if types.IsInterface(p.Elem()) && len(j.storedIn(p.Elem())) > 0 ||
			j.ownType(p.Elem()) != nil {
			j.because(n, "errors.As for own types")
		}
	case "Is":
		target := n.Args[1]
		t := j.info.TypeOf(target)
		if j.ownType(t) != nil || types.IsInterface(t) &&
			!j.sentinel(target) && !j.isParameter(target) &&
			len(j.ownErrors()) > 0 {
			j.because(n, "errors.Is for own types")
		}
	case "Join":
		for _, t := range j.ownErrors() {
			if hasMethod(t, "Unwrap", "func() error") {
				j.because(n, "errors.Join with own types that unwrap")
				return
			}
		}
	}
}

// isParameter says that an expression is the parameter of a function of ours,
// which stands in the place of errors.Is.
func (j *judge) isParameter(x ast.Expr) bool {
	ident, ok := x.(*ast.Ident)
	return ok && ident.Name == "target"
}

// builtinPrint looks at print and println, which the interpreter makes package
// fmt print: that agrees with Go on few types, and puts spaces in between.
func (j *judge) builtinPrint(n *ast.CallExpr) {
	one := j.isBuiltin(n.Fun, "print")
	if !one && !j.isBuiltin(n.Fun, "println") {
		return
	}
	if one && len(n.Args) > 1 {
		j.because(n, "print of several values")
	}
	const alike = types.IsInteger | types.IsString | types.IsBoolean
	for _, x := range n.Args {
		t, ok := j.info.TypeOf(x).Underlying().(*types.Basic)
		if !ok || t.Info()&alike == 0 {
			j.because(x, "a builtin that prints a value of this type")
		}
	}
}
