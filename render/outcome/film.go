package outcome

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"runnel/runner/timeline"
)

// maxFrames is how many moments of a run a page can replay one by one.
const maxFrames = 600

// A frame is a moment of a run: a goroutine comes to a line, or writes.
type frame struct {
	timeline.Moment
	seq, g int
	line   int  // of the program, 0 where not known
	over   bool // the goroutine has returned
	begun  int  // how many lines of output begin here
}

// film is what a page needs to replay a run, as text for an attribute: first
// the stops of the scale, "time:from:to:steps" each, then behind a bar the
// frames, "x,goroutine,line" each, with "+2" behind it where two lines of
// output begin. Times are in nanoseconds, positions in hundredths of a percent.
// It is empty where there is nothing to see: no time passes and there is one
// goroutine alone.
func film(rec *timeline.Recording, tl *timeline.Timeline) string {
	if len(tl.Lanes) == 0 || len(tl.Lanes) == 1 && tl.End.At == 0 {
		return ""
	}
	s := newScale(tl)
	var b strings.Builder
	for _, p := range s.stops {
		fmt.Fprintf(&b, "%d:%d:%d:%d ", p.at, p.from, p.to, p.steps)
	}
	b.WriteByte('|')
	for _, f := range thin(frames(rec)) {
		fmt.Fprintf(&b, " %d,%d,", s.x(f.Moment), f.g)
		switch {
		case f.over:
			b.WriteByte('0')
		case f.line > 0:
			b.WriteString(strconv.Itoa(f.line))
		}
		if f.begun > 0 {
			fmt.Fprintf(&b, "+%d", f.begun)
		}
	}
	return b.String()
}

// frames are the events and writes of a run in their order, numbered as a
// timeline numbers them.
func frames(rec *timeline.Recording) []frame {
	var all []frame
	for _, e := range rec.Events {
		f := frame{seq: e.Seq, g: e.G, line: e.Line}
		f.At, f.over = e.At, e.Kind == timeline.Finish
		all = append(all, f)
	}
	open, last := false, timeline.Stream(0)
	for _, w := range rec.Writes {
		f := frame{seq: w.Seq, g: w.G}
		f.At = w.At
		for _, c := range w.Text {
			if !open || last != w.Stream {
				f.begun++
			}
			open, last = c != '\n', w.Stream
		}
		all = append(all, f)
	}
	slices.SortStableFunc(all, func(a, b frame) int {
		return cmp.Compare(a.seq, b.seq)
	})
	step, now := 0, time.Duration(0)
	for i := range all {
		if all[i].g > 0 {
			step++
		}
		now = max(now, all[i].At)
		all[i].Moment = timeline.Moment{At: now, Step: step}
	}
	return all
}

// thin leaves out frames where there are too many. What they begin, the next
// one that stays does.
func thin(all []frame) []frame {
	stride := 1 + len(all)/(maxFrames+1)
	if stride == 1 {
		return all
	}
	var out []frame
	begun := 0
	for i, f := range all {
		begun += f.begun
		if i%stride < stride-1 && i < len(all)-1 {
			continue
		}
		f.begun, begun = begun, 0
		out = append(out, f)
	}
	return out
}
