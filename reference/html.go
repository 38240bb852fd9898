package reference

import (
	"bytes"
	"go/ast"
	"go/doc/comment"
	"go/printer"
)

// site is where links in comments lead; a page that has the package itself
// shows that.
const site = "https://pkg.go.dev/"

// html is a comment as HTML.
func (g *gatherer) html(text string) string {
	if text == "" {
		return ""
	}
	return string(g.printer.HTML(g.doc.Parser().Parse(text)))
}

// link is where a name in a comment leads.
func (g *gatherer) link(l *comment.DocLink) string {
	path := l.ImportPath
	if path == "" {
		path = g.path
	}
	name := l.Name
	if l.Recv != "" {
		name = l.Recv + "." + name
	}
	if name == "" {
		return site + path
	}
	return site + path + "#" + name
}

// declaration is the text of a declaration without its comment and its body.
func (g *gatherer) declaration(d ast.Decl) string {
	switch d := d.(type) {
	case *ast.FuncDecl:
		d.Body, d.Doc = nil, nil
	case *ast.GenDecl:
		d.Doc = nil
	}
	var code bytes.Buffer
	config := printer.Config{Mode: printer.UseSpaces | printer.TabIndent, Tabwidth: 8}
	if err := config.Fprint(&code, g.fset, d); err != nil {
		return ""
	}
	return code.String()
}
