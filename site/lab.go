package site

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"unicode/utf8"

	"runnel/runner"
	"runnel/vault"
)

// A job is what a page needs to run a program of its own again as the build
// ran it, beside the code that it shows: theme/program reads it.
type job struct {
	// Before are the blocks whose code comes before this one's, the last of
	// which runs by itself with what is in Earlier.
	Before  []jobBlock `json:"before,omitempty"`
	Earlier *jobInput  `json:"earlier,omitempty"`
	jobInput
	Timeout int64 `json:"timeout,omitempty"` // milliseconds
	// Tail is how many line breaks the code has at its end, where the page
	// shows one.
	Tail int `json:"tail,omitempty"`
	// Whole says that the code as it stands is the program.
	Whole bool `json:"whole,omitempty"`
	// Bare says that goroutines are not to be drawn.
	Bare bool `json:"bare,omitempty"`
}

// A jobBlock is a block that comes before another.
type jobBlock struct {
	Name string `json:"name"`
	Code string `json:"code"`
}

// A jobInput is what a program is given.
type jobInput struct {
	Args  []string `json:"args,omitempty"`
	Stdin string   `json:"stdin,omitempty"`
}

// job is that of a block as JSON, "" where a page cannot hold its code.
func (p *programs) job(t *task) string {
	code := t.Code
	if !utf8.ValidString(code) || strings.ContainsAny(code, "\r\x00") ||
		t.Options.Code == vault.Hidden {
		return ""
	}
	j := job{
		jobInput: inputOf(t.Snippet),
		Timeout:  t.Options.Timeout.Milliseconds(),
		Tail:     len(code) - len(strings.TrimRight(code, "\n")),
		Whole:    t.program.Source == code,
		Bare:     t.Options.Timeline == vault.Hidden,
	}
	if j.Tail == 1 {
		j.Tail = 0
	}
	for _, s := range t.chain[:len(t.chain)-1] {
		j.Before = append(j.Before, jobBlock{s.Options.Name, s.Code})
	}
	if _, ok := p.results[t.After]; ok {
		input := inputOf(t.After)
		j.Earlier = &input
	}
	text, err := json.Marshal(j)
	if err != nil {
		panic(err) // strings and numbers can always be written
	}
	return string(text)
}

func inputOf(s *vault.Snippet) jobInput {
	return jobInput{s.Options.Args, s.Options.Stdin}
}

// declined says why a page must not run a program by the interpreter. What
// nobody can run may still be changed.
func declined(r runner.Result) string {
	switch {
	case r.Interpreted == runner.Declines:
		return r.Difference
	case r.Interpreted == runner.Differs:
		return "the interpreter prints something else than Go: " + r.Difference
	case r.Engine == runner.Go && r.Interpreted == runner.Unasked:
		return "it asks for the Go compiler"
	}
	return ""
}

// guest puts the interpreter beside the pages, if there is a program that it
// can run, and gives its address from the site's root.
func (b *Build) guest(ctx context.Context, p *programs, out *output) (string, error) {
	if len(p.results) == 0 {
		return "", nil
	}
	files, err := b.Runner.Guest(ctx, func(f runner.GuestFile) bool {
		return out.has(guestName(f), f.Size)
	})
	if err != nil {
		return "", err
	}
	for _, f := range files {
		if out.keep(guestName(f), f.Size) {
			continue
		}
		data, err := os.ReadFile(f.Path)
		if err != nil {
			return "", fmt.Errorf("read the interpreter: %w", err)
		}
		if err := out.Write(guestName(f), data); err != nil {
			return "", err
		}
	}
	return guestName(files[0]), nil
}

// guestName is where a file of the interpreter stands in the site.
func guestName(f runner.GuestFile) string { return "assets/" + f.Name }
