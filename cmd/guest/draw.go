//go:build wasip1

package main

import (
	"encoding/json"
	"fmt"

	"runnel/program"
	"runnel/render/outcome"
	"runnel/runner/record"
	"runnel/runner/rewrite"
	"runnel/runner/timeline"
)

// A picture is what a page needs of a run.
type picture struct {
	HTML string
	// Marks are the lines of the program that the outcome complains about, or
	// warns of.
	Marks []timeline.Diagnostic
}

// seenRun is a run as a host has seen it. Where the guest reported instead of
// running the program to its end, that is Reported.
type seenRun struct {
	record.Run
	Reported *timeline.Recording
	// Vet is what was warned of when the program was compiled.
	Vet []timeline.Diagnostic
}

// recording says what happened in the run.
func (s *seenRun) recording() timeline.Recording {
	if s.Reported == nil {
		rec := s.Recording()
		rec.Vet = s.Vet
		return rec
	}
	rec := *s.Reported
	rec.Writes = s.Writes
	return rec
}

// draw draws a run that a host has seen, so that a page needs no words and
// no pictures of its own. The job is a seenRun as JSON with what follows.
func draw(job string) {
	var seen struct {
		seenRun
		// The program was composed of these blocks, of these names; none
		// where it is one block.
		blocks
		Names []string
		// Bare leaves the goroutines out.
		Bare bool
		// Source is the program that ran, none where it did not. Fails says that
		// it is meant to end badly.
		Source string
		Fails  bool
		// Before is the run of the code before, where that runs by itself.
		Before *seenRun
	}
	read(job, &seen)
	rec := seen.recording()
	earlier := 0
	if seen.Before != nil {
		before := seen.Before.recording()
		earlier = outcome.Earlier(&before, &rec)
	}
	if rec.End.Kind.Meant(seen.Fails) && !seen.Tests {
		rec.Unlike = unlike(seen.Source, rec.Writes[earlier:])
	}
	if len(seen.Codes) > 0 {
		composed := seen.program()
		chain := outcome.Chain{
			Names: seen.Names,
			Place: func(line, column int) (int, int, int) {
				at := composed.Place(line, column)
				return at.Block, at.Line, at.Column
			},
		}
		rec = chain.Local(rec)
	}
	if seen.Bare {
		rec.Events, rec.Truncated = nil, false
	}
	marks := outcome.Marks(&rec)
	for _, d := range rec.Vet {
		d.Message = "vet: " + d.Message
		marks = append(marks, d)
	}
	answer(picture{
		HTML: string(outcome.After(&rec, nil, earlier)), Marks: marks,
	})
}

// unlike compares what a program wrote with the comment `// Output:` that its
// main ends with.
func unlike(source string, writes []timeline.Write) []timeline.Diagnostic {
	want, ok := program.Wanted(rewrite.Join(source))
	if !ok {
		return nil
	}
	said := want.Complaint(timeline.Text(writes, timeline.Stdout))
	if said == "" {
		return nil
	}
	return []timeline.Diagnostic{{Line: want.Line, Column: want.Column, Message: said}}
}

// read reads a job.
func read(job string, into any) {
	if err := json.Unmarshal([]byte(job), into); err != nil {
		panic(fmt.Errorf("read the job: %w", err))
	}
}
