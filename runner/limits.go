package runner

import "time"

// What a program is given. Each limit has its own visible end; all but the
// first are the same on every machine.
const (
	// wallLimit is the real time of a program that does not say otherwise.
	wallLimit = 10 * time.Second
	// virtualLimit is the time a program may take on its own clock.
	virtualLimit = 10 * time.Minute
	// memoryLimit is the linear memory of the sandbox in bytes. The
	// interpreter takes some 14 MB of it before the program starts.
	memoryLimit = 128 << 20
	// outputLimit is how many bytes of output are kept.
	outputLimit = 1 << 20
	// stepLimit is how many steps an interpreted program may make: one a
	// turn of a loop, ten a call. An empty loop takes 0.4 to 0.8 µs a turn in
	// the sandbox: the steps are used up before wallLimit, on a slow machine,
	// too.
	stepLimit = 5_000_000
	// eventLimit is how many events a recording keeps.
	eventLimit = 10_000

	// guestMemoryTarget makes the guest collect garbage harder before it
	// reaches memoryLimit; Go calls it GOMEMLIMIT.
	guestMemoryTarget = "110MiB"
)
