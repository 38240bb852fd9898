package reference

import (
	"go/ast"
	"path"
	"strconv"
	"strings"
)

// importsOf are the imports of a package's files by the names that the files
// have for them.
func importsOf(files []*ast.File) map[string]string {
	imports := map[string]string{}
	for _, file := range files {
		for _, spec := range file.Imports {
			p, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				continue
			}
			name := path.Base(p)
			if name == "v2" {
				name = path.Base(path.Dir(p))
			}
			if spec.Name != nil {
				name = spec.Name.Name
			}
			imports[name] = p
		}
	}
	return imports
}

// base names the type that an expression is, or points to: its path, a dot
// and its name; "" for a type without a name and for a type parameter.
func (g *gatherer) base(e ast.Expr, params map[string]bool) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return g.base(e.X, params)
	case *ast.ParenExpr:
		return g.base(e.X, params)
	case *ast.IndexExpr:
		return g.base(e.X, params)
	case *ast.IndexListExpr:
		return g.base(e.X, params)
	case *ast.Ident:
		switch {
		case params[e.Name]:
			return ""
		case e.Name == "error":
			return Builtin + ".error"
		case e.IsExported() && g.path != Builtin:
			return g.path + "." + e.Name
		}
	case *ast.SelectorExpr:
		x, ok := e.X.(*ast.Ident)
		if p := g.imports[nameOf(x)]; ok && p != "" && p != "unsafe" && !strings.Contains(p, "internal/") {
			return p + "." + e.Sel.Name
		}
	}
	return ""
}

func nameOf(x *ast.Ident) string {
	if x == nil {
		return ""
	}
	return x.Name
}

// results are the types of a function's results.
func (g *gatherer) results(f *ast.FuncDecl) (list []string) {
	params := map[string]bool{}
	typeParams(f.Type.TypeParams, params)
	if f.Recv != nil {
		for _, field := range f.Recv.List {
			ast.Inspect(field.Type, func(n ast.Node) bool {
				if index, ok := n.(*ast.IndexExpr); ok {
					if name, ok := index.Index.(*ast.Ident); ok {
						params[name.Name] = true
					}
				}
				return true
			})
		}
	}
	return g.resultTypes(f.Type, params)
}

func (g *gatherer) resultTypes(f *ast.FuncType, params map[string]bool) (list []string) {
	if f.Results == nil {
		return nil
	}
	any := false
	for _, field := range f.Results.List {
		name := g.base(field.Type, params)
		any = any || name != ""
		for range max(len(field.Names), 1) {
			list = append(list, name)
		}
	}
	if !any {
		return nil
	}
	return list
}

func typeParams(list *ast.FieldList, params map[string]bool) {
	if list == nil {
		return
	}
	for _, field := range list.List {
		for _, name := range field.Names {
			params[name.Name] = true
		}
	}
}

// valueType is the type that all of a declaration's values have.
func (g *gatherer) valueType(d *ast.GenDecl) string {
	all := ""
	for i, spec := range d.Specs {
		spec, ok := spec.(*ast.ValueSpec)
		if !ok {
			return ""
		}
		name := g.valueOf(spec)
		if i > 0 && name != all {
			return ""
		}
		all = name
	}
	return all
}

// valueOf is the type of a value that says it itself: `x T`, `x = &T{}`, or a
// function of the same package that gives it, as in `x = errors.New("")`.
func (g *gatherer) valueOf(spec *ast.ValueSpec) string {
	if spec.Type != nil {
		return g.base(spec.Type, nil)
	}
	if len(spec.Values) != 1 {
		return ""
	}
	switch v := spec.Values[0].(type) {
	case *ast.UnaryExpr:
		if lit, ok := v.X.(*ast.CompositeLit); ok {
			return g.base(lit.Type, nil)
		}
	case *ast.CompositeLit:
		return g.base(v.Type, nil)
	case *ast.CallExpr:
		if g.base(v.Fun, nil) == "errors.New" {
			return Builtin + ".error"
		}
		for _, t := range g.doc.Types {
			for _, f := range t.Funcs {
				if x, ok := v.Fun.(*ast.Ident); ok && x.Name == f.Name {
					return g.path + "." + t.Name
				}
			}
		}
	}
	return ""
}

// fields are what can be selected of a type beside its methods, and the types
// whose fields and methods are its own.
func (g *gatherer) fields(spec *ast.TypeSpec) (fields map[string]string, embeds []string) {
	params := map[string]bool{}
	typeParams(spec.TypeParams, params)
	fields = map[string]string{}
	add := func(list *ast.FieldList) {
		for _, field := range list.List {
			given := g.base(field.Type, params)
			if f, ok := field.Type.(*ast.FuncType); ok {
				if results := g.resultTypes(f, params); len(results) == 1 {
					given = results[0]
				}
			}
			if len(field.Names) == 0 && given != "" {
				embeds = append(embeds, given)
			}
			for _, name := range field.Names {
				if g.visible(name.Name) {
					fields[name.Name] = given
				}
			}
		}
	}
	switch t := spec.Type.(type) {
	case *ast.StructType:
		add(t.Fields)
	case *ast.InterfaceType:
		add(t.Methods)
	case *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr:
		if given := g.base(t, params); given != "" && spec.Assign.IsValid() {
			embeds = append(embeds, given)
		}
	}
	return fields, embeds
}
