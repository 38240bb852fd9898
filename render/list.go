package render

import (
	"html"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"runnel/vault/obsidian"
)

// listItem renders an item, marked if it is a task. Any state but a space is
// done (Obsidian help, Basic formatting syntax, Task lists).
func (p *page) listItem(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		_, _ = w.WriteString("</li>\n")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString("<li")
	if t := taskOf(node); t != nil {
		class := "task"
		if t.State != ' ' {
			class += " done"
		}
		_, _ = w.WriteString(` class="` + class + `" data-task="` + html.EscapeString(string(t.State)) + `"`)
	}
	p.writeID(w, node)
	_ = w.WriteByte('>')
	if first := node.FirstChild(); first != nil && first.Kind() != ast.KindTextBlock {
		_ = w.WriteByte('\n')
	}
	return ast.WalkContinue, nil
}

func taskOf(item ast.Node) *obsidian.Task {
	if first := item.FirstChild(); first != nil {
		t, _ := first.FirstChild().(*obsidian.Task)
		return t
	}
	return nil
}

// task renders the box of a task. Nobody can tick it: the page is no editor.
func (p *page) task(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		state, label := "", "To do"
		if node.(*obsidian.Task).State != ' ' {
			state, label = " checked", "Done"
		}
		_, _ = w.WriteString(`<input class="state" type="checkbox" disabled` + state + ` aria-label="` + label + `">`)
	}
	return ast.WalkContinue, nil
}
