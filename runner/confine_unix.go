//go:build linux || darwin

package runner

import (
	"fmt"
	"os"
	"syscall"
)

// confine becomes a tool, under limits of memory, processor time and the
// size of a file.
func confine(command []string) error {
	for what, limit := range map[int]uint64{
		syscall.RLIMIT_DATA:  buildMemoryLimit,
		syscall.RLIMIT_CPU:   uint64(2 * buildLimit.Seconds()),
		syscall.RLIMIT_FSIZE: buildFileLimit,
		syscall.RLIMIT_CORE:  0,
	} {
		r := syscall.Rlimit{Cur: limit, Max: limit}
		// A limit that is lower already stays.
		if err := syscall.Setrlimit(what, &r); err != nil &&
			err != syscall.EPERM {
			return fmt.Errorf("limit a tool: %w", err)
		}
	}
	env := os.Environ()[:0:0]
	for _, name := range []string{"GOOS", "GOARCH", "TMPDIR"} {
		env = append(env, name+"="+os.Getenv(name))
	}
	return syscall.Exec(command[0], command, env)
}
