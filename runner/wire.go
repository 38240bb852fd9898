package runner

import (
	"time"

	"runnel/runner/timeline"
)

// A worker and the process that started it talk in gob over the worker's
// standard input and output: one setup and one greeting, then for each
// program a job there and any number of replies back, the last one done.

// setup tells a worker where its guest is.
type setup struct {
	Guest    string // the guest's file
	Compiled string // the folder of its compiled code, or for it
}

// greeting says that a worker is ready, or why not.
type greeting struct{ Err string }

// job is what a worker does with a program.
type job struct {
	Program Program
	Task    task
	// Module is the file of a compiled program.
	Module string
	// Library is the folder of a toolchain, for translate.
	Library string
}

// task tells jobs apart.
type task int

// The tasks.
const (
	interpret task = iota
	translate      // check and rewrite the program, for the compiler
	stroll         // run the module in WebAssembly's interpreter
	sprint         // run the module compiled to machine code
)

// sources are what is compiled of a program.
type sources struct {
	// Source is the program, rewritten; "" if there is nothing to compile.
	Source string
	// Runner is a package main that runs the tests of Source, "" where that
	// has a main itself.
	Runner string
}

// reply is a part of a run.
type reply struct {
	Writes  []timeline.Write // since the last reply
	Virtual time.Duration

	Done bool
	// Recording lacks the writes of the replies.
	Recording timeline.Recording
	Sources   sources // of translate
	Err       string  // our own failure
}
