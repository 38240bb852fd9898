package timeline

import "time"

// A Timeline is what the goroutines of a run did, drawn from its events.
//
// Time stands still while a program works, so that many things happen at one
// virtual time. They keep their order: a [Moment] is a time and a step.
type Timeline struct {
	// Lanes stand in the order in which the goroutines were created; main's
	// is the first. There are none where the run was not observed.
	Lanes []Lane
	// Wakes stand in the order in which they happened.
	Wakes []Wake
	// End is the moment after everything else.
	End Moment
	// Instants are the first moments of each virtual time at which something
	// happened; the first is the start, at 0.
	Instants []Moment
	// Cut says that the run went on after the last event that was kept.
	Cut bool
}

// A Moment is a place in the order of a run: first by its virtual time, then
// by its step. Each event and each write is a step of its own, from 1 on.
type Moment struct {
	At   time.Duration
	Step int
}

// Before reports whether m comes before n.
func (m Moment) Before(n Moment) bool {
	return m.At < n.At || m.At == n.At && m.Step < n.Step
}

// A Lane is the life of one goroutine.
type Lane struct {
	G int
	// Parent is the goroutine that created it, 0 for main's and where not
	// known. Where it is not 0, it has a lane, which stands before this one.
	Parent int
	// Func is the name of its function and Line that of its go statement.
	Func string
	Line int
	// Spans follow each other without gaps or overlaps, from the goroutine's
	// creation to its end or that of the run.
	Spans []Span
	// Writes are the moments at which it wrote something.
	Writes []Moment
	Fate   Fate
}

// A Span is a part of a goroutine's life in which its state was the same.
type Span struct {
	From, To Moment
	State    State
	// Op and Line say what it waits for, and where; empty for other states,
	// and where it waits for something that no event tells of.
	Op   Op
	Line int
}

// State is what a goroutine is doing.
type State string

// The states of a goroutine.
const (
	Running State = "running"
	Ready   State = "ready" // it could run, but another one does
	Waiting State = "waiting"
	Stuck   State = "stuck"  // waiting, and never to continue
	Unseen  State = "unseen" // after the last event that was kept
)

// Fate is how a goroutine's life ended.
type Fate string

// The fates of a goroutine.
const (
	Returned  Fate = "returned"
	Died      Fate = "died"      // of a panic, and the program with it
	Forever   Fate = "forever"   // it is stuck
	Abandoned Fate = "abandoned" // the program ended while it waited
	Stopped   Fate = "stopped"   // the program ended while it could run
)

// A Wake is one goroutine ending the wait of another.
type Wake struct {
	Moment
	From, To int // goroutines
	// Op and Line say what the waking goroutine did, and where.
	Op   Op
	Line int
}
