// Package observe is what a rewritten program calls: it counts the program's
// steps and tells its host what the goroutines do.
//
// Package rewrite adds the calls. Under yaegi they reach this package inside
// the guest; a compiled program gets this package's source beside its own, so
// it stands on the standard library alone. It keeps no timer and starts no
// goroutine of its own: Go still sees every deadlock.
//
// Two goroutines never run at once in WebAssembly, but wherever memory is
// allocated the garbage collector may let another one run, so that a mutex
// guards what is shared.
package observe

import (
	"runtime"
	"strings"
	"sync"
	"unsafe"
)

// Kind is what an event is, as the host is told. They are those of
// timeline.EventKind; Unwound is a Finish on the way out of a panic, of which
// the program dies if nothing follows.
type Kind int32

// The kinds of events.
const (
	Create Kind = 1 + iota
	Begin
	Waiting
	Finished
	Act
	Yield
	Resume
	Finish
	Unwound
)

// Op is an operation, as the host is told; see timeline.Op.
type Op int32

// The operations.
const (
	None Op = iota
	Send
	Receive
	RangeChan
	SelectAny
	SelectSend
	SelectReceive
	SelectElse
	CloseChan
	SleepFor
	MutexLock
	MutexRLock
	MutexUnlock
	MutexRUnlock
	WaitGroup
	GroupDoneOne
	CondWaiting
	CondSignal
	CondBroadcast
	OnceDoing
	CancelContext
	TestRun  // waits for tests
	TestTurn // a parallel test waits for its turn
	TestDone
)

// goroutine is what is known of one. The profiler label of a goroutine
// points to it: a goroutine that the library starts inherits it.
type goroutine struct {
	id    int32
	depth int // how many calls of main are on main's stack
	line  int // of the call of a cancel function, 0 if none
	cases map[caseKey]int32
	waits event // the last one of kind Waiting
	test  *test // that it runs, nil for none
}

// caseKey is one case of one select statement.
type caseKey struct{ site, index int }

// shared is what the goroutines have in common.
var shared struct {
	sync.Mutex
	goroutines int32 // how many there were
	last       int32 // the goroutine of the last event
	parallel   int32 // parallel tests whose turn it is, of main
	full       bool  // the host wants no more events
	objects    map[unsafe.Pointer]int32
}

// current is the goroutine that runs. One that nobody announced, such as a
// timer's, is new.
func current() *goroutine {
	if g := (*goroutine)(getLabel()); g != nil {
		return g
	}
	shared.Lock()
	g := adopt()
	shared.Unlock()
	tell(g, event{kind: Begin})
	return g
}

// adopt makes a goroutine's record.
func adopt() *goroutine {
	shared.goroutines++
	g := &goroutine{id: shared.goroutines}
	setLabel(unsafe.Pointer(g))
	return g
}

// event is what tell sends.
type event struct {
	kind   Kind
	op     Op
	line   int
	object int32
	child  int32
	name   string
}

// tell sends an event of a goroutine to the host.
func tell(g *goroutine, e event) {
	if shared.full {
		return
	}
	shared.Lock()
	defer shared.Unlock()
	shared.last = g.id
	send(g.id, e)
}

// objectOf numbers a channel or the pointer to a mutex and the like: 1, 2, 3
// in the order in which they are first seen. It keeps them alive, so that no
// other one takes their place in memory; the host ends that with the events.
func objectOf(x any) int32 {
	p := (*[2]unsafe.Pointer)(unsafe.Pointer(&x))[1]
	if p == nil || shared.full {
		return 0
	}
	shared.Lock()
	defer shared.Unlock()
	if n, ok := shared.objects[p]; ok {
		return n
	}
	if shared.objects == nil {
		shared.objects = map[unsafe.Pointer]int32{}
	}
	n := int32(len(shared.objects) + 1)
	if n > maxObjects {
		return 0
	}
	shared.objects[p] = n
	return n
}

// maxObjects is how many objects are told apart. The host keeps 10,000
// events.
const maxObjects = 10_000

// Panicking says that a panic is on its way through the caller's stack.
func Panicking() bool {
	var pcs [64]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	for {
		frame, more := frames.Next()
		if strings.HasSuffix(frame.Function, "runtime.gopanic") {
			return true
		}
		if !more {
			return false
		}
	}
}
