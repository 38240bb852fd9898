package site

import (
	"fmt"
	"io/fs"
	"os"
	"sync"
)

// A liveFolder is a folder that may vanish and come back, as one does that is
// on a disk of its own or is swapped for another. It reads as the folder that
// it last found.
type liveFolder struct {
	path string

	mu   sync.RWMutex
	root *os.Root
}

func openLiveFolder(path string) (*liveFolder, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, fmt.Errorf("open the notes folder: %w", err)
	}
	return &liveFolder{path: path, root: root}, nil
}

// find looks whether another folder is at the path now, and takes it. The
// error says that there is none.
func (f *liveFolder) find() (another bool, err error) {
	now, err := os.Stat(f.path)
	if err != nil {
		return false, err
	}
	had, err := f.fs().Stat(".")
	if err == nil && os.SameFile(had, now) {
		return false, nil
	}
	root, err := os.OpenRoot(f.path)
	if err != nil {
		return false, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	_ = f.root.Close()
	f.root = root
	return true, nil
}

// rootFS is what the file system of an os.Root can do.
type rootFS interface {
	fs.StatFS
	fs.ReadFileFS
	fs.ReadDirFS
}

func (f *liveFolder) fs() rootFS {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.root.FS().(rootFS)
}

// Open implements fs.FS, and the others the interfaces of rootFS.
func (f *liveFolder) Open(name string) (fs.File, error)          { return f.fs().Open(name) }
func (f *liveFolder) Stat(name string) (fs.FileInfo, error)      { return f.fs().Stat(name) }
func (f *liveFolder) ReadFile(name string) ([]byte, error)       { return f.fs().ReadFile(name) }
func (f *liveFolder) ReadDir(name string) ([]fs.DirEntry, error) { return f.fs().ReadDir(name) }

func (f *liveFolder) close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.root.Close()
}
