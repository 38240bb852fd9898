//go:build wasip1

package main

import (
	"encoding/json"
	"fmt"

	"runnel/render/outcome"
	"runnel/runner/record"
	"runnel/runner/timeline"
)

// A picture is what a page needs of a run.
type picture struct {
	HTML string
	// Marks are the lines of the program that the outcome complains about.
	Marks []timeline.Diagnostic
}

// draw draws a run that a host has seen, so that a page needs no words and
// no pictures of its own. The job is a record.Run as JSON with, where the
// guest reported instead of running the program, that as Reported.
func draw(job string) {
	var seen struct {
		record.Run
		Reported *timeline.Recording
	}
	if err := json.Unmarshal([]byte(job), &seen); err != nil {
		panic(fmt.Errorf("read the run to draw: %w", err))
	}
	rec := seen.Reported
	if rec == nil {
		made := seen.Recording()
		rec = &made
	}
	p := picture{
		HTML:  string(outcome.HTML(rec, nil)),
		Marks: rec.Diagnostics,
	}
	if rec.End.Line > 0 {
		p.Marks = append(p.Marks, timeline.Diagnostic{
			Line: rec.End.Line, Message: outcome.Words(rec),
		})
	}
	answer(p)
}
