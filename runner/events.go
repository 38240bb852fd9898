package runner

import (
	"context"
	"fmt"
	"strconv"

	"github.com/tetratelabs/wazero/api"

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
}

// kinds and ops word the numbers of package observe.
var kinds = [...]timeline.EventKind{
	observe.Create:   timeline.Create,
	observe.Begin:    timeline.Begin,
	observe.Waiting:  timeline.Wait,
	observe.Finished: timeline.Done,
	observe.Act:      timeline.Act,
	observe.Yield:    timeline.Yield,
	observe.Resume:   timeline.Resume,
	observe.Finish:   timeline.Finish,
	observe.Unwound:  timeline.Finish,
}

var ops = [...]timeline.Op{
	observe.None:          "",
	observe.Send:          timeline.Send,
	observe.Receive:       timeline.Receive,
	observe.RangeChan:     timeline.RangeChan,
	observe.SelectAny:     timeline.Select,
	observe.SelectSend:    timeline.SelectSend,
	observe.SelectReceive: timeline.SelectRecv,
	observe.SelectElse:    timeline.SelectElse,
	observe.CloseChan:     timeline.Close,
	observe.SleepFor:      timeline.Sleep,
	observe.MutexLock:     timeline.Lock,
	observe.MutexRLock:    timeline.RLock,
	observe.MutexUnlock:   timeline.Unlock,
	observe.MutexRUnlock:  timeline.RUnlock,
	observe.WaitGroup:     timeline.WaitGroup,
	observe.GroupDoneOne:  timeline.GroupDone,
	observe.CondWaiting:   timeline.CondWait,
	observe.CondSignal:    timeline.Signal,
	observe.CondBroadcast: timeline.Broadcast,
	observe.OnceDoing:     timeline.Once,
	observe.CancelContext: timeline.Cancel,
}

// maxFunctionName bounds the name of a goroutine's function, in bytes.
const maxFunctionName = 200

// event is the host function that takes one event: goroutine, kind,
// operation, line, object, child, the address and the length of a name. It
// answers 1 when it wants no more of them. Nothing in it is trusted.
func event(ctx context.Context, m api.Module, stack []uint64) uint32 {
	number := func(i int) int { return int(int32(stack[i])) }
	r := runOf(ctx)
	kind, op := number(1), number(2)
	if kind < 1 || kind >= len(kinds) || op < 0 || op >= len(ops) {
		return 0
	}
	e := timeline.Event{
		G: number(0), Kind: kinds[kind], Op: ops[op], Line: number(3),
		Object: number(4), Child: number(5),
	}
	text, ok := m.Memory().Read(uint32(stack[6]),
		min(uint32(stack[7]), maxFunctionName))
	if ok {
		e.Func = string(text)
	}
	r.output.mutex.Lock()
	defer r.output.mutex.Unlock()
	r.events.unwound = observe.Kind(kind) == observe.Unwound
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

// finish puts the events into a recording and says where it ended.
func (e *events) finish(rec *timeline.Recording, limit int64) {
	rec.Events, rec.Truncated = e.list, e.truncated
	rec.Steps = e.ticks * observe.Stretch
	switch rec.End.Kind {
	case timeline.Panic:
		rec.End.G = e.order.g
		if e.panicLine > 0 {
			rec.End.Line = e.panicLine
		}
		if e.unwound && !e.truncated {
			rec.Events = e.list[:len(e.list)-1]
		}
	case timeline.Steps:
		rec.End.Line, rec.End.G = e.lastLine, e.order.g
		rec.End.Message = fmt.Sprintf("the program has made %s steps, "+
			"as many as it is given", grouped(limit))
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
