package outcome

import (
	"bytes"
	"fmt"
	"slices"

	"runnel/runner/timeline"
)

// A Chain is what a program is made of: blocks of code, of which a page shows
// the last one with what came of the program.
type Chain struct {
	Names []string // of the blocks, the last one's among them
	// Place says where a place of the program stands: in which block, from 0,
	// and where there.
	Place func(line, column int) (block, blockLine, blockColumn int)
}

// Local is a recording with the lines of the last block. Lines of blocks
// before it are left out, where they cannot be told in words.
func (c Chain) Local(rec timeline.Recording) timeline.Recording {
	own := len(c.Names) - 1
	line := func(line int) int {
		if line <= 0 {
			return 0
		}
		block, at, _ := c.Place(line, 1)
		if block != own {
			return 0
		}
		return at
	}
	rec.End.Line = line(rec.End.Line)
	rec.Events = slices.Clone(rec.Events)
	for i := range rec.Events {
		rec.Events[i].Line = line(rec.Events[i].Line)
	}
	rec.Diagnostics = c.local(rec.Diagnostics)
	// What is to be said of a block before is said there.
	elsewhere := func(d timeline.Diagnostic) bool { return d.Line == 0 }
	rec.Vet = slices.DeleteFunc(c.local(rec.Vet), elsewhere)
	rec.Unlike = slices.DeleteFunc(c.local(rec.Unlike), elsewhere)
	return rec
}

// local gives diagnostics the lines of the block itself. Those of blocks
// before it say where they are.
func (c Chain) local(list []timeline.Diagnostic) []timeline.Diagnostic {
	own := len(c.Names) - 1
	list = slices.Clone(list)
	for i := range list {
		d := &list[i]
		if d.Line <= 0 {
			continue
		}
		block, line, column := c.Place(d.Line, d.Column)
		if block == own {
			d.Line, d.Column = line, column
			continue
		}
		d.Message = fmt.Sprintf("in the block %q, line %d:%d: %s",
			c.Names[block], line, column, d.Message)
		d.Line, d.Column = 0, 0
	}
	return list
}

// Earlier is how many of a program's first writes are those of the code
// before it: what that wrote as a program by itself. It is 0 where the two
// differ, as goroutines or random numbers can make them.
func Earlier(before, rec *timeline.Recording) int {
	if before.End.Kind != timeline.OK || len(before.Writes) > len(rec.Writes) {
		return 0
	}
	for i, w := range before.Writes {
		same := rec.Writes[i]
		if w.Stream != same.Stream || w.At != same.At || !bytes.Equal(w.Text, same.Text) {
			return 0
		}
	}
	return len(before.Writes)
}

// Marks are the lines that an outcome complains about, with its words.
func Marks(rec *timeline.Recording) (marks []timeline.Diagnostic) {
	if rec.End.Line > 0 {
		marks = append(marks, timeline.Diagnostic{
			Line: rec.End.Line, Message: Words(rec)})
	}
	for _, d := range rec.Diagnostics {
		if d.Line > 0 {
			marks = append(marks, d)
		}
	}
	return append(marks, rec.Unlike...)
}
