package runner

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tetratelabs/wazero/api"
)

// A program for the compiler can import more than the interpreter has. The
// guest asks for the export data of those packages when it checks such a
// program: in the guest they would only make it larger, also for readers.

// packagesName is the list of the packages that a program can import.
const packagesName = "packages.txt"

// library reads export data from a toolchain's folder.
type library struct {
	dir  string // empty where the job is not to use it
	last []byte // what libraryLen found
}

// find returns the export data of a package, nil if a program cannot import
// it.
func (l *library) find(path string) []byte {
	if l.dir == "" {
		return nil
	}
	list, err := os.ReadFile(filepath.Join(l.dir, packagesName))
	if err != nil || !slices.Contains(strings.Fields(string(list)), path) {
		return nil
	}
	archive, err := os.ReadFile(filepath.Join(l.dir, archiveName(path)))
	if err != nil {
		return nil
	}
	size, err := exportSize(archive)
	if err != nil {
		return nil
	}
	return archive[:size]
}

// libraryLen is the host function that says how long the export data of a
// package is, 0 if it is not there; libraryRead hands it over.
func libraryLen(ctx context.Context, m api.Module, p, length uint32) uint32 {
	path, ok := m.Memory().Read(p, length)
	if !ok {
		return 0
	}
	l := &runOf(ctx).library
	l.last = l.find(string(path))
	return uint32(len(l.last))
}

func libraryRead(ctx context.Context, m api.Module, p uint32) {
	m.Memory().Write(p, runOf(ctx).library.last)
}
