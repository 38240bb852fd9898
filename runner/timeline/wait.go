package timeline

// A wait is an operation that can wait, begun by one point of a goroutine.
// It lasts until the goroutine's next point, which is its Done, save where
// the operation runs code of the program, as Once does.
type wait struct {
	g          int
	from       int // index of its point
	done       int // index of its Done, -1 where it never continued
	op         Op  // a select's is that of the case it took, once known
	object     int
	line       int
	blocked    bool // others ran, or time passed, before it continued
	waker      int  // index of the point that ended it, -1 where not known
	unresolved bool // a select that never took a case
}

// waits finds the operations that could wait, by the index of the point that
// began them.
func waits(list []point) map[int]*wait {
	all := make(map[int]*wait)
	open := make(map[int][]*wait) // of each goroutine, the innermost last
	for i, p := range list {
		switch p.event.Kind {
		case Wait:
			w := begin(list, i)
			all[i] = w
			open[p.g] = append(open[p.g], w)
		case Done:
			open[p.g] = finish(open[p.g], i, p.event)
		}
	}
	return all
}

// begin is the wait that a point begins.
func begin(list []point, i int) *wait {
	p := list[i]
	return &wait{
		g: p.g, from: i, done: -1, waker: -1,
		op: p.event.Op, object: p.event.Object, line: p.event.Line,
		blocked:    p.next < 0 || p.next > i+1 || list[p.next].At > p.At,
		unresolved: p.event.Op == Select,
	}
}

// finish ends the innermost open wait for the same operation, and forgets
// those inside it: a panic went through them.
func finish(open []*wait, i int, e Event) []*wait {
	for k := len(open) - 1; k >= 0; k-- {
		w := open[k]
		if !sameOp(w.op, e.Op) {
			continue
		}
		w.done, w.unresolved = i, false
		if w.op == Select {
			w.op = e.Op
		}
		if e.Object > 0 {
			w.object = e.Object
		}
		return open[:k]
	}
	return open
}

// sameOp reports whether Done may speak of what Wait began.
func sameOp(wait, done Op) bool {
	switch done {
	case wait:
		return true
	case SelectSend, SelectRecv, SelectElse:
		return wait == Select
	}
	return false
}

// A side of a channel, or of something else to wait for.
type side string

const (
	sends    side = "sends"
	receives side = "receives"
	locks    side = "locks"
	rlocks   side = "rlocks"
	groups   side = "groups"
	conds    side = "conds"
	onces    side = "onces"
	tests    side = "tests"
	neither  side = ""
)

// sideOf says on which side of its object an operation waits.
func sideOf(op Op) side {
	switch op {
	case Send, SelectSend:
		return sends
	case Receive, RangeChan, SelectRecv:
		return receives
	case Lock:
		return locks
	case RLock:
		return rlocks
	case WaitGroup:
		return groups
	case CondWait:
		return conds
	case Once:
		return onces
	case TestRun:
		return tests
	}
	return neither
}
