package outcome

import (
	"fmt"
	"time"

	"runnel/runner/timeline"
)

// A run writes down what a program does, event by event.
type run struct {
	rec timeline.Recording
	now time.Duration
	seq int
}

// at lets time pass.
func (r *run) at(ms int) { r.now = time.Duration(ms) * time.Millisecond }

func (r *run) event(g int, kind timeline.EventKind, op timeline.Op, object, line int) {
	r.seq++
	r.rec.Events = append(r.rec.Events, timeline.Event{
		Seq: r.seq, At: r.now, G: g, Kind: kind, Op: op, Object: object, Line: line,
	})
}

func (r *run) create(g, child int, name string, line int) {
	r.event(g, timeline.Create, "", 0, line)
	e := &r.rec.Events[len(r.rec.Events)-1]
	e.Child, e.Func = child, name
}

func (r *run) wait(g int, op timeline.Op, object, line int) {
	r.event(g, timeline.Wait, op, object, line)
}

func (r *run) done(g int, op timeline.Op, object, line int) {
	r.event(g, timeline.Done, op, object, line)
}

func (r *run) act(g int, op timeline.Op, object, line int) {
	r.event(g, timeline.Act, op, object, line)
}

// both is an operation that does not have to wait.
func (r *run) both(g int, op timeline.Op, object, line int) {
	r.wait(g, op, object, line)
	r.done(g, op, object, line)
}

func (r *run) print(g int, format string, args ...any) {
	r.seq++
	r.rec.Writes = append(r.rec.Writes, timeline.Write{
		Seq: r.seq, At: r.now, G: g, Stream: timeline.Stdout, Text: fmt.Appendf(nil, format+"\n", args...),
	})
}

func (r *run) begin(g int)  { r.event(g, timeline.Begin, "", 0, 0) }
func (r *run) finish(g int) { r.event(g, timeline.Finish, "", 0, 0) }

func (r *run) end(kind timeline.Kind) timeline.Recording {
	r.rec.Virtual = r.now
	r.rec.End = timeline.End{Kind: kind}
	if kind == timeline.Deadlock {
		r.rec.End.Code = 2
		r.rec.End.Message = "fatal error: all goroutines are asleep - deadlock!"
	}
	return r.rec
}

// waitGroup is the program of the guide's first page.
func waitGroup() timeline.Recording {
	var r run
	r.begin(1)
	r.create(1, 2, "myFunc", 12)
	r.create(1, 3, "anotherFunc", 13)
	r.wait(1, timeline.WaitGroup, 1, 14)
	r.begin(3)
	r.wait(3, timeline.Sleep, 0, 27)
	r.begin(2)
	r.wait(2, timeline.Sleep, 0, 19)
	for _, w := range []struct {
		g, at, line int
		name        string
	}{{3, 500, 27, "another"}, {2, 1500, 19, "mine"}} {
		r.at(w.at)
		r.done(w.g, timeline.Sleep, 0, w.line)
		for i := range 3 {
			r.print(w.g, "%s %d", w.name, i)
		}
		r.act(w.g, timeline.GroupDone, 1, w.line+4)
		r.finish(w.g)
	}
	r.done(1, timeline.WaitGroup, 1, 14)
	r.print(1, "all done")
	r.finish(1)
	return r.end(timeline.OK)
}

// pool is some workers that take nine jobs from a channel.
func pool(workers int) timeline.Recording {
	var r run
	const jobs, group = 1, 2
	r.begin(1)
	for w := range workers {
		r.create(1, 2+w, "worker", 14)
	}
	r.wait(1, timeline.Send, jobs, 18)
	for w := range workers {
		r.begin(2 + w)
		if w == 0 {
			r.both(2, timeline.RangeChan, jobs, 25)
			r.wait(2, timeline.Sleep, 0, 26)
			continue
		}
		r.wait(2+w, timeline.RangeChan, jobs, 25)
	}
	r.done(1, timeline.Send, jobs, 18)
	for range workers - 1 {
		r.both(1, timeline.Send, jobs, 18)
	}
	r.wait(1, timeline.Send, jobs, 18)
	for w := 1; w < workers; w++ {
		r.done(2+w, timeline.RangeChan, jobs, 25)
		r.wait(2+w, timeline.Sleep, 0, 26)
	}
	for round := 1; round <= 3; round++ {
		for w := range min(workers, 40) {
			r.at(round*400 + w*30)
			r.done(2+w, timeline.Sleep, 0, 26)
			r.print(2+w, "worker %d has done job %d", w, round*3+w)
			if round == 3 {
				r.wait(2+w, timeline.RangeChan, jobs, 25)
				continue
			}
			r.both(2+w, timeline.RangeChan, jobs, 25)
			r.wait(2+w, timeline.Sleep, 0, 26)
			r.done(1, timeline.Send, jobs, 18)
			if round < 2 || w < 2 {
				r.wait(1, timeline.Send, jobs, 18)
			}
		}
		if round == 2 {
			r.act(1, timeline.Close, jobs, 20)
			r.wait(1, timeline.WaitGroup, group, 21)
		}
	}
	return r.end(timeline.OK)
}

