package observe

import (
	"runtime"
	"unsafe"
)

// A host answers these functions of the module "runnel".
//
//	setting(key) i64  0: steps the program may take; 1: seed of its yields
//	steps(line)       the steps are used up: does not return
//	panic_at(line)    where a panic begins, 0 when one is recovered
//	event(...) i32    one event: goroutine, kind, op, line, object, child,
//	                  and the name of a new goroutine's function; 1 ends them

//go:wasmimport runnel setting
func setting(key int32) int64

//go:wasmimport runnel steps
func outOfSteps(line int32)

//go:wasmimport runnel event
func hostEvent(
	g, kind, op, line, object, child int32, name unsafe.Pointer, length int32,
) int32

//go:wasmimport runnel panic_at
func panicAt(line int32)

// send passes an event on.
func send(g int32, e event) {
	if hostEvent(g, int32(e.kind), int32(e.op), int32(e.line), e.object,
		e.child, unsafe.Pointer(unsafe.StringData(e.name)),
		int32(len(e.name))) != 0 {
		shared.full, shared.objects = true, nil
	}
	runtime.KeepAlive(e.name)
}
