package site

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// Looks are what a file looks like from outside: as long as they are the same,
// and were not new when they were taken, so is the file.
type looks struct {
	Name              string // slash-separated, from its folder
	Size              int64
	Modified, Changed int64 // nanoseconds; Changed is 0 where nobody keeps it
	Inode             uint64
	// Sum is that of what was read, where the file was so new that it could
	// change once more and look the same.
	Sum []byte
}

// newFor is how long a file counts as new: clocks of file systems tick slowly,
// the slowest every two seconds.
const newFor = 2100 * time.Millisecond

func (l looks) isNew(now time.Time) bool {
	return now.UnixNano()-max(l.Modified, l.Changed) < int64(newFor)
}

// same compares looks, but for Sum.
func (l looks) same(m looks) bool {
	return l.Name == m.Name && l.Size == m.Size && l.Modified == m.Modified && l.Changed == m.Changed && l.Inode == m.Inode
}

// isAs reports whether a file that looks as before is as before.
func (l looks) isAs(dir string) bool {
	if l.Sum == nil {
		return true
	}
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(l.Name)))
	sum := sha256.Sum256(data)
	return err == nil && bytes.Equal(sum[:], l.Sum)
}

var errUnsure = errors.New("its looks do not say what is in it")

// lookAt takes the looks of all files of a folder that the vault may read. The
// order is that of a walk, and folders have a slash behind their names. The
// error is errUnsure where they say too little, as of a link: what it leads to
// may change.
func lookAt(ctx context.Context, dir string) (all []looks, err error) {
	return lookBelow(ctx, dir, "", nil)
}

func lookBelow(ctx context.Context, dir, below string, all []looks) ([]looks, error) {
	entries, err := os.ReadDir(filepath.Join(dir, filepath.FromSlash(below)))
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	for _, e := range entries {
		name := path.Join(below, e.Name())
		switch {
		case strings.HasPrefix(e.Name(), ".") || e.Name() == "node_modules":
		case e.IsDir():
			// A folder without files counts as well, where it has a note's name.
			all = append(all, looks{Name: name + "/"})
			if all, err = lookBelow(ctx, dir, name, all); err != nil {
				return nil, err
			}
		case !e.Type().IsRegular():
			return nil, errUnsure
		default:
			l, regular, err := lookAtFile(dir, name)
			if err != nil {
				return nil, err
			}
			if !regular {
				return nil, errUnsure
			}
			all = append(all, l)
		}
	}
	return all, nil
}
