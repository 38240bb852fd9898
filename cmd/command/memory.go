package command

import (
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// memoryLimit is how much memory a command takes before it collects garbage more
// often, in bytes: it is enough for a vault of 10,000 notes.
const memoryLimit = 355 << 20

// BoundMemory lets a command use the memory up to the limit before it collects
// garbage much, and returns to the usual once that much is really in use: a
// larger vault would spend its time on collecting garbage that is not there,
// or take several times what it needs. Below the limit garbage is collected
// when it is so many percent of what is in use, or never if that is negative:
// a command that ends soon need not.
func BoundMemory(percent int) {
	debug.SetMemoryLimit(memoryLimit)
	usual := debug.SetGCPercent(percent)
	afterCollection(func() bool {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		if live[0].Value.Uint64() < memoryLimit*70/100 {
			return true
		}
		debug.SetMemoryLimit(math.MaxInt64)
		debug.SetGCPercent(usual)
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
