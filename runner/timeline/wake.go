package timeline

// A queue is where goroutines wait: one side of one object.
type queue struct {
	object int
	side   side
}

// A waker finds out which point ended each wait. Channels and conditions
// have queues: who waits longest is woken first. For the others the last
// release before a goroutine goes on is the one that counts.
type waker struct {
	list  []point
	waits map[int]*wait
	dones map[int]*wait // by the index of their Done

	queues map[queue][]*wait
	acts   map[queue]int // index of the last point that served a queue
	cancel int           // index of the last Cancel, -1 for none
}

// wake fills in the waker of each wait.
func wake(list []point, all map[int]*wait) {
	k := waker{
		list: list, waits: all, dones: make(map[int]*wait), cancel: -1,
		queues: make(map[queue][]*wait), acts: make(map[queue]int),
	}
	for _, w := range all {
		if w.done >= 0 {
			k.dones[w.done] = w
		}
	}
	for i, p := range list {
		switch p.event.Kind {
		case Wait:
			k.wait(i)
		case Done:
			k.done(i)
		case Act:
			k.act(i, p.event)
		}
	}
}

// wait puts who waits in the queue.
func (k *waker) wait(i int) {
	w := k.waits[i]
	at := queue{w.object, sideOf(w.op)}
	if w.object == 0 || at.side == neither || w.unresolved {
		return
	}
	if w.blocked {
		k.queues[at] = append(k.queues[at], w)
	}
	k.pass(i, at)
}

// done is an operation that continues. One on a channel that did not have to
// wait may have woken who waits on the other side.
func (k *waker) done(i int) {
	w := k.dones[i]
	if w == nil || w.object == 0 {
		return
	}
	at := queue{w.object, sideOf(w.op)}
	if other := opposite(at); !w.blocked && other.side != neither {
		k.first(other, i)
	}
	if w.blocked && w.waker < 0 && k.list[w.from].next == i {
		w.waker = k.release(w, i)
	}
	k.pass(i, at)
}

// act is an operation that cannot wait but may wake others.
func (k *waker) act(i int, e Event) {
	on := func(s side) queue { return queue{e.Object, s} }
	switch e.Op {
	case Close:
		k.everyone(on(receives), i)
		k.everyone(on(sends), i)
	case Cancel:
		k.everyone(on(receives), i)
		k.cancel = i
	case Signal:
		k.first(on(conds), i)
	case Broadcast:
		k.everyone(on(conds), i)
	case Unlock:
		k.acts[on(locks)], k.acts[on(rlocks)] = i, i
	case RUnlock:
		k.acts[on(locks)] = i
	case GroupDone:
		k.acts[on(groups)] = i
	case Once:
		k.acts[on(onces)] = i
	case TestDone:
		k.acts[on(tests)] = i
	}
}

// pass notes that a point acted on the opposite of its side. Who is done with
// a Once lets the next one go on.
func (k *waker) pass(i int, at queue) {
	if other := opposite(at); other.side != neither {
		k.acts[other] = i
	}
	if at.side == onces && k.dones[i] != nil {
		k.acts[at] = i
	}
}

// first wakes who waits longest in a queue.
func (k *waker) first(at queue, i int) {
	for line := k.queues[at]; len(line) > 0; line = k.queues[at] {
		w := line[0]
		k.queues[at] = line[1:]
		if k.waiting(w, i) {
			w.waker = i
			return
		}
	}
}

// everyone wakes all who wait in a queue.
func (k *waker) everyone(at queue, i int) {
	for _, w := range k.queues[at] {
		if k.waiting(w, i) {
			w.waker = i
		}
	}
	delete(k.queues, at)
}

// waiting reports whether a wait is still going on at a point of another
// goroutine.
func (k *waker) waiting(w *wait, i int) bool {
	next := k.list[w.from].next
	return w.waker < 0 && w.g != k.list[i].g && (next < 0 || next > i)
}

// release is the last point that may have ended a wait which continues at i,
// -1 where there is none: a timer did.
func (k *waker) release(w *wait, i int) int {
	act, ok := k.acts[queue{w.object, sideOf(w.op)}]
	if ok && act > w.from && k.list[act].g != w.g {
		return act
	}
	// A context tells its own object, those made from it wake others.
	if sideOf(w.op) == receives && k.cancel > w.from &&
		k.list[k.cancel].g != w.g && k.list[k.cancel].At == k.list[i].At {
		return k.cancel
	}
	return -1
}

// opposite is the other side of a channel.
func opposite(at queue) queue {
	switch at.side {
	case sends:
		return queue{at.object, receives}
	case receives:
		return queue{at.object, sends}
	}
	return queue{}
}
