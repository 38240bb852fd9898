package vault

import (
	"fmt"
	"strings"
	"time"
)

// A lister writes down what a vault holds, one thing a line.
type lister struct{ strings.Builder }

func (l *lister) line(depth int, format string, args ...any) {
	l.WriteString(strings.Repeat("  ", depth))
	fmt.Fprintf(l, format+"\n", args...)
}

func listVault(v *Vault) string {
	l := new(lister)
	for _, n := range v.Notes {
		l.note(n)
	}
	if v.Hidden > 0 {
		l.line(0, "hidden: %d", v.Hidden)
	}
	for _, p := range v.Problems {
		l.line(0, "problem: %s", p)
	}
	return l.String()
}

func (l *lister) note(n *Note) {
	shown := ""
	if n.TitleNode != nil {
		shown = ", shown in the text"
	}
	l.line(0, "%s %q%s", n.Path, n.Title, shown)
	l.properties(n.Properties)
	if len(n.Tags) > 0 {
		l.line(1, "tags: %q", n.Tags)
	}
	for _, h := range n.Headings {
		l.line(1, "%d: %s %q #%s", h.Line,
			strings.Repeat("#", h.Level), h.Text, h.ID)
	}
	for _, b := range n.Blocks {
		kind := ""
		if b.Node != nil {
			kind = " " + b.Node.Kind().String()
		}
		l.line(1, "%d: ^%s%s", b.Line, b.ID, kind)
	}
	for _, x := range n.Links {
		kind := "link"
		if x.Embed {
			kind = "embed"
		}
		l.line(1, "%d:%d: %s %q to %s", x.Line, x.Column, kind,
			x.Written, whither(x))
	}
	for _, s := range n.Snippets {
		l.snippet(s)
	}
	for _, x := range n.Backlinks {
		l.line(1, "from %s:%d:%d to %s", x.From.Path, x.Line, x.Column,
			whither(x))
	}
}

func (l *lister) properties(p Properties) {
	for _, field := range []struct{ name, value string }{
		{"title", p.Title}, {"description", p.Description},
		{"permalink", p.Permalink}, {"lang", p.Lang}, {"base-url", p.BaseURL},
		{"created", date(p.Created)}, {"modified", date(p.Modified)},
	} {
		if field.value != "" {
			l.line(1, "%s = %q", field.name, field.value)
		}
	}
	for _, field := range []struct {
		name   string
		values []string
	}{
		{"tags", p.Tags}, {"aliases", p.Aliases}, {"cssclasses", p.CSSClasses},
	} {
		if len(field.values) > 0 {
			l.line(1, "%s = %q", field.name, field.values)
		}
	}
	for _, other := range p.Other {
		l.line(1, "other %s = %q", other.Name, other.Values)
	}
}

func date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

// snippet writes where each line of the code stands, and the line.
func (l *lister) snippet(s *Snippet) {
	l.line(1, "%d: snippet %d %q%s", s.Line, s.Index, s.Info, chained(s))
	for i, text := range strings.SplitAfter(s.Code, "\n") {
		if text == "" {
			continue
		}
		line, column := s.Position(i+1, 1)
		l.line(2, "%d:%d: %q", line, column, text)
	}
	for _, file := range s.Sources {
		l.line(2, "file %q from line %d: %q", file.Name, file.Line, file.Code)
	}
}

// chained says which blocks come before one.
func chained(s *Snippet) (said string) {
	if s.Broken {
		return " broken"
	}
	chain := s.Chain()
	for _, before := range chain[:len(chain)-1] {
		said += fmt.Sprintf(" after %d", before.Index)
	}
	return said
}
