package rewrite

import (
	"embed"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strconv"
	"strings"
	"sync"
)

//go:embed library/*.go
var libraryFiles embed.FS

// libraryPrefixes are the packages whose generic code package library has.
var libraryPrefixes = map[string]string{
	"cmp": "Cmp", "errors": "Errors", "maps": "Maps", "math/rand/v2": "Rand", "slices": "Slices",
	"sync": "Sync", "sync/atomic": "Atomic", "unique": "Unique",
}

// lowerLibrary copies what the program uses of the library's generic code to
// its end.
func lowerLibrary(r *rewriter) {
	l := &copier{rewriter: r, names: map[string]string{}}
	used := map[ast.Node]bool{}
	ast.Inspect(r.program.file, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		o := r.info.Uses[sel.Sel]
		if o == nil || o.Pkg() == nil || o.Pkg() == r.pkg ||
			libraryPrefixes[o.Pkg().Path()] == "" || !isGeneric(o) {
			return true
		}
		name := libraryPrefixes[o.Pkg().Path()] + o.Name()
		if len(libraryDecls()[name].list) == 0 {
			return true
		}
		used[sel] = true
		r.replace(sel.Pos(), sel.End(), l.need(name))
		return true
	})
	if len(used) > 0 {
		r.dropUnless(func(n ast.Node) bool { return used[n] })
	}
}

// isGeneric says that a function or a type has type parameters.
func isGeneric(o types.Object) bool {
	switch t := o.Type().(type) {
	case *types.Signature:
		return t.TypeParams().Len() > 0
	case *types.Named:
		return t.TypeParams().Len() > 0
	}
	return false
}

// copier copies declarations of package library.
type copier struct {
	*rewriter
	names map[string]string // that they have in the program
}

// need is the name of a declaration in the program, where it is copied to.
func (l *copier) need(name string) string {
	if l.names[name] != "" {
		return l.names[name]
	}
	l.names[name] = l.fresh(name)
	for _, d := range libraryDecls()[name].list {
		var b strings.Builder
		done := d.from
		ast.Inspect(d.node, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := sel.X.(*ast.Ident); ok {
					l.rename(&b, d, &done, x)
				}
				return true
			}
			if x, ok := n.(*ast.Ident); ok {
				l.rename(&b, d, &done, x)
			}
			return true
		})
		b.WriteString(d.text[done:d.to])
		l.tail += "\n" + b.String()
	}
	return l.names[name]
}

// rename gives a name in a declaration its meaning in the program.
func (l *copier) rename(
	b *strings.Builder, d libraryDecl, done *int, x *ast.Ident,
) {
	at := int(x.Pos()) - d.base
	if at < *done {
		return
	}
	name := ""
	if len(libraryDecls()[x.Name].list) > 0 {
		name = l.need(x.Name)
	} else if path := d.imports[x.Name]; path != "" {
		name = l.aliasPath(x.Name, path)
	} else {
		return
	}
	b.WriteString(d.text[*done:at])
	b.WriteString(name)
	*done = at + len(x.Name)
}

// libraryDecl is one declaration of package library.
type libraryDecl struct {
	node     ast.Node
	text     string // of its file
	base     int    // of its file
	from, to int
	imports  map[string]string // of its file
}

// libraryEntry is a function, or a type with its methods.
type libraryEntry struct{ list []libraryDecl }

// libraryDecls has all that package library declares, by name.
var libraryDecls = sync.OnceValue(func() map[string]libraryEntry {
	all := map[string]libraryEntry{}
	fset := token.NewFileSet()
	entries, _ := libraryFiles.ReadDir("library")
	for _, entry := range entries {
		text, _ := libraryFiles.ReadFile("library/" + entry.Name())
		file, err := parser.ParseFile(fset, entry.Name(), text,
			parser.SkipObjectResolution)
		if err != nil {
			panic(err) // it is a package that is compiled
		}
		base := fset.File(file.FileStart).Base()
		imports := map[string]string{}
		for _, spec := range file.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			imports[nameOfPath(path)] = path
		}
		for _, decl := range file.Decls {
			if name := libraryName(decl); name != "" {
				e := all[name]
				e.list = append(e.list, libraryDecl{
					node: decl, text: string(text), base: base,
					from: int(decl.Pos()) - base, to: int(decl.End()) - base,
					imports: imports,
				})
				all[name] = e
			}
		}
	}
	return all
})

// nameOfPath is the name of a package of the library.
func nameOfPath(path string) string {
	parts := strings.Split(strings.TrimSuffix(path, "/v2"), "/")
	return parts[len(parts)-1]
}

// libraryName is what a declaration is about.
func libraryName(decl ast.Decl) string {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		if decl.Recv == nil {
			return decl.Name.Name
		}
		t := decl.Recv.List[0].Type
		if star, ok := t.(*ast.StarExpr); ok {
			t = star.X
		}
		return t.(*ast.IndexExpr).X.(*ast.Ident).Name
	case *ast.GenDecl:
		if spec, ok := decl.Specs[0].(*ast.TypeSpec); ok {
			return spec.Name.Name
		}
	}
	return ""
}
