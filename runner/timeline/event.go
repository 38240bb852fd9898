package timeline

import "time"

// An Event is something that a goroutine did, as the observed program tells
// it. Events and writes of a run stand in one order, by Seq.
//
// Every operation that can wait gives two events: Wait before it, Done after
// it, also where it did not wait in the end. An operation that cannot wait but
// can wake others (close, Unlock, Signal, Broadcast, WaitGroup.Done, cancel)
// gives one, Act. The goroutine of the last event is the one that runs.
type Event struct {
	Seq  int
	At   time.Duration // virtual time since the start
	G    int           // the goroutine: 1 is main's, others in the order of their creation
	Kind EventKind
	// Line is that of the statement in the program, 0 where not known.
	Line int
	// Op says what Wait, Done and Act are about.
	Op Op
	// Object tells the channels, mutexes, wait groups and so on of a run apart:
	// 1, 2, 3 in the order in which they are first seen, 0 for none. A select
	// has that of the case it took, in its Done.
	Object int
	// Child and Func are those of Create: the new goroutine and the name of
	// its function, "worker" or "main.func1".
	Child int
	Func  string
}

// EventKind tells events apart.
type EventKind string

// The kinds of events.
const (
	// Create is a go statement; for a function that a timer calls it comes
	// when the timer fires, from the goroutine that set it, which may wait.
	Create EventKind = "create"
	Begin  EventKind = "begin" // the first of a goroutine's own
	Wait   EventKind = "wait"
	Done   EventKind = "done"
	Act    EventKind = "act"
	Yield  EventKind = "yield" // let others run, at a tick
	Resume EventKind = "resume"
	Finish EventKind = "finish" // the goroutine's function returned
)

// Op is an operation that can wait or wake.
type Op string

// The operations.
const (
	Send       Op = "send"
	Receive    Op = "receive"
	RangeChan  Op = "range"
	Select     Op = "select"
	SelectSend Op = "select send" // of Done: the case it took
	SelectRecv Op = "select receive"
	SelectElse Op = "select default"
	Close      Op = "close"
	Sleep      Op = "sleep"
	Lock       Op = "lock"
	RLock      Op = "rlock"
	Unlock     Op = "unlock"
	RUnlock    Op = "runlock"
	WaitGroup  Op = "wait group"
	GroupDone  Op = "group done"
	CondWait   Op = "cond"
	Signal     Op = "signal"
	Broadcast  Op = "broadcast"
	// Once is sync.Once.Do. The call that runs the function does not wait: its
	// Done comes before the function, and an Act after it wakes the others.
	Once   Op = "once"
	Cancel Op = "cancel"
	// TestRun waits for the tests that are parts of one, TestTurn for the turn
	// of parallel ones.
	TestRun  Op = "test"
	TestTurn Op = "test turn"
	TestDone Op = "test done"
)