// many is a thousand goroutines that each sleep, and print a line.
func many(n int) timeline.Recording {
	var r run
	r.begin(1)
	for i := range n {
		r.create(1, 2+i, "worker", 14)
	}
	r.wait(1, timeline.WaitGroup, 1, 18)
	for i := range n {
		r.begin(2 + i)
		r.wait(2+i, timeline.Sleep, 0, 22)
	}
	for i := range n {
		r.at(100 + i/10)
		r.done(2+i, timeline.Sleep, 0, 22)
		if i < 6 {
			r.print(2+i, "%d", i)
		}
		r.act(2+i, timeline.GroupDone, 1, 24)
		r.finish(2 + i)
	}
	r.done(1, timeline.WaitGroup, 1, 18)
	r.finish(1)
	return r.end(timeline.OK)
}

// deadlock is two goroutines that wait for each other's lock.
func deadlock() timeline.Recording {
	var r run
	r.begin(1)
	r.create(1, 2, "main.func1", 11)
	r.both(1, timeline.Lock, 1, 17)
	r.print(1, "main has a")
	r.wait(1, timeline.Sleep, 0, 18)
	r.begin(2)
	r.both(2, timeline.Lock, 2, 12)
	r.print(2, "the other has b")
	r.wait(2, timeline.Sleep, 0, 13)
	r.at(10)
	r.done(1, timeline.Sleep, 0, 18)
	r.wait(1, timeline.Lock, 2, 19)
	r.done(2, timeline.Sleep, 0, 13)
	r.wait(2, timeline.Lock, 1, 14)
	return r.end(timeline.Deadlock)
}

// selects is a loop over a ticker and a channel, with a long idle time.
func selects() timeline.Recording {
	var r run
	r.begin(1)
	r.create(1, 2, "producer", 10)
	r.wait(1, timeline.Select, 0, 14)
	r.begin(2)
	r.wait(2, timeline.Sleep, 0, 30)
	for i := range 5 {
		r.at(100 * (i + 1))
		if i%2 == 1 {
			r.done(2, timeline.Sleep, 0, 30)
			r.both(2, timeline.Send, 1, 31)
			r.wait(2, timeline.Sleep, 0, 30)
			r.done(1, timeline.SelectRecv, 1, 14)
			r.print(1, "got %d", i)
		} else {
			r.done(1, timeline.SelectRecv, 2, 14)
			r.print(1, "tick")
		}
		r.wait(1, timeline.Select, 0, 14)
	}
	r.at(60_000)
	r.done(1, timeline.SelectRecv, 3, 14)
	r.print(1, "timeout")
	r.finish(1)
	return r.end(timeline.OK)
}

// contention is three goroutines with one lock and an output each.
func contention() timeline.Recording {
	var r run
	r.begin(1)
	for g := 2; g <= 4; g++ {
		r.create(1, g, "add", 16)
	}
	r.wait(1, timeline.WaitGroup, 9, 18)
	r.begin(4)
	r.both(4, timeline.Lock, 1, 23)
	r.wait(4, timeline.Sleep, 0, 24)
	for g := 2; g <= 3; g++ {
		r.begin(g)
		r.wait(g, timeline.Lock, 1, 23)
	}
	for i, g := range []int{4, 2, 3} {
		r.at(250 * (i + 1))
		r.done(g, timeline.Sleep, 0, 24)
		r.print(g, "add %d", g)
		r.act(g, timeline.Unlock, 1, 26)
		r.act(g, timeline.GroupDone, 9, 27)
		r.finish(g)
		if next := []int{2, 3, 0}[i]; next > 0 {
			r.done(next, timeline.Lock, 1, 23)
			r.wait(next, timeline.Sleep, 0, 24)
		}
	}
	r.done(1, timeline.WaitGroup, 9, 18)
	r.finish(1)
	return r.end(timeline.OK)
}

// timeless is a producer and a consumer that never sleep; one is left behind.
func timeless() timeline.Recording {
	var r run
	r.begin(1)
	r.create(1, 2, "generate[int]", 9)
	r.create(1, 3, "main.func<T>", 10)
	for i := range 4 {
		r.wait(1, timeline.Receive, 1, 12)
		if i == 0 {
			r.begin(3)
			r.wait(3, timeline.Receive, 2, 22)
			r.begin(2)
		} else {
			r.done(2, timeline.Send, 1, 17)
		}
		r.both(2, timeline.Send, 1, 17)
		r.wait(2, timeline.Send, 1, 17)
		r.done(1, timeline.Receive, 1, 12)
		r.print(1, "got %d", i*i)
	}
	r.finish(1)
	return r.end(timeline.OK)
}

// boils is a goroutine that panics while main sleeps.
func boils() timeline.Recording {
	var r run
	r.begin(1)
	r.create(1, 2, "main.func1", 9)
	for i := range 3 {
		r.wait(1, timeline.Sleep, 0, 14)
		if i == 0 {
			r.begin(2)
			r.wait(2, timeline.Sleep, 0, 10)
		}
		r.at(125 * (i + 1))
		if i == 2 {
			r.at(300)
			r.done(2, timeline.Sleep, 0, 10)
			break
		}
		r.done(1, timeline.Sleep, 0, 14)
		r.print(1, "stirring")
	}
	rec := r.end(timeline.Panic)
	rec.End.Code, rec.End.Message = 2, "panic: the milk boils over"
	return rec
}
