package rewrite

import (
	"fmt"
	"go/ast"
	"strings"
)

// namesOf collects every name in a file, so that no new one can be mistaken
// for it, whatever the scope.
func namesOf(file *ast.File) map[string]bool {
	names := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if ident, ok := n.(*ast.Ident); ok {
			names[ident.Name] = true
		}
		return true
	})
	// An import without a name brings one that does not stand in the file.
	for _, spec := range file.Imports {
		path := strings.Trim(spec.Path.Value, "\"`")
		for _, part := range strings.Split(path, "/") {
			names[part] = true
		}
	}
	return names
}

// fresh is a name that the program does not have.
func (r *rewriter) fresh(base string) string {
	for i := 0; ; i++ {
		name := fmt.Sprintf("%s_%d", base, i)
		if !r.names[name] {
			r.names[name] = true
			return name
		}
	}
}

// nameClosures names all function literals as the compiler does, by their
// offsets: main.func1.2. They are numbered as they stand in the function
// around them.
func (r *rewriter) nameClosures(file *ast.File) map[int]string {
	named := map[int]string{}
	var inside func(function ast.Node, prefix string)
	inside = func(function ast.Node, prefix string) {
		count := 0
		ast.Inspect(function, func(n ast.Node) bool {
			lit, ok := n.(*ast.FuncLit)
			if !ok || n == function {
				return true
			}
			count++
			name := fmt.Sprint(prefix, count)
			named[r.file.Offset(lit.Pos())] = name
			inside(lit, name+".")
			return false
		})
	}
	for _, decl := range file.Decls {
		name := "init.func" // of a variable of the package
		if f, ok := decl.(*ast.FuncDecl); ok {
			name = declName(f) + ".func"
		}
		inside(decl, name)
	}
	return named
}

// declName is the name of a function or a method: run, T.run, (*T).run.
func declName(f *ast.FuncDecl) string {
	if f.Recv == nil || len(f.Recv.List) == 0 {
		return f.Name.Name
	}
	recv := f.Recv.List[0].Type
	star, pointer := ast.Unparen(recv).(*ast.StarExpr)
	if pointer {
		recv = star.X
	}
	switch x := ast.Unparen(recv).(type) {
	case *ast.IndexExpr:
		recv = x.X
	case *ast.IndexListExpr:
		recv = x.X
	}
	name := "?"
	if ident, ok := ast.Unparen(recv).(*ast.Ident); ok {
		name = ident.Name
	}
	if pointer {
		name = "(*" + name + ")"
	}
	return name + "." + f.Name.Name
}
