package runner

import (
	"time"

	"runnel/runner/timeline"
)

// A worker and the process that started it talk in gob over the worker's
// standard input and output: one setup and one greeting, then for each
// program a Program there and any number of replies back, the last one done.

// setup tells a worker where its guest is.
type setup struct {
	Guest    string // the guest's file
	Compiled string // the folder of its compiled code, or for it
}

// greeting says that a worker is ready, or why not.
type greeting struct{ Err string }

// reply is a part of a run.
type reply struct {
	Writes  []timeline.Write // since the last reply
	Virtual time.Duration

	Done      bool
	Recording timeline.Recording // without its writes
	Err       string             // our own failure
}
