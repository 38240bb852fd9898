package outcome

import (
	"fmt"
	"html"
	"strconv"
	"strings"
	"time"

	"runnel/runner/timeline"
)

// end draws how the run ended and how long it took on its own clock.
func (d *drawing) end(rec *timeline.Recording) {
	e := rec.End
	if e.Message != "" && e.Kind != timeline.Refused {
		fmt.Fprintf(d, "<pre class=\"message\">%s</pre>\n",
			html.EscapeString(message(e.Message)))
	}
	said := []string{Words(rec)}
	if e.Line > 0 {
		said[0] += " at " + d.where(e.Line, 0)
	}
	said[0] += d.inGoroutine(e.G)
	if e.Kind == timeline.Panic || e.Kind == timeline.Deadlock || e.Kind == timeline.Failed {
		said = append(said, fmt.Sprintf("exit status %d", e.Code))
	}
	if e.Kind == timeline.OK && len(rec.Writes) == 0 {
		said = append(said, "no output")
	}
	if e.Kind != timeline.Compile && e.Kind != timeline.Refused {
		said = append(said, duration(rec.Virtual)+" of virtual time")
	}
	fmt.Fprintf(d, "<p class=\"end\">%s</p>\n", html.EscapeString(strings.Join(said, " · ")))
}

// inGoroutine says in which goroutine a program ended, where there are
// several.
func (d *drawing) inGoroutine(g int) string {
	if d.lanes == nil || d.lanes.of[g] == nil {
		return ""
	}
	for _, l := range d.lanes.of[g].lanes {
		if l.G == g {
			return fmt.Sprintf(" in goroutine %d, %s", g, function(l))
		}
	}
	return ""
}

// message is a message of several lines made printable line by line.
func message(text string) string {
	out, rest := "", []byte(text)
	for len(rest) > 0 {
		line, more, ended := cutLine(rest)
		shown, _ := clip(line)
		out += printable(shown)
		if ended && len(more) > 0 {
			out += "\n"
		}
		rest = more
	}
	return out
}

// Words says in a few words how a run ended, "Exit status 3".
func Words(rec *timeline.Recording) string {
	switch e := rec.End; e.Kind {
	case timeline.OK:
		return "Done"
	case timeline.Exit:
		return fmt.Sprintf("Exit status %d", e.Code)
	case timeline.Failed:
		return "Tests failed"
	case timeline.Panic:
		return "Panic"
	case timeline.Deadlock:
		return "Deadlock"
	case timeline.Compile:
		return "Does not compile"
	case timeline.Timeout:
		return "Stopped: it ran too long"
	case timeline.Virtual:
		return "Stopped: it slept too long"
	case timeline.Steps:
		return "Stopped: it took too many steps"
	case timeline.Memory:
		return "Stopped: it used too much memory"
	case timeline.Output:
		return "Stopped: it printed too much"
	case timeline.Refused:
		if e.Message != "" {
			return "Not run: " + message(e.Message)
		}
		return "Not run"
	default:
		return "Ended as " + string(e.Kind)
	}
}

// duration writes a virtual duration in the unit that suits it, to the
// nanosecond.
func duration(t time.Duration) string {
	if t < time.Minute {
		unit, name := unitOf(t)
		return decimal(t, unit) + " " + name
	}
	t = t.Round(time.Millisecond)
	if t%time.Minute == 0 {
		return fmt.Sprintf("%d min", t/time.Minute)
	}
	return fmt.Sprintf("%d min %s s", t/time.Minute, decimal(t%time.Minute, time.Second))
}

// about writes a duration with no more than three digits that count, for
// where there is little room.
func about(t time.Duration) string {
	if t < time.Minute {
		unit, _ := unitOf(t)
		for grain := time.Duration(1); grain < unit; grain *= 10 {
			if t < 1000*grain {
				return duration(t.Round(grain))
			}
		}
		return duration(t.Round(unit))
	}
	return duration(t.Round(time.Second))
}

// unitOf is the largest unit that a duration fills, and its name.
func unitOf(t time.Duration) (time.Duration, string) {
	switch {
	case t >= time.Second || t == 0:
		return time.Second, "s"
	case t >= time.Millisecond:
		return time.Millisecond, "ms"
	case t >= time.Microsecond:
		return time.Microsecond, "µs"
	}
	return time.Nanosecond, "ns"
}

// decimal writes how many units a duration is, exactly.
func decimal(t, unit time.Duration) string {
	s := strconv.FormatInt(int64(t/unit), 10)
	if rest := t % unit; rest > 0 {
		digits := strconv.FormatInt(int64(unit+rest), 10)[1:]
		s += "." + strings.TrimRight(digits, "0")
	}
	return s
}
