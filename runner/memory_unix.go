//go:build unix

package runner

import (
	"fmt"
	"syscall"
)

// reserve maps memory. Pages that nobody touches cost nothing.
func reserve(size int) ([]byte, error) {
	b, err := syscall.Mmap(-1, 0, size,
		syscall.PROT_READ|syscall.PROT_WRITE,
		syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		return nil, fmt.Errorf("reserve memory: %w", err)
	}
	return b, nil
}

// release gives memory back to the system.
func release(b []byte) { _ = syscall.Munmap(b) }
