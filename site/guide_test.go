package site

import (
	"path/filepath"
	"strings"
	"testing"
)

// The guide is held to what it says: every program in its notes runs and ends
// as the note says it does, and no link is lost.
func TestGuide(t *testing.T) {
	b := Build{Notes: filepath.Join("..", "notes"), Out: filepath.Join(t.TempDir(), "out"), Runner: testRunner(t)}
	first, err := b.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range first.Problems {
		if strings.HasPrefix(p.Message, "tests, whose reports name lines") {
			continue // the interpreter alone declines them
		}
		t.Errorf("notes/%s:%d:%d: %s", p.Path, p.Line, p.Column, p.Message)
	}
	if first.Programs < 40 {
		t.Errorf("ran %d programs, want all of the guide's", first.Programs)
	}
	again, err := b.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if again.Cached != again.Programs || again.Written+again.Removed != 0 {
		t.Errorf("second build: %d of %d programs cached, %d files written, %d removed",
			again.Cached, again.Programs, again.Written, again.Removed)
	}
}
