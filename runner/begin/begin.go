//go:build wasip1

// Package begin prepares the process of a compiled program in the sandbox,
// as cmd/guest prepares that of an interpreted one. It is compiled beside
// the program, in package main's place in the build, not in this module.
//
// The program's standard error is file descriptor 3, so that 2 holds the last
// words of Go's runtime, and what the builtins print and println write.
package begin

import (
	"os"
	"runtime/debug"
)

// maxStack bounds the stack of a goroutine, so that a recursion without end
// meets Go's own "stack overflow" before its steps are used up or the sandbox
// is out of memory.
const maxStack = 8 << 20

// words keeps file descriptor 2 open: a file that nobody holds is closed.
var words = *os.Stderr

func init() {
	debug.SetMaxStack(maxStack)
	os.Clearenv()
	// Package log and others may hold the pointer already.
	*os.Stderr = *os.NewFile(3, "/dev/stderr")
	_ = words
}
