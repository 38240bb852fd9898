package timeline

import (
	"slices"
	"time"
)

// main creates some goroutines, does something itself and often waits for
// them.
func (r *routine) main() {
	for range 1 + r.IntN(6) {
		r.spawn(2)
	}
	r.some(2)
	if r.IntN(4) > 0 {
		r.tell(Wait, WaitGroup, 99)
		if r.group.n > 0 {
			r.group.queue = append(r.group.queue, r)
			r.park()
		}
		r.tell(Done, WaitGroup, 99)
	}
}

// spawn is a go statement.
func (r *routine) spawn(depth int) {
	r.group.n++
	child := r.start(func(r *routine) {
		r.some(depth)
		r.tell(Act, GroupDone, 99)
		if r.group.n--; r.group.n == 0 {
			for _, w := range r.group.queue {
				r.wake(w)
			}
			r.group.queue = nil
		}
	})
	r.tell(Create, "", 0)
	e := &r.rec.Events[len(r.rec.Events)-1]
	e.Child, e.Func, e.Line = child.g, "worker", 7
}

// some does a few things at random.
func (r *routine) some(depth int) {
	for range 1 + r.IntN(8) {
		c, l := r.chans[r.IntN(len(r.chans))], r.locks[r.IntN(len(r.locks))]
		switch r.IntN(9) {
		case 0:
			r.send(c)
		case 1, 2:
			r.receive(c)
		case 3:
			r.pause(time.Duration(1+r.IntN(3)) * time.Second)
		case 4:
			r.locked(l)
		case 5:
			r.print()
		case 6:
			r.tell(Yield, "", 0)
			r.ready = append(r.ready, r)
			r.park()
			r.tell(Resume, "", 0)
		case 7:
			if depth > 0 {
				r.spawn(depth - 1)
			}
		case 8:
			if r.IntN(4) == 0 {
				r.shut(c)
			} else {
				r.choose()
			}
		}
	}
}

func (r *routine) print() {
	r.seq++
	r.rec.Writes = append(r.rec.Writes, Write{Seq: r.seq, At: r.now, G: r.g, Text: []byte("x\n")})
}

func (r *routine) pause(d time.Duration) {
	r.tell(Wait, Sleep, 0)
	r.deadline = r.now + d
	r.sleep = append(r.sleep, r)
	slices.SortStableFunc(r.sleep, func(a, b *routine) int { return int(a.deadline - b.deadline) })
	r.park()
	r.tell(Done, Sleep, 0)
}

func (r *routine) send(c *channel) {
	if c.closed {
		return
	}
	r.tell(Wait, Send, c.object)
	switch {
	case len(c.receivers) > 0:
		r.pop(&c.receivers, c)
	case c.held < c.size:
		c.held++
	default:
		c.senders = append(c.senders, r)
		r.park()
	}
	r.tell(Done, Send, c.object)
}

func (r *routine) receive(c *channel) {
	r.tell(Wait, Receive, c.object)
	if !r.take(c) {
		c.receivers = append(c.receivers, r)
		r.park()
	}
	r.tell(Done, Receive, c.object)
}

// take receives if that needs no waiting.
func (r *routine) take(c *channel) bool {
	switch {
	case c.held > 0:
		if len(c.senders) > 0 {
			r.pop(&c.senders, c)
		} else {
			c.held--
		}
	case len(c.senders) > 0:
		r.pop(&c.senders, c)
	default:
		return c.closed
	}
	return true
}

// choose is a select that receives from two channels.
func (r *routine) choose() {
	r.tell(Wait, Select, 0)
	for _, c := range r.chans[:2] {
		if r.take(c) {
			r.tell(Done, SelectRecv, c.object)
			return
		}
	}
	if r.IntN(3) == 0 {
		r.tell(Done, SelectElse, 0)
		return
	}
	for _, c := range r.chans[:2] {
		c.receivers = append(c.receivers, r)
	}
	r.park()
	r.tell(Done, SelectRecv, r.took.object)
}

func (r *routine) shut(c *channel) {
	if c.closed || len(c.senders) > 0 {
		return
	}
	c.closed = true
	r.tell(Act, Close, c.object)
	for len(c.receivers) > 0 {
		r.pop(&c.receivers, c)
	}
}

func (r *routine) locked(l *mutex) {
	r.tell(Wait, Lock, l.object)
	if l.held {
		l.queue = append(l.queue, r)
		r.park()
	}
	l.held = true
	r.tell(Done, Lock, l.object)
	if r.IntN(2) == 0 {
		r.pause(time.Second)
	}
	r.print()
	r.tell(Act, Unlock, l.object)
	l.held = false
	if len(l.queue) > 0 {
		l.held = true
		next := l.queue[0]
		l.queue = l.queue[1:]
		r.wake(next)
	}
}
