package render

import (
	"html"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// diagrams are the languages of fences that Obsidian or its plugins draw.
var diagrams = names("mermaid plantuml dot graphviz d2")

// queries are the languages of fences that Obsidian or its plugins replace by
// what they find in the vault when the note is opened.
var queries = names("dataview dataviewjs base query tasks")

// diagram renders a diagram as its source, which is readable.
func (p *page) diagram(w util.BufWriter, kind, code string) {
	_, _ = w.WriteString(`<figure class="diagram" data-diagram="` + kind + "\">\n")
	writeCode(w, kind, code)
	_, _ = w.WriteString("</figure>\n")
}

// query renders a query as its source, says so, and reports it: its writer
// sees a list in Obsidian where readers see none.
func (p *page) query(w util.BufWriter, n ast.Node, lang, code string) {
	p.problemAt(n, "holds a "+lang+" query, which only Obsidian can answer; its source is shown")
	_, _ = w.WriteString(`<figure class="query"><figcaption>A ` + html.EscapeString(lang) +
		" query: its answer is shown in Obsidian alone.</figcaption>\n")
	writeCode(w, lang, code)
	_, _ = w.WriteString("</figure>\n")
}
