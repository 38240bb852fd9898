package site

import "sync"

// A counter tells how much of some work is done, one step at a time, from
// any goroutine.
type counter struct {
	mu   sync.Mutex
	done int
	tell func(done int)
}

func newCounter(tell func(done int)) *counter { return &counter{tell: tell} }

func (c *counter) add() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.done++
	c.tell(c.done)
}
