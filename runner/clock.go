package runner

import (
	"sync/atomic"
	"time"

	"github.com/tetratelabs/wazero/sys"
)

const (
	// patience is how often in a row a program may read the clock without
	// waiting before the clock moves. Most readings are not the program's:
	// Go's scheduler reads it at every fourth switch of goroutines or so, and
	// ten thousand goroutines that each sleep for a second take one second.
	patience = 100_000
	// impatience is how far each further reading moves it.
	impatience = 100 * time.Microsecond
	// monotonicStart is not zero, which Go's runtime takes for a broken clock.
	monotonicStart = time.Second
)

// epoch is when every program starts, as on the Go Playground.
var epoch = time.Date(2009, 11, 10, 23, 0, 0, 0, time.UTC)

// clock is the time of one program. It stands still while the program works
// and jumps when the program sleeps, so that durations come out exact. Only
// a program that reads it over and over without sleeping sees it move: a
// loop that waits for some time to pass ends.
type clock struct {
	now      time.Duration // since the start of the program
	readings int           // in a row, without a sleep
	// seen is now for other goroutines: what a program that still runs has
	// come to.
	seen atomic.Int64
}

// read is one look at the clock.
func (c *clock) read() time.Duration {
	if c.readings++; c.readings > patience {
		c.advance(impatience)
	}
	return c.now
}

// sleep lets d pass.
func (c *clock) sleep(d time.Duration) {
	c.readings = 0
	c.advance(d)
}

// advance moves the clock. At the limit it stops the program.
func (c *clock) advance(d time.Duration) {
	if d > virtualLimit-c.now {
		c.now = virtualLimit
		panic(errVirtual)
	}
	c.now += max(d, 0)
	c.seen.Store(int64(c.now))
}

// The methods below are WASI's clocks.

func (c *clock) walltime() (sec int64, nsec int32) {
	t := epoch.Add(c.read())
	return t.Unix(), int32(t.Nanosecond())
}

func (c *clock) nanotime() int64 {
	return int64(monotonicStart + c.read())
}

func (c *clock) nanosleep(ns int64) {
	c.sleep(time.Duration(ns))
}

// resolution is what WASI says about both clocks.
const resolution = sys.ClockResolution(1)
