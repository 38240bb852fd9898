//go:build unix

package runner

import (
	"fmt"
	"syscall"
)

// reserve maps memory for one program. Pages that it never touches cost
// nothing, and those it did touch go back to the system at once.
func reserve() (*memory, error) {
	b, err := syscall.Mmap(-1, 0, memoryLimit,
		syscall.PROT_READ|syscall.PROT_WRITE,
		syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		return nil, fmt.Errorf("reserve memory: %w", err)
	}
	return &memory{bytes: b, free: func() { _ = syscall.Munmap(b) }}, nil
}
