package outcome

import (
	"strconv"

	"runnel/runner/timeline"
)

// waits says what a goroutine waits for: in full, and in short where there is
// no room.
var waits = map[timeline.Op]struct{ full, short string }{
	timeline.Send:       {"waits to send", "send"},
	timeline.Receive:    {"waits to receive", "receive"},
	timeline.RangeChan:  {"waits for the next value of a range", "range"},
	timeline.Select:     {"waits in a select", "select"},
	timeline.SelectSend: {"waits in a select", "select"},
	timeline.SelectRecv: {"waits in a select", "select"},
	timeline.Sleep:      {"sleeps", "sleep"},
	timeline.Lock:       {"waits for a lock", "lock"},
	timeline.RLock:      {"waits for a lock to read", "read lock"},
	timeline.WaitGroup:  {"waits for a wait group", "wait group"},
	timeline.CondWait:   {"waits for a condition", "cond"},
	timeline.Once:       {"waits for a Once", "once"},
	timeline.TestRun:    {"waits for tests", "tests"},
	timeline.TestTurn:   {"waits for its turn among parallel tests", "its turn"},
}

// wakes says how one goroutine woke another.
var wakes = map[timeline.Op]string{
	timeline.Send: "by sending", timeline.SelectSend: "by sending",
	timeline.Receive: "by receiving", timeline.SelectRecv: "by receiving",
	timeline.RangeChan: "by receiving", timeline.Close: "by closing the channel",
	timeline.Unlock: "by unlocking", timeline.RUnlock: "by unlocking",
	timeline.GroupDone: "by the last Done", timeline.Signal: "by Signal",
	timeline.Broadcast: "by Broadcast", timeline.Cancel: "by cancelling",
	timeline.Once: "by finishing the Once", timeline.TestDone: "by its end",
}

// doing says what a goroutine does during a span.
func doing(s timeline.Span) string {
	switch s.State {
	case timeline.Running:
		return "runs"
	case timeline.Ready:
		return "is ready"
	case timeline.Unseen:
		return "is no longer recorded"
	}
	said := waits[s.Op].full
	if said == "" {
		said = "waits"
	}
	if s.State == timeline.Stuck {
		said += ", for ever"
	}
	return said
}

// reason is the short form of what a goroutine waits for, "" for none.
func reason(s timeline.Span) string {
	said := waits[s.Op].short
	switch {
	case s.State == timeline.Stuck && said != "":
		return "stuck: " + said
	case s.State == timeline.Stuck:
		return "stuck"
	case s.State == timeline.Waiting:
		return said
	}
	return ""
}

// between says from when to when something was.
func between(from, to timeline.Moment) string {
	if from.At == to.At {
		return "at " + duration(from.At)
	}
	return duration(from.At) + " to " + duration(to.At)
}

// atLine is ", line 7", or nothing.
func atLine(line int) string {
	if line <= 0 {
		return ""
	}
	return ", line " + strconv.Itoa(line)
}

// fates says how a goroutine ended.
var fates = map[timeline.Fate]string{
	timeline.Returned:  "returned",
	timeline.Died:      "panicked",
	timeline.Forever:   "is stuck for ever",
	timeline.Abandoned: "still waited when the program ended",
	timeline.Stopped:   "had not returned when the program ended",
}
