package record

import (
	"time"

	"runnel/runner/rewrite/observe"
	"runnel/runner/timeline"
)

// An Event is one as the guest tells it: its kind and its operation are the
// numbers of package observe. Nothing in it is trusted.
type Event struct {
	Seq                 int
	At                  time.Duration
	G, Kind, Op         int
	Line, Object, Child int
	Func                string
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
	observe.TestRun:       timeline.TestRun,
	observe.TestTurn:      timeline.TestTurn,
	observe.TestDone:      timeline.TestDone,
}

// Worded is the event in words; not ok if its numbers mean nothing.
func (e Event) Worded() (worded timeline.Event, ok bool) {
	if e.Kind < 1 || e.Kind >= len(kinds) || e.Op < 0 || e.Op >= len(ops) {
		return timeline.Event{}, false
	}
	return timeline.Event{
		Seq: e.Seq, At: e.At, G: e.G, Kind: kinds[e.Kind], Op: ops[e.Op],
		Line: e.Line, Object: e.Object, Child: e.Child, Func: e.Func,
	}, true
}

// events are all events, worded.
func (r *Run) events() []timeline.Event {
	if len(r.Told) == 0 {
		return r.Events
	}
	list := make([]timeline.Event, 0, len(r.Told)+len(r.Events))
	for _, e := range r.Told {
		if worded, ok := e.Worded(); ok {
			list = append(list, worded)
		}
	}
	return append(list, r.Events...)
}
