//go:build !wasip1

package observe

import (
	"fmt"
	"os"
	"strconv"
)

// Outside the sandbox, that is in tests, settings come from the environment
// and events go to the file that it names.

var (
	keys   = [...]string{"RUNNEL_STEPS", "RUNNEL_SEED"}
	events = eventFile()
)

func eventFile() *os.File {
	if name := os.Getenv("RUNNEL_EVENTS"); name != "" {
		file, err := os.Create(name)
		if err != nil {
			panic(err)
		}
		return file
	}
	return nil
}

func setting(key int32) int64 {
	if int(key) >= len(keys) {
		return 0
	}
	n, err := strconv.ParseInt(os.Getenv(keys[key]), 10, 64)
	if err != nil && key == 0 {
		return 1 << 62
	}
	return n
}

func outOfSteps(line int32) {
	fmt.Fprintln(os.Stderr, "out of steps at line", line)
	os.Exit(99)
}

func panicAt(int32) {}

// send writes an event as a line of numbers.
func send(g int32, e event) {
	if events != nil {
		fmt.Fprintln(events, g, int32(e.kind), int32(e.op), e.line,
			e.object, e.child, e.name)
	}
}
