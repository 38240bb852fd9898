package site

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// checkApart refuses folders that would mix what is read with what is
// written: pages would be taken for notes, or notes for files of ours.
func (b *Build) checkApart() error {
	switch info, err := os.Stat(b.Notes); {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("no notes folder at %q (name yours with -notes)", b.Notes)
	case err != nil:
		return fmt.Errorf("open the notes folder: %w", err)
	case !info.IsDir():
		return fmt.Errorf("%q is a file, not a folder of notes", b.Notes)
	}
	if b.Out == "" {
		return nil // nothing is written
	}
	out, err := realPath(b.Out)
	if err != nil {
		return fmt.Errorf("open the output folder: %w", err)
	}
	for _, dir := range append([]string{b.Notes}, b.Attachments...) {
		read, err := realPath(dir)
		if err != nil {
			return fmt.Errorf("open the attachments folder: %w", err)
		}
		if isWithin(read, out) || isWithin(out, read) {
			return fmt.Errorf("output folder %q and %q lie one inside the other: name another with -out", b.Out, dir)
		}
	}
	return nil
}

// realPath is a path with all links followed. Of an output folder that is not
// there yet the part that exists is followed.
func realPath(p string) (string, error) {
	abs, err := filepath.Abs(p)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(abs)
	if errors.Is(err, fs.ErrNotExist) && filepath.Dir(abs) != abs {
		if _, lerr := os.Lstat(abs); lerr == nil {
			return "", err // a link that leads nowhere
		}
		dir, derr := realPath(filepath.Dir(abs))
		return filepath.Join(dir, filepath.Base(abs)), derr
	}
	return real, err
}

func isWithin(dir, p string) bool {
	rel, err := filepath.Rel(dir, p)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}
