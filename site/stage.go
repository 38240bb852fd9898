package site

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"sync"
)

// A stage is the folder that files wait in until all are there. We have just
// made it, under a name of its own: nothing in it is a link, so that plain
// paths do. Going through an os.Root would open each folder on the way to each
// file, and a large site is tens of thousands of them.
type stage struct {
	dir string

	mu      sync.Mutex
	folders map[string]bool // those that are there
}

func newStage(dir string) *stage {
	return &stage{dir: dir, folders: map[string]bool{".": true}}
}

// write writes a file and the folders that it needs. It is safe for
// concurrent use.
func (s *stage) write(name string, data []byte) error {
	s.mu.Lock()
	err := s.makeFolder(path.Dir(name))
	s.mu.Unlock()
	if err != nil {
		return err
	}
	return os.WriteFile(s.path(name), data, 0o666)
}

// makeFolder makes a folder, once; s.mu is held.
func (s *stage) makeFolder(dir string) error {
	if s.folders[dir] {
		return nil
	}
	if err := s.makeFolder(path.Dir(dir)); err != nil {
		return err
	}
	if err := os.Mkdir(s.path(dir), 0o777); err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	s.folders[dir] = true
	return nil
}

func (s *stage) path(name string) string {
	return filepath.Join(s.dir, filepath.FromSlash(name))
}
