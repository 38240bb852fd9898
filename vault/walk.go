package vault

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// A listing is what a walk through a folder finds, in lexical order.
type listing struct {
	notes, files []string
	problems     []Problem
}

// list walks through a folder. What Obsidian does not show is skipped: names
// that begin with a dot, among them its own folders, and node_modules.
func list(ctx context.Context, fsys fs.FS) (*listing, error) {
	info, err := fs.Stat(fsys, ".")
	if err != nil {
		return nil, fmt.Errorf("open the folder of notes: %w", cause(err))
	}
	if !info.IsDir() {
		return nil, errors.New("the folder of notes is not a folder")
	}
	l := new(listing)
	err = fs.WalkDir(fsys, ".", func(
		name string, d fs.DirEntry, err error,
	) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && name == ".":
			return fmt.Errorf("read the folder of notes: %w", cause(err))
		case name == ".":
			return nil
		case ignored(path.Base(name)):
			return skip(d)
		case err != nil:
			l.problem(name, "cannot be read: "+cause(err).Error())
			return skip(d)
		}
		l.add(fsys, name, d)
		return nil
	})
	return l, err
}

const noteFolder = "is a folder, though its name is a note's"

func ignored(name string) bool {
	return strings.HasPrefix(name, ".") || name == "node_modules"
}

func skip(d fs.DirEntry) error {
	if d != nil && d.IsDir() {
		return fs.SkipDir
	}
	return nil
}

func (l *listing) add(fsys fs.FS, name string, d fs.DirEntry) {
	if d.IsDir() {
		if isNote(name) {
			l.problem(name, noteFolder)
		}
		return
	}
	mode := d.Type()
	if mode&fs.ModeSymlink != 0 {
		info, err := fs.Stat(fsys, name)
		if err != nil {
			l.problem(name, "is a link that leads nowhere in the vault: "+
				cause(err).Error())
			return
		}
		if mode = info.Mode(); mode.IsDir() {
			l.problem(name, "is a link to a folder; those are not followed")
			return
		}
	}
	switch {
	case !mode.IsRegular():
		l.problem(name, "is no regular file")
	case isNote(name):
		l.notes = append(l.notes, name)
	default:
		l.files = append(l.files, name)
	}
}

func (l *listing) problem(name, message string) {
	l.problems = append(l.problems, Problem{Path: name, Message: message})
}

func isNote(name string) bool {
	return strings.EqualFold(path.Ext(name), ".md")
}
