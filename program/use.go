package program

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
)

// use uses the variables of a block that others come after. Which of them
// these need is theirs to say.
func (c *composer) use(block int) {
	var text strings.Builder
	for _, p := range c.main {
		if p.block == block {
			text.WriteString(c.blocks[block][p.from:p.to])
			text.WriteByte('\n')
		}
	}
	if names := declared(text.String()); len(names) > 0 {
		c.make(strings.Repeat("_, ", len(names)-1) + "_ = " +
			strings.Join(names, ", "))
	}
}

// declared lists the variables that statements declare for those after them,
// each once.
func declared(statements string) (names []string) {
	file, err := parser.ParseFile(token.NewFileSet(), "",
		"package p; func _() {"+statements+"\n}", parser.SkipObjectResolution)
	if err != nil || len(file.Decls) != 1 {
		return nil
	}
	seen := map[string]bool{"_": true}
	add := func(e ast.Expr) {
		if name, ok := e.(*ast.Ident); ok && !seen[name.Name] {
			names = append(names, name.Name)
			seen[name.Name] = true
		}
	}
	for _, s := range file.Decls[0].(*ast.FuncDecl).Body.List {
		for l, ok := s.(*ast.LabeledStmt); ok; l, ok = s.(*ast.LabeledStmt) {
			s = l.Stmt
		}
		switch s := s.(type) {
		case *ast.AssignStmt:
			for _, e := range s.Lhs {
				if s.Tok == token.DEFINE {
					add(e)
				}
			}
		case *ast.DeclStmt:
			d := s.Decl.(*ast.GenDecl)
			for _, spec := range d.Specs {
				if v, ok := spec.(*ast.ValueSpec); ok && d.Tok == token.VAR {
					for _, name := range v.Names {
						add(name)
					}
				}
			}
		}
	}
	return names
}
