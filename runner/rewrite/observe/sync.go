package observe

import (
	"sync"
	"time"
)

// Sleep is time.Sleep.
func Sleep(line int, d time.Duration) {
	wait(SleepFor, line, nil)
	time.Sleep(d)
	done()
}

// resume tells that a goroutine goes on, if others ran meanwhile: the runtime
// hands a mutex over at once to who has waited for it for long.
func resume(line int) {
	if g := current(); shared.last != g.id {
		tell(g, event{kind: Resume, line: line})
	}
}

// Lock is m.Lock.
func Lock(line int, m *sync.Mutex) {
	wait(MutexLock, line, m)
	m.Lock()
	done()
}

// Unlock is m.Unlock.
func Unlock(line int, m *sync.Mutex) {
	act(MutexUnlock, line, m)
	m.Unlock()
	resume(line)
}

// WLock is m.Lock.
func WLock(line int, m *sync.RWMutex) {
	wait(MutexLock, line, m)
	m.Lock()
	done()
}

// WUnlock is m.Unlock.
func WUnlock(line int, m *sync.RWMutex) {
	act(MutexUnlock, line, m)
	m.Unlock()
	resume(line)
}

// RLock is m.RLock.
func RLock(line int, m *sync.RWMutex) {
	wait(MutexRLock, line, m)
	m.RLock()
	done()
}

// RUnlock is m.RUnlock.
func RUnlock(line int, m *sync.RWMutex) {
	act(MutexRUnlock, line, m)
	m.RUnlock()
	resume(line)
}

// LockerLock is l.Lock. A type of the program has a Lock of its own, which
// is observed itself.
func LockerLock(line int, l sync.Locker) {
	if !isMutex(l) {
		l.Lock()
		return
	}
	wait(MutexLock, line, l)
	l.Lock()
	done()
}

// LockerUnlock is l.Unlock.
func LockerUnlock(line int, l sync.Locker) {
	if isMutex(l) {
		act(MutexUnlock, line, l)
	}
	l.Unlock()
	resume(line)
}

func isMutex(l sync.Locker) bool {
	switch l.(type) {
	case *sync.Mutex, *sync.RWMutex:
		return true
	}
	return false
}

// GroupWait is wg.Wait.
func GroupWait(line int, wg *sync.WaitGroup) {
	wait(WaitGroup, line, wg)
	wg.Wait()
	done()
}

// GroupDone is wg.Done.
func GroupDone(line int, wg *sync.WaitGroup) {
	act(GroupDoneOne, line, wg)
	wg.Done()
}

// GroupAdd is wg.Add.
func GroupAdd(line int, wg *sync.WaitGroup, delta int) {
	if delta < 0 {
		act(GroupDoneOne, line, wg)
	}
	wg.Add(delta)
}

// CondWait is c.Wait, which unlocks c.L meanwhile.
func CondWait(line int, c *sync.Cond) {
	if isMutex(c.L) {
		act(MutexUnlock, line, c.L)
	}
	wait(CondWaiting, line, c)
	c.Wait()
	done()
}

// Signal is c.Signal.
func Signal(line int, c *sync.Cond) {
	act(CondSignal, line, c)
	c.Signal()
}

// Broadcast is c.Broadcast.
func Broadcast(line int, c *sync.Cond) {
	act(CondBroadcast, line, c)
	c.Broadcast()
}

// OnceDo is o.Do(f). Whoever runs f does not wait meanwhile, and at its end
// lets the others go on.
func OnceDo(line int, o *sync.Once, f func()) {
	wait(OnceDoing, line, o)
	ran := false
	o.Do(func() {
		ran = true
		done()
		defer act(OnceDoing, line, o)
		f()
	})
	if !ran {
		done()
	}
}
