package runner

import "github.com/tetratelabs/wazero/experimental"

// memory is the linear memory of one program. It is reserved whole and given
// by the system page by page, so that growing it copies nothing.
type memory struct {
	bytes   []byte // of length memoryLimit
	free    func()
	refused bool // the program asked for more than there is
}

// Allocate implements [experimental.MemoryAllocator].
func (m *memory) Allocate(_, _ uint64) experimental.LinearMemory {
	return m
}

// Reallocate implements [experimental.LinearMemory].
func (m *memory) Reallocate(size uint64) []byte {
	if size > memoryLimit {
		m.refused = true
		return nil
	}
	return m.bytes[:size:size]
}

// Free implements [experimental.LinearMemory].
func (m *memory) Free() {
	if m.free != nil {
		m.free()
		m.free, m.bytes = nil, nil
	}
}
