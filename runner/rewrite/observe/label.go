package observe

import "unsafe"

// The runtime keeps one pointer a goroutine for the profiler, which programs
// in the sandbox do not have. The runtime marks these two as linked to.

//go:linkname getLabel runtime/pprof.runtime_getProfLabel
func getLabel() unsafe.Pointer

//go:linkname setLabel runtime/pprof.runtime_setProfLabel
func setLabel(unsafe.Pointer)
