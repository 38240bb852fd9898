// Package outcome draws a recording: what a program printed, line by line
// with its virtual time, what its goroutines did, and how it ended, as HTML.
//
// [HTML] is all there is. It is a leaf that stands on runner/timeline alone,
// since it is compiled into the guest too: what a reader's own run looks like
// is drawn by the code that drew the published one. It escapes everything
// that a program or a compiler says, and shows control characters as
// pictures.
package outcome

import (
	"fmt"
	"html"
	"strconv"
	"strings"
	"time"

	"runnel/runner/timeline"
)

// Place turns a line and column of a program into those of the note that
// holds it.
type Place func(line, column int) (noteLine, noteColumn int)

// HTML draws what happened in a run: a <div class="outcome">. place may be
// nil, for a program that stands in no note.
func HTML(rec *timeline.Recording, place Place) []byte {
	return After(rec, place, 0)
}

// After draws a run whose first writes are those of code that stands before
// the program and is shown elsewhere: that many are folded away.
func After(rec *timeline.Recording, place Place, earlier int) []byte {
	tl := timeline.Lanes(rec)
	d := drawing{place: place, lanes: lanes(&tl), earlier: earlier}
	fmt.Fprintf(&d, "<div class=\"outcome\" data-end=\"%s\"", rec.End.Kind)
	if run := film(rec, &tl); run != "" {
		fmt.Fprintf(&d, " data-run=\"%s\"", run)
	}
	d.WriteString(">\n")
	d.output(rec)
	if d.lanes != nil {
		d.WriteString(d.lanes.String())
	}
	d.diagnostics("diagnostics", "", rec.Diagnostics)
	d.diagnostics("vet", "vet: ", rec.Vet)
	d.diagnostics("unlike", "", rec.Unlike)
	d.end(rec)
	d.WriteString("</div>\n")
	return []byte(d.String())
}

type drawing struct {
	strings.Builder
	place Place
	lanes *plot // nil where there are no goroutines to draw
	// earlier is how many of the first writes are folded away.
	earlier int
}

// output draws the lines. It is focusable, since a long line or a long
// output scrolls, and a keyboard must reach it.
func (d *drawing) output(rec *timeline.Recording) {
	all := lines(rec.Writes)
	if n := earlierLines(rec.Writes, d.earlier); n > 0 {
		fmt.Fprintf(d, "<details class=\"earlier\">\n<summary>%s from the code before</summary>\n", plural(n, "line"))
		d.lines(rec, all[:n])
		d.WriteString("</details>\n")
		all = all[n:]
	}
	d.lines(rec, all)
}

// lines draws some of the lines of a recording.
func (d *drawing) lines(rec *timeline.Recording, all []line) {
	if len(all) == 0 {
		return
	}
	class := "output"
	if d.lanes != nil {
		class += " by-goroutine"
	}
	fmt.Fprintf(d, `<pre class="%s" tabindex="0">`, class)
	digits := digits(rec)
	width := 0
	for _, l := range all[:min(len(all), maxLines)] {
		width = max(width, len(seconds(l.at, digits)))
	}
	last, shown := time.Duration(-1), 0
	i := 0
	for ; i < len(all) && i < maxLines && shown < maxBytes; i++ {
		text, cut := clip(all[i].text)
		shown += len(text)
		d.line(all[i], text, cut, fmt.Sprintf("%*s", width, seconds(all[i].at, digits)), all[i].at == last)
		last = all[i].at
	}
	d.WriteString("</pre>\n")
	if i < len(all) {
		fmt.Fprintf(d, "<p class=\"more\">%s not shown.</p>\n", plural(len(all)-i, "more line"))
	}
}

func (d *drawing) line(l line, text []byte, cut bool, at string, same bool) {
	class := "line"
	if l.stream == timeline.Stderr {
		class += " stderr"
	}
	if same {
		class += " same" // the time is that of the line before
	}
	stream := ""
	if l.stream == timeline.Stderr {
		stream = "err"
	}
	fmt.Fprintf(d, `<span class="%s"%s><span class="at">%s</span>%s<span class="stream">%s</span>`,
		class, d.by(l.g), at, d.chip(l.g), stream)
	fmt.Fprintf(d, `<span class="text">%s`, html.EscapeString(printable(text)))
	if cut {
		fmt.Fprintf(d, `<span class="more">… %s</span>`, plural(len(l.text)-len(text), "more byte"))
	}
	d.WriteString("</span>\n</span>")
}

// by says which goroutine wrote a line, where there are several.
func (d *drawing) by(g int) string {
	if d.lanes == nil {
		return ""
	}
	return fmt.Sprintf(` data-g="%d"`, g)
}

// chip is the sign of the goroutine that wrote a line, as in the drawing.
func (d *drawing) chip(g int) string {
	if d.lanes == nil {
		return ""
	}
	r := d.lanes.of[g]
	if r == nil {
		return `<span class="g"></span>`
	}
	return fmt.Sprintf(`<span class="g %s">%d</span>`, r.colour(), g)
}

// diagnostics draws what Go says of a program that does not compile.
func (d *drawing) diagnostics(class, who string, all []timeline.Diagnostic) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(d, "<ul class=\"%s\">\n", class)
	for _, g := range all {
		d.WriteString("<li>" + who)
		if g.Line > 0 {
			fmt.Fprintf(d, `<span class="place">%s</span> `, d.where(g.Line, g.Column))
		}
		fmt.Fprintf(d, "%s</li>\n", html.EscapeString(printable([]byte(g.Message))))
	}
	d.WriteString("</ul>\n")
}

// where names a place of the program, and its line in the note.
func (d *drawing) where(line, column int) string {
	s := "line " + strconv.Itoa(line)
	if column > 0 {
		s += ":" + strconv.Itoa(column)
	}
	if d.place != nil {
		note, _ := d.place(line, column)
		s += " (note line " + strconv.Itoa(note) + ")"
	}
	return s
}

// seconds writes a virtual time with so many digits after the point.
func seconds(t time.Duration, digits int) string {
	return strconv.FormatFloat(t.Seconds(), 'f', digits, 64) + " s"
}

// digits is how many digits tell the times of a recording apart: at least
// milliseconds, so that times stand in one column.
func digits(rec *timeline.Recording) int {
	n := 3
	for _, w := range rec.Writes {
		switch {
		case w.At%time.Microsecond != 0:
			return 9
		case w.At%time.Millisecond != 0:
			n = 6
		}
	}
	return n
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return group(n) + " " + noun + "s"
}

// group writes a number with a comma between its thousands.
func group(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
