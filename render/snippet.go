package render

import (
	"fmt"
	"html"
	"strings"

	"github.com/yuin/goldmark/util"

	"runnel/vault"
)

// snippet renders Go code with what came of it, as its options want it: as
// one figure if there is more to show than code.
func (p *page) snippet(w util.BufWriter, s *vault.Snippet) {
	var out Outcome
	if p.Outcome != nil {
		out = p.Outcome(s)
	}
	o, ran := s.Options, len(out.HTML) > 0
	switch {
	case !ran && o.Code == vault.Hidden:
		return
	case !ran && o.Code == vault.Shown && o.Title == "":
		writeFiles(w, "go", filesOf(s), nil, p.beside(s))
		return
	}
	_, _ = w.WriteString(`<figure class="program"`)
	if p.ids && ran {
		fmt.Fprintf(w, ` id="_program-%d"`, s.Index+1)
	}
	if out.Job != "" {
		_, _ = w.WriteString(` data-job="` + html.EscapeString(out.Job) + `"`)
		if out.Exact != "" {
			_, _ = w.WriteString(` data-exact="` + html.EscapeString(shownText(out.Exact)) + `"`)
		}
	}
	_, _ = w.WriteString(">\n")
	if o.Title != "" {
		_, _ = w.WriteString("<figcaption>" + shownText(o.Title) + "</figcaption>\n")
	}
	if o.Code != vault.Hidden {
		folded(w, o.Code, codeLabel(s.Code), func() {
			writeFiles(w, "go", filesOf(s), out.Marks, p.beside(s))
		})
	}
	if ran {
		tools(w, out)
		given(w, o)
		folded(w, o.Output, outputLabel(out), func() { _, _ = w.Write(out.HTML) })
	}
	_, _ = w.WriteString("</figure>\n")
}

// tools writes what a reader can do with a program where scripts run. They
// find the buttons by their js- classes.
func tools(w util.BufWriter, out Outcome) {
	if out.Job == "" && !out.Replays && !out.Documented {
		return
	}
	_, _ = w.WriteString(`<div class="tools js-only js-tools" role="group" aria-label="This program">` + "\n")
	button := func(name, label string, hidden bool) {
		attribute := ""
		if hidden {
			attribute = " hidden"
		}
		fmt.Fprintf(w, `<button type="button" class="tool js-%s"%s>%s</button>`+"\n", name, attribute, label)
	}
	button("replay", "Replay", !out.Replays)
	if out.Job != "" {
		button("edit", "Edit", out.Declined != "")
		button("run", "Run", out.Declined != "")
	}
	if out.Documented {
		button("docs", "Docs", false)
	}
	_, _ = w.WriteString(`<p class="said js-said" role="status">`)
	if out.Declined != "" {
		_, _ = w.WriteString("Cannot be changed here: " + shownText(out.Declined))
	}
	_, _ = w.WriteString("</p>\n</div>\n")
}

// folded writes something so that it opens at a click, if it is to be so.
func folded(w util.BufWriter, view vault.View, label string, write func()) {
	if view != vault.Folded {
		write()
		return
	}
	_, _ = w.WriteString("<details class=\"fold\">\n<summary>" +
		html.EscapeString(label) + "</summary>\n")
	write()
	_, _ = w.WriteString("</details>\n")
}

// filesOf cuts code at the lines that begin a file: code and such lines by
// turns.
func filesOf(s *vault.Snippet) []string {
	pieces := []string{""}
	if len(s.Sources) == 0 {
		pieces[0] = s.Code
		return pieces
	}
	files, number := s.Sources, 0
	for line := range strings.SplitAfterSeq(s.Code, "\n") {
		number++
		if len(files) > 0 && files[0].Line == 1 {
			files = files[1:] // no line begins it
		}
		if len(files) > 0 && files[0].Line == number+1 {
			pieces = append(pieces, line, "")
			files = files[1:]
			continue
		}
		pieces[len(pieces)-1] += line
	}
	return pieces
}

func codeLabel(code string) string {
	n := countLines(code)
	if n == 1 {
		return "Code, 1 line"
	}
	return fmt.Sprintf("Code, %d lines", n)
}

// countLines counts the lines of code that are shown.
func countLines(code string) int {
	return strings.Count(strings.TrimRight(code, "\r\n"), "\n") + 1
}

func outputLabel(out Outcome) string {
	if out.Ended != "" {
		return "Output: " + out.Ended
	}
	return "Output"
}

// given writes what the program was given: its arguments and its standard
// input.
func given(w util.BufWriter, o vault.SnippetOptions) {
	if len(o.Args) == 0 && o.Stdin == "" {
		return
	}
	_, _ = w.WriteString("<dl class=\"given\">\n")
	if len(o.Args) > 0 {
		_, _ = w.WriteString("<dt>Arguments</dt><dd>")
		for i, arg := range o.Args {
			if i > 0 {
				_ = w.WriteByte(' ')
			}
			_, _ = w.WriteString("<code>" + shownText(arg) + "</code>")
		}
		_, _ = w.WriteString("</dd>\n")
	}
	if o.Stdin != "" {
		_, _ = w.WriteString("<dt>Standard input</dt><dd><pre tabindex=\"0\">\n" +
			shownText(strings.TrimSuffix(o.Stdin, "\n")) + "</pre></dd>\n")
	}
	_, _ = w.WriteString("</dl>\n")
}

// shownText is text as HTML, control characters as their pictures.
func shownText(text string) string {
	return html.EscapeString(strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\n' && r != '\t' {
			return 0x2400 + r
		}
		return r
	}, text))
}
