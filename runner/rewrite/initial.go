package rewrite

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// lowerInitial has the variables of the package set by a function, in the
// order that Go has found, where the interpreter would take another one.
func lowerInitial(r *rewriter) {
	order := r.info.InitOrder
	if inTextOrder(order) {
		return
	}
	specs := map[*types.Var]*ast.ValueSpec{}
	var list []*ast.ValueSpec
	for _, decl := range r.program.file.Decls {
		d, ok := decl.(*ast.GenDecl)
		if !ok || d.Tok != token.VAR {
			continue
		}
		for _, spec := range d.Specs {
			spec := spec.(*ast.ValueSpec)
			if len(spec.Values) == 0 {
				continue
			}
			if len(spec.Names) > 1 && len(spec.Values) > 1 {
				return // each of them would need a line
			}
			list = append(list, spec)
			for _, name := range spec.Names {
				if v, ok := r.info.Defs[name].(*types.Var); ok {
					specs[v] = spec
				}
			}
		}
	}
	setters := map[*ast.ValueSpec]string{}
	for _, spec := range list {
		if !r.setLater(spec, setters) {
			r.list = nil
			return
		}
	}
	var calls strings.Builder
	for _, i := range order {
		spec := specs[i.Lhs[0]]
		if spec == nil || setters[spec] == "" {
			r.list = nil
			return
		}
		calls.WriteString(setters[spec] + "(); ")
	}
	r.declareFirst("func init() { " + calls.String() + "}")
}

// inTextOrder says that variables are set in the order in which they stand,
// each by a value of its own.
func inTextOrder(order []*types.Initializer) bool {
	last := token.NoPos
	for _, i := range order {
		if i.Lhs[0].Pos() < last || len(i.Lhs) > 1 {
			return false
		}
		last = i.Lhs[0].Pos()
	}
	return true
}

// setLater makes a declaration with a value one without, and a function that
// sets it.
func (r *rewriter) setLater(
	spec *ast.ValueSpec, setters map[*ast.ValueSpec]string,
) bool {
	var names, decls []string
	for _, name := range spec.Names {
		names = append(names, name.Name)
		v, ok := r.info.Defs[name].(*types.Var)
		if name.Name == "_" || !ok {
			return false
		}
		text, ok := r.typeText(v.Type(), token.NoPos)
		if !ok {
			return false
		}
		decls = append(decls, name.Name+" "+text)
	}
	setter := r.fresh("set")
	setters[spec] = setter
	separator := "; "
	if !r.inGroup(spec) {
		separator = "; var "
	}
	r.replace(spec.Pos(), spec.Values[0].Pos(), fmt.Sprintf(
		"%s%s%s = func() { %s = ", strings.Join(decls, separator), separator,
		setter, strings.Join(names, ", ")))
	r.close(spec.End(), " }")
	return true
}

// inGroup says that a declaration is one of several in parentheses.
func (r *rewriter) inGroup(spec *ast.ValueSpec) bool {
	for _, decl := range r.program.file.Decls {
		if d, ok := decl.(*ast.GenDecl); ok && d.Pos() <= spec.Pos() &&
			spec.End() <= d.End() {
			return d.Lparen.IsValid()
		}
	}
	return false
}

// declareFirst puts a declaration behind the imports.
func (r *rewriter) declareFirst(text string) {
	at := r.program.file.Name.End()
	for _, decl := range r.program.file.Decls {
		if d, ok := decl.(*ast.GenDecl); ok && d.Tok == token.IMPORT {
			at = d.End()
		}
	}
	r.close(at, "; "+text)
}
