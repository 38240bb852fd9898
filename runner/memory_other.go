//go:build !unix

package runner

// reserve takes memory for one program from Go's heap.
func reserve() (*memory, error) {
	return &memory{bytes: make([]byte, memoryLimit)}, nil
}
