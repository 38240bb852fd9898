package runner

import (
	"context"

	"github.com/tetratelabs/wazero/api"

	"runnel/runner/record"
	"runnel/runner/rewrite/observe"
	"runnel/runner/timeline"
)

// order numbers what a program does and knows which goroutine does it.
type order struct {
	seq int
	g   int // of the last event
}

// next is the number of the next write or event: 1, 2, 3.
func (o *order) next() int {
	o.seq++
	return o.seq
}

// running is the goroutine that runs, 0 where the program is not observed.
func (o *order) running() int { return o.g }

// events takes what an observed program tells. The mutex of the output
// guards the order.
type events struct {
	clock     *clock
	order     *order
	list      []timeline.Event
	truncated bool
	unwound   bool // the last event is of a goroutine that a panic ends
	lastLine  int  // where the steps were used up
	panicLine int  // where the last panic began, if it is a statement's
	ticks     int64
	tests     bool // the program runs its tests
}

// maxFunctionName bounds the name of a goroutine's function, in bytes.
const maxFunctionName = 200

// event is the host function that takes one event: goroutine, kind,
// operation, line, object, child, the address and the length of a name. It
// answers 1 when it wants no more of them. Nothing in it is trusted.
func event(ctx context.Context, m api.Module, stack []uint64) uint32 {
	number := func(i int) int { return int(int32(stack[i])) }
	r := runOf(ctx)
	told := record.Event{
		G: number(0), Kind: number(1), Op: number(2), Line: number(3),
		Object: number(4), Child: number(5),
	}
	text, ok := m.Memory().Read(uint32(stack[6]),
		min(uint32(stack[7]), maxFunctionName))
	if ok {
		told.Func = string(text)
	}
	e, ok := told.Worded()
	if !ok {
		return 0
	}
	r.output.mutex.Lock()
	defer r.output.mutex.Unlock()
	r.events.unwound = told.Kind == int(observe.Unwound)
	if !r.events.add(e) {
		return 1
	}
	return 0
}

// add keeps an event, if there is room. After the last one it is not known
// which goroutine runs.
func (e *events) add(event timeline.Event) bool {
	if len(e.list) >= eventLimit {
		e.truncated, e.order.g = true, 0
		return false
	}
	e.order.g = event.G
	event.Seq, event.At = e.order.next(), e.clock.now
	e.list = append(e.list, event)
	return true
}

// The keys of settings, as package observe and the guest have them.
const (
	settingSteps = iota
	settingSeed
	settingUnwatched
	settingTranslate
	settingTick
	settingJob // which is for hosts that have others
	settingTests
)

// setting is the host function that says how a program is to run.
func setting(ctx context.Context, key int32) int64 {
	r := runOf(ctx)
	p := r.program
	switch key {
	case settingSteps:
		return p.steps()
	case settingSeed:
		return int64(p.Seed)
	case settingUnwatched:
		if p.Unwatched {
			return 1
		}
	case settingTick:
		r.events.ticks++
	case settingTests:
		r.events.tests = true
	case settingTranslate:
		if r.job.Task == translate {
			return 1
		}
	}
	return 0
}

// steps is how many a program has.
func (p Program) steps() int64 {
	if p.Steps > 0 {
		return p.Steps
	}
	return stepLimit
}

// steps is the host function that ends a program whose steps are used up.
func steps(ctx context.Context, line int32) {
	runOf(ctx).events.lastLine = int(line)
	panic(errSteps)
}

// panicAt is the host function that takes the line at which a panic begins,
// or 0 when one is recovered. The panics of the runtime have no line.
func panicAt(ctx context.Context, line int32) {
	runOf(ctx).events.panicLine = int(line)
}

// of puts what is known of the events into a run.
func (e *events) of(run *record.Run) {
	run.Events, run.Truncated, run.Unwound = e.list, e.truncated, e.unwound
	run.G, run.Ticks = e.order.g, e.ticks
	run.PanicLine, run.LastLine = e.panicLine, e.lastLine
	run.Tests = e.tests
}
