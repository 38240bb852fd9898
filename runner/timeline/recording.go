// Package timeline says what happened in one run of a program.
//
// A [Recording] holds what the program wrote, each [Write] with its virtual
// time, how the program ended ([End]) and, where it did not compile, Go's own
// words ([Diagnostic]). It knows no engine and no page: the sandbox makes
// recordings, render/outcome draws them. It is compiled into the guest too,
// so it imports the standard library alone.
package timeline

import "time"

// Recording is what happened in one run. The same program, engine and limits
// give the same recording on every machine.
type Recording struct {
	// Writes stand in the order in which the program made them.
	Writes []Write
	// Events stand in the order of their Seq, which they share with Writes;
	// none where the program was not observed.
	Events []Event
	// Truncated says that there were more events than are kept: what comes
	// after the last one is not known.
	Truncated bool
	End       End
	// Virtual is how long the run took on the program's own clock.
	Virtual time.Duration
	// Steps is how many loops and calls it made, to the next ten thousand
	// below.
	Steps int64
	// Diagnostics say why a program did not compile, or which of its imports
	// the sandbox does not have; in the order of their positions.
	Diagnostics []Diagnostic
	// Vet are the warnings of go vet, of a program that was compiled by Go.
	Vet []Diagnostic
	// Unlike is where the program says that it prints something else, of a run
	// in a page. The build reports that instead.
	Unlike []Diagnostic `json:",omitempty"`
}

// Stream is where a program wrote to.
type Stream uint8

// The two streams of a program.
const (
	Stdout Stream = 1
	Stderr Stream = 2
)

// Write is one write call of the program.
type Write struct {
	// Seq is its place among the writes and events of the run.
	Seq int
	// At is the virtual time since the start of the program.
	At time.Duration
	// G is the goroutine that wrote it, 0 where not known.
	G      int
	Stream Stream
	// Text is what was written, byte for byte: it need not be UTF-8, nor end
	// at the end of a line.
	Text []byte
}

// Diagnostic is one complaint about a program that did not run.
type Diagnostic struct {
	// Line and Column count from 1, in the program's own text; Column counts
	// bytes. Both are 0 where the complaint has no place.
	Line, Column int
	Message      string
}

// End is how a run ended.
type End struct {
	Kind Kind
	// Code is the exit status: 0 for OK, as the program chose for Exit, 1 for
	// Failed, 2 for Panic and Deadlock as Go has it. It means nothing for the other kinds.
	Code int
	// Message is Go's own wording of a panic, a fatal error or a refusal,
	// without stack traces: "panic: boom", "fatal error: all goroutines are
	// asleep - deadlock!".
	Message string
	// Line is the line of the program where it ended, 0 where not known: of a
	// panic the statement, of a deadlock what main waits at.
	Line int
	// G is the goroutine that panicked or used the steps up, 0 where not
	// known.
	G int
}

// Kind tells the ends of a run apart.
type Kind string

// The ends a run can have.
const (
	OK       Kind = "ok"       // main returned, or os.Exit(0)
	Exit     Kind = "exit"     // os.Exit with another status
	Failed   Kind = "fail"     // tests ran, and not all passed
	Panic    Kind = "panic"    // a panic nobody recovered, or a fatal error of the runtime
	Deadlock Kind = "deadlock" // all goroutines are asleep
	Compile  Kind = "compile"  // the program is not valid Go
	Timeout  Kind = "timeout"  // more real time than it is given
	Virtual  Kind = "virtual"  // more virtual time than it is given
	Memory   Kind = "memory"   // more memory than it is given
	Output   Kind = "output"   // more output than it is given
	Steps    Kind = "steps"    // more loops and calls than it is given
	Refused  Kind = "refused"  // valid, but this engine cannot run it: Message says why
)
