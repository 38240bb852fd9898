package main

import (
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// memoryLimit is how much memory a build takes before it collects garbage more
// often, in bytes: it is enough for a vault of 10,000 notes.
const memoryLimit = 355 << 20

// boundMemory sets the limit, and lifts it once that much is really in use:
// a larger vault would spend its time on collecting garbage that is not there.
func boundMemory() {
	debug.SetMemoryLimit(memoryLimit)
	afterCollection(func() bool {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		if live[0].Value.Uint64() < memoryLimit*85/100 {
			return true
		}
		debug.SetMemoryLimit(math.MaxInt64)
		return false
	})
}

// afterCollection calls f after each collection of garbage, until it returns
// false.
func afterCollection(f func() bool) {
	type token struct{ _ [16]byte }
	runtime.AddCleanup(new(token), func(f func() bool) {
		if f() {
			afterCollection(f)
		}
	}, f)
}
