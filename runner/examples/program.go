package examples

import (
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"slices"
	"strconv"
	"strings"
)

// wholeFile makes a program of a file, with one of its examples as main. It
// is for those that need more of the file than go/doc gives them.
func wholeFile(f *ast.File, name string) *ast.File {
	program := &ast.File{Package: f.Package, Name: ast.NewIdent("main")}
	for _, decl := range f.Decls {
		switch d := decl.(type) {
		case *ast.GenDecl:
			copied := *d // its imports may be dropped
			decl = &copied
		case *ast.FuncDecl:
			if d.Recv == nil && d.Name.Name == name {
				renamed := *d
				renamed.Name, renamed.Doc = ast.NewIdent("main"), nil
				decl = &renamed
			} else if d.Recv == nil && isTest(d.Name.Name) {
				continue
			}
		}
		program.Decls = append(program.Decls, decl)
	}
	dropImports(program)
	return program
}

func isTest(name string) bool {
	for _, kind := range []string{"Example", "Test", "Benchmark", "Fuzz"} {
		if strings.HasPrefix(name, kind) {
			return true
		}
	}
	return false
}

// dropImports removes the imports that a program does not use.
func dropImports(program *ast.File) {
	used := map[string]bool{}
	ast.Inspect(program, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := sel.X.(*ast.Ident); ok {
				used[x.Name] = true
			}
		}
		return true
	})
	for _, decl := range program.Decls {
		d, ok := decl.(*ast.GenDecl)
		if !ok || d.Tok != token.IMPORT {
			continue
		}
		d.Specs = slices.DeleteFunc(slices.Clone(d.Specs),
			func(spec ast.Spec) bool {
				name, _ := importName(spec.(*ast.ImportSpec))
				return !used[name]
			})
	}
}

// importName is the name by which a file knows an import, and its path.
func importName(spec *ast.ImportSpec) (name, importPath string) {
	importPath, _ = strconv.Unquote(spec.Path.Value)
	if spec.Name != nil {
		return spec.Name.Name, importPath
	}
	name = path.Base(importPath)
	if name == "v2" {
		name = path.Base(path.Dir(importPath))
	}
	return name, importPath
}

// needsMore reports whether a program made of a file uses a name that the
// file does not have.
func needsMore(f, program *ast.File) bool {
	known := map[string]bool{}
	for _, spec := range f.Imports {
		name, _ := importName(spec)
		known[name] = true
	}
	for _, decl := range program.Decls {
		for _, id := range f.Unresolved {
			if decl.Pos() <= id.Pos() && id.Pos() < decl.End() &&
				!known[id.Name] && types.Universe.Lookup(id.Name) == nil {
				return true
			}
		}
	}
	return false
}
