// Package record makes recordings of what a host sees of its guest.
//
// A [Run] is all that a host has when a program is over: what was written,
// what the program told, the exit status, Go's last words. [Run.Recording]
// says what that means. Package runner is one host; the reader's browser is
// another, which hands its Run to the guest to be drawn. So the words for an
// ending are found here alone, and the package is compiled into the guest.
package record

import (
	"bytes"
	"strings"
	"time"

	"runnel/runner/rewrite/observe"
	"runnel/runner/timeline"
)

// A Run is one program as its host saw it.
type Run struct {
	Writes []timeline.Write
	Events []timeline.Event
	// Told are events in the numbers of package observe, which come before
	// Events: a host in another language has these.
	Told []Event
	// Truncated says that there were more events than are kept.
	Truncated bool
	// Unwound says that the last event was of a goroutine that a panic ends.
	Unwound bool
	// G is the goroutine of the last event, 0 where not known.
	G int
	// PanicLine is where the last panic began, LastLine where the steps were
	// used up; 0 where not known.
	PanicLine, LastLine int
	// Ticks is how often the program asked for more steps, Steps how many it
	// was given.
	Ticks, Steps int64

	// Now is the time on the program's clock at its end.
	Now time.Duration
	// Status is the exit status, where the program exited by itself.
	Status int
	// Stopped is the limit at which the host ended the program, "" for none.
	Stopped timeline.Kind
	// Trap is WebAssembly's own reason for an end, "" for none.
	Trap string
	// Refused says that the program asked for more memory than there is.
	Refused bool
	// Words are what Go's runtime said last, and WordsAt the time at which
	// it began to.
	Words   []byte
	WordsAt time.Duration
	// Compiled says that Go compiled the program, Tests that it ran its tests.
	Compiled, Tests bool
}

// panicPause is how long Go's runtime waits, before it words a panic, for
// threads that WebAssembly does not have.
const panicPause = 2 * time.Millisecond

// Recording says what happened in a run.
func (r *Run) Recording() timeline.Recording {
	rec := timeline.Recording{
		Writes: r.Writes, Events: r.events(), Truncated: r.Truncated,
		Virtual: r.Now, Steps: r.Ticks * observe.Stretch,
	}
	if len(r.Words) > 0 {
		rec.Virtual = r.WordsAt
		if bytes.HasPrefix(r.Words, []byte("panic: ")) {
			rec.Virtual -= panicPause
		}
	}
	rec.End = r.end()
	outOfMemory := r.Refused ||
		strings.HasSuffix(rec.End.Message, "out of memory")
	if outOfMemory && rec.End.Kind == timeline.Panic {
		rec.End.Kind = timeline.Memory
	}
	r.place(&rec)
	return rec
}

// end is how the run ended, without its place.
func (r *Run) end() timeline.End {
	switch {
	case r.Stopped != "":
		return timeline.End{Kind: r.Stopped}
	case r.Trap != "":
		return r.trapped()
	}
	return r.exited(r.Status)
}

// exited words an exit.
func (r *Run) exited(status int) timeline.End {
	if !r.Compiled {
		return timeline.EndOf(status, string(r.Words))
	}
	end := timeline.CompiledEndOf(status, string(r.Words))
	if r.Tests && end.Kind == timeline.Exit && end.Code == 1 {
		end.Kind = timeline.Failed
	}
	return end
}

// trapped words an end that WebAssembly itself made: the guest ran out of
// the machine's stack, or its runtime gave up in the middle of a crash.
func (r *Run) trapped() timeline.End {
	if len(r.Words) > 0 {
		return r.exited(2)
	}
	message, _, _ := strings.Cut(r.Trap, "\n")
	if strings.Contains(message, "stack overflow") {
		message = "fatal error: stack overflow"
	}
	return timeline.End{Kind: timeline.Panic, Code: 2, Message: message}
}
