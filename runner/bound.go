package runner

import (
	"bytes"
	"encoding/binary"
)

// A host in a browser cannot bound the memory of a module: it is the module
// that says how much it may have at most.

const (
	memorySection = 5
	wasmPage      = 64 << 10 // bytes
	hasMaximum    = 1        // the flag of limits with a maximum
)

// boundMemory returns the module with a maximum for its memory, in bytes.
func boundMemory(module []byte, most int) ([]byte, error) {
	if len(module) < wasmHeader {
		return nil, errModule
	}
	out := bytes.Clone(module[:wasmHeader])
	found := false
	for rest := module[wasmHeader:]; len(rest) > 0; {
		size, n := binary.Uvarint(rest[1:])
		end := 1 + n + int(size)
		if n <= 0 || end > len(rest) {
			return nil, errModule
		}
		section := rest[:end]
		rest = rest[end:]
		if section[0] != memorySection {
			out = append(out, section...)
			continue
		}
		found = true
		body := section[1+n:]
		// One memory, of so many pages at least: that is all Go writes.
		least, n := uint64(0), 0
		if len(body) > 2 && body[0] == 1 && body[1] == 0 {
			least, n = binary.Uvarint(body[2:])
		}
		if n <= 0 || 2+n != len(body) {
			return nil, errModule
		}
		body = binary.AppendUvarint([]byte{1, hasMaximum}, least)
		body = binary.AppendUvarint(body, uint64(most/wasmPage))
		out = append(out, memorySection)
		out = binary.AppendUvarint(out, uint64(len(body)))
		out = append(out, body...)
	}
	if !found {
		return nil, errModule
	}
	return out, nil
}
