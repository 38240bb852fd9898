package site

import (
	"bytes"
	"context"
	"io/fs"
	"os/exec"
	"strconv"
	"time"

	"runnel/vault"
)

// dates are when notes were last changed, by their paths, as git knows it.
type dates struct {
	committed map[string]time.Time
	files     fs.FS
	// modified is when a file was last written, where that is known. It may be
	// nil.
	modified func(name string) (time.Time, bool)
}

// readDates asks git once for all notes of a folder. Where there is no git, or
// the folder is in no repository, it knows none: that is no error.
//
// A vault may come from anyone, and its repository's settings with it, so that
// git is told to run nothing of theirs.
func readDates(ctx context.Context, folder string, files fs.FS) *dates {
	d := &dates{committed: make(map[string]time.Time), files: files}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	out, err := git(ctx, folder, "log", "--no-ext-diff", "--no-textconv", "--no-renames",
		"--relative", "--name-only", "--format=%x01%ct", "-z", "--", "*.md", "*.MD")
	if err != nil {
		return d
	}
	d.parse(out)
	return d
}

func git(ctx context.Context, folder string, args ...string) ([]byte, error) {
	args = append([]string{"-C", folder, "-c", "core.fsmonitor=false", "-c", "log.showSignature=false"}, args...)
	return exec.CommandContext(ctx, "git", args...).Output()
}

// readHead is the commit that a folder is at, "" where there is none.
func readHead(ctx context.Context, folder string) string {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	out, err := git(ctx, folder, "rev-parse", "--verify", "HEAD")
	if err != nil {
		return ""
	}
	return string(out)
}

// parse reads what git lists, the newest commit first: "\x01time", then the
// names of the files that it changed, each ended by NUL.
func (d *dates) parse(out []byte) {
	var at time.Time
	for field := range bytes.SplitSeq(out, []byte{0}) {
		field = bytes.Trim(field, "\n")
		if stamp, ok := bytes.CutPrefix(field, []byte{1}); ok {
			stamp, name, _ := bytes.Cut(stamp, []byte("\n"))
			seconds, err := strconv.ParseInt(string(stamp), 10, 64)
			if err != nil {
				return
			}
			at, field = time.Unix(seconds, 0).UTC(), bytes.Trim(name, "\n")
		}
		if _, known := d.committed[string(field)]; len(field) > 0 && !known {
			d.committed[string(field)] = at
		}
	}
}

// of is the date of a note: what its properties say, else when git last saw it
// change, else when its file was last written.
func (d *dates) of(n *vault.Note) time.Time {
	if !n.Properties.Created.IsZero() {
		return n.Properties.Created
	}
	if !n.Properties.Modified.IsZero() {
		return n.Properties.Modified
	}
	if at, ok := d.committed[n.Path]; ok {
		return at
	}
	if d.modified != nil {
		if at, ok := d.modified(n.Path); ok {
			return at
		}
	}
	info, err := fs.Stat(d.files, n.Path)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime().UTC()
}
