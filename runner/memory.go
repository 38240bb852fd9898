package runner

import "github.com/tetratelabs/wazero/experimental"

// memory is the linear memory of one program after the other. It is reserved
// whole, and the system gives it page by page, so that growing it copies
// nothing. Pages once given are kept: asking for them anew takes longer than
// to run a small program.
type memory struct {
	bytes   []byte // of length memoryLimit
	used    uint64 // bytes at the front that are not zero, at most
	refused bool   // the program asked for more than there is
}

// keepLimit is how much memory, in bytes, is kept for the next program.
const keepLimit = 64 << 20

// newMemory reserves memory.
func newMemory() (*memory, error) {
	b, err := reserve(memoryLimit)
	return &memory{bytes: b}, err
}

// clean makes the memory ready for the next program: nothing of the one
// before is left in it.
func (m *memory) clean() error {
	m.refused = false
	if m.used <= keepLimit {
		clear(m.bytes[:m.used])
		m.used = 0
		return nil
	}
	release(m.bytes)
	fresh, err := newMemory()
	*m = *fresh
	return err
}

// Allocate implements [experimental.MemoryAllocator].
func (m *memory) Allocate(_, _ uint64) experimental.LinearMemory {
	return m
}

// Reallocate implements [experimental.LinearMemory].
func (m *memory) Reallocate(size uint64) []byte {
	if size > uint64(len(m.bytes)) {
		m.refused = true
		return nil
	}
	m.used = max(m.used, size)
	return m.bytes[:size:size]
}

// Free implements [experimental.LinearMemory]. The memory stays for the next
// program.
func (m *memory) Free() {}
