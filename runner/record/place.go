package record

import (
	"fmt"
	"strconv"

	"runnel/runner/timeline"
)

// place says where in the program a run ended.
func (r *Run) place(rec *timeline.Recording) {
	switch rec.End.Kind {
	case timeline.Panic:
		rec.End.G = r.G
		if r.PanicLine > 0 {
			rec.End.Line = r.PanicLine
		}
		if r.Unwound && !r.Truncated {
			rec.Events = rec.Events[:len(rec.Events)-1]
		}
	case timeline.Steps:
		rec.End.Line, rec.End.G = r.LastLine, r.G
		rec.End.Message = fmt.Sprintf("the program has made %s steps, "+
			"as many as it is given", grouped(r.Steps))
	case timeline.Deadlock:
		if line := mainWaits(rec.Events); line > 0 {
			rec.End.Line = line
		}
	}
}

// mainWaits is the line at which main waits at the end, 0 if it does not.
func mainWaits(list []timeline.Event) int {
	line := 0
	for _, e := range list {
		if e.G != 1 {
			continue
		}
		line = 0
		if e.Kind == timeline.Wait {
			line = e.Line
		}
	}
	return line
}

// grouped writes a number with commas: 20,000,000.
func grouped(n int64) string {
	text := strconv.FormatInt(n, 10)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
