package rewrite

import (
	"go/token"
	"go/types"
	"strconv"
	"strings"
)

// typeText writes a type so that it means the same at a place in the
// program, or outside of all functions where that is token.NoPos. It cannot
// where a name is hidden there by another one, or is another package's own.
func (r *rewriter) typeText(t types.Type, at token.Pos) (string, bool) {
	w := typeWriter{
		scope: r.pkg.Scope(), at: at, pkg: r.pkg,
		seen: map[types.Type]bool{},
	}
	if at.IsValid() {
		w.scope = r.pkg.Scope().Innermost(at)
	}
	if w.scope == nil || !w.can(t) {
		return "", false
	}
	return types.TypeString(t, func(p *types.Package) string {
		if p == r.pkg {
			return ""
		}
		return r.alias(p)
	}), true
}

// alias imports a package under a name that nothing hides.
func (r *rewriter) alias(p *types.Package) string {
	return r.aliasPath(p.Name(), p.Path())
}

func (r *rewriter) aliasPath(base, path string) string {
	if name := r.aliases[path]; name != "" {
		return name
	}
	if r.aliases == nil {
		r.aliases = map[string]string{}
	}
	name := r.fresh(base)
	r.aliases[path] = name
	r.imports = append(r.imports, name+" "+strconv.Quote(path))
	return name
}

// typeWriter looks at whether a type can be written at a place.
type typeWriter struct {
	scope *types.Scope
	at    token.Pos
	pkg   *types.Package
	seen  map[types.Type]bool
}

// visible says that a name means the object there.
func (w *typeWriter) visible(o *types.TypeName) bool {
	if o.Pkg() != nil && o.Pkg() != w.pkg {
		return o.Exported() && !strings.Contains(o.Pkg().Path(), "internal")
	}
	_, found := w.scope.LookupParent(o.Name(), w.at)
	return found == o
}

func (w *typeWriter) can(t types.Type) bool {
	if w.seen[t] {
		return true
	}
	w.seen[t] = true
	switch t := t.(type) {
	case *types.Basic:
		found := types.Universe.Lookup(t.Name())
		name, ok := found.(*types.TypeName)
		return ok && w.visible(name)
	case *types.Alias:
		return w.visible(t.Obj()) && w.canAll(t.TypeArgs())
	case *types.Named:
		return w.visible(t.Obj()) && w.canAll(t.TypeArgs())
	case *types.TypeParam:
		return w.visible(t.Obj())
	case *types.Map:
		return w.can(t.Key()) && w.can(t.Elem())
	case *types.Signature:
		return w.canTuple(t.Params()) && w.canTuple(t.Results())
	case *types.Struct:
		return w.canStruct(t)
	case *types.Interface:
		return w.canInterface(t)
	case interface{ Elem() types.Type }: // pointer, slice, array, channel
		return w.can(t.Elem())
	}
	return false
}

func (w *typeWriter) canAll(list *types.TypeList) bool {
	for t := range list.Types() {
		if !w.can(t) {
			return false
		}
	}
	return true
}

func (w *typeWriter) canTuple(tuple *types.Tuple) bool {
	for v := range tuple.Variables() {
		if !w.can(v.Type()) {
			return false
		}
	}
	return true
}

func (w *typeWriter) canStruct(t *types.Struct) bool {
	for field := range t.Fields() {
		own := field.Exported() || field.Pkg() == w.pkg
		if !own || !w.can(field.Type()) {
			return false
		}
	}
	return true
}

func (w *typeWriter) canInterface(t *types.Interface) bool {
	for method := range t.Methods() {
		own := method.Exported() || method.Pkg() == w.pkg
		if !own || !w.can(method.Type()) {
			return false
		}
	}
	return t.IsMethodSet()
}
