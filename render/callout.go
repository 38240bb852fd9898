package render

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"runnel/vault/obsidian"
)

// callout renders a callout; one that folds is a <details>, which needs no
// script. A callout without a title of its own gets its type as one
// (Obsidian help, Callouts).
func (p *page) callout(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*obsidian.Callout)
	tag := "div"
	if n.Fold != obsidian.FoldNone {
		tag = "details"
	}
	if !entering {
		if n.Title() == nil || n.ChildCount() > 1 {
			_, _ = w.WriteString("</div>\n")
		}
		_, _ = w.WriteString("</" + tag + ">\n")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString("<" + tag + ` class="callout" data-callout="` + html.EscapeString(n.CalloutType) + `"`)
	if n.Metadata != "" {
		_, _ = w.WriteString(` data-callout-metadata="` + html.EscapeString(n.Metadata) + `"`)
	}
	p.writeID(w, node)
	if n.Fold == obsidian.FoldOpen {
		_, _ = w.WriteString(" open")
	}
	_, _ = w.WriteString(">\n")
	if n.Title() == nil {
		openCalloutTitle(w, n)
		_, _ = w.WriteString(html.EscapeString(titleCase(n.CalloutType)))
		closeCalloutTitle(w, n)
		_, _ = w.WriteString("<div class=\"callout-content\">\n")
	}
	return ast.WalkContinue, nil
}

// calloutTitle renders a title and opens what follows it, if anything does.
func (p *page) calloutTitle(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.Parent().(*obsidian.Callout)
	if entering {
		openCalloutTitle(w, n)
		return ast.WalkContinue, nil
	}
	closeCalloutTitle(w, n)
	if n.ChildCount() > 1 {
		_, _ = w.WriteString("<div class=\"callout-content\">\n")
	}
	return ast.WalkContinue, nil
}

func openCalloutTitle(w util.BufWriter, n *obsidian.Callout) {
	tag := "div"
	if n.Fold != obsidian.FoldNone {
		tag = "summary"
	}
	_, _ = w.WriteString("<" + tag + ` class="callout-title">` + icon(n.CalloutType) + "<span>")
}

func closeCalloutTitle(w util.BufWriter, n *obsidian.Callout) {
	if n.Fold != obsidian.FoldNone {
		_, _ = w.WriteString("</span></summary>\n")
		return
	}
	_, _ = w.WriteString("</span></div>\n")
}

// titleCase writes a callout's type as its title, "Custom-thing".
func titleCase(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

// icon draws the sign of a type of callout, on a ground of 24 by 24.
func icon(calloutType string) string {
	name, ok := iconOf[calloutType]
	if !ok {
		name = "pencil"
	}
	return `<svg class="callout-icon" viewBox="0 0 24 24" aria-hidden="true"><path d="` + icons[name] + `"/></svg>`
}

var icons = map[string]string{
	"pencil": "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
	"lines":  "M5 6h14M5 12h14M5 18h9",
	"info":   "M12 3a9 9 0 1 0 .1 0M12 11v6M12 7v.5",
	"check":  "M12 3a9 9 0 1 0 .1 0M8 12.5l3 3 5-6.5",
	"flame":  "M12 3c1 4 6 6 6 11a6 6 0 0 1-12 0c0-2 1-4 2-5 0 2 1 3 2 3 1-3 0-6 2-9z",
	"ask":    "M12 3a9 9 0 1 0 .1 0M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.4-1 .9-1 1.7M12 17v.2",
	"alert":  "M12 4L2.5 20h19zM12 10v5M12 17.5v.2",
	"cross":  "M6 6l12 12M18 6L6 18",
	"bolt":   "M13 3L5 14h6l-1 7 8-11h-6z",
	"bug":    "M8 9a4 4 0 0 1 8 0v6a4 4 0 0 1-8 0zM3 8l5 3M21 8l-5 3M3 19l5-3M21 19l-5-3M12 9v10",
	"list":   "M9 6h11M9 12h11M9 18h11M4 6h.5M4 12h.5M4 18h.5",
	"quote":  "M5 17c3-1 4-4 4-9H4v6h4M15 17c3-1 4-4 4-9h-5v6h4",
}

// iconOf has Obsidian's types and their other names (Obsidian help, Callouts,
// Supported types).
var iconOf = iconNames(map[string]string{
	"pencil": "note", "lines": "abstract summary tldr", "info": "info",
	"check": "todo success check done", "flame": "tip hint important",
	"ask": "question help faq", "alert": "warning caution attention",
	"cross": "failure fail missing", "bolt": "danger error", "bug": "bug",
	"list": "example", "quote": "quote cite",
})

func iconNames(types map[string]string) map[string]string {
	m := make(map[string]string)
	for icon, names := range types {
		for _, name := range strings.Fields(names) {
			m[name] = icon
		}
	}
	return m
}
