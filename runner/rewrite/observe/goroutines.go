package observe

import (
	"context"
	"runtime"
	"sync"
	"time"
	"unsafe"
)

// Enter is the first thing that main does, Leave what it defers. A program
// may call its main again.
func Enter() { current().depth++ }

// Leave ends main.
func Leave() {
	g := current()
	if g.depth--; g.depth == 0 {
		finish(g)
	}
}

// New announces a goroutine that the program starts next, at a line, with a
// function of the name. It returns what [First] wants in it.
func New(line int, name string) int {
	g := current()
	shared.Lock()
	shared.goroutines++
	child := shared.goroutines
	shared.Unlock()
	tell(g, event{kind: Create, line: line, child: child, name: name})
	return int(child)
}

// First is the first thing that a new goroutine does.
func First(id int) {
	g := &goroutine{id: int32(id)}
	setLabel(unsafe.Pointer(g))
	tell(g, event{kind: Begin})
}

// Last is what a new goroutine defers.
func Last() { finish(current()) }

// finish ends a goroutine.
func finish(g *goroutine) {
	kind := Finish
	if Panicking() {
		kind = Unwound
	}
	tell(g, event{kind: kind})
}

// Go is wg.Go(f).
func Go(line int, name string, wg *sync.WaitGroup, f func()) {
	id := New(line, name)
	wg.Go(func() {
		First(id)
		defer Last()
		f()
		act(GroupDoneOne, line, wg)
	})
}

// timed is a function that a timer calls in a goroutine of its own. The
// goroutine that set the timer counts as its creator, when the timer fires.
func timed(line int, name string, f func()) func() {
	creator := current()
	return func() {
		begin(creator, line, name, func() {})
		defer Last()
		f()
	}
}

// begin tells the creation of the goroutine that runs, and its beginning;
// between the two it does something else.
func begin(creator *goroutine, line int, name string, between func()) {
	shared.Lock()
	shared.goroutines++
	child := shared.goroutines
	shared.Unlock()
	tell(creator, event{
		kind: Create, line: line, child: child, name: name,
	})
	between()
	First(int(child))
}

// AfterFunc is time.AfterFunc.
func AfterFunc(
	line int, name string, d time.Duration, f func(),
) *time.Timer {
	return time.AfterFunc(d, timed(line, name, f))
}

// ContextAfterFunc is context.AfterFunc.
func ContextAfterFunc(
	line int, name string, ctx context.Context, f func(),
) func() bool {
	return context.AfterFunc(ctx, timed(line, name, f))
}

// Gosched is runtime.Gosched.
func Gosched(line int) {
	g := current()
	tell(g, event{kind: Yield, line: line})
	runtime.Gosched()
	tell(g, event{kind: Resume, line: line})
}

// PanicAt is called at the line of a panic before it begins, and with 0 where
// the program may recover from one.
func PanicAt(line int) { panicAt(int32(line)) }
