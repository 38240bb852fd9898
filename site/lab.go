package site

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"strings"
	"unicode/utf8"

	"runnel/runner"
	"runnel/theme"
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
	// Test says that the tests are to run.
	Test bool `json:"test,omitempty"`
	// Bare says that goroutines are not to be drawn.
	Bare bool `json:"bare,omitempty"`
	// Fails says that the program is meant to end badly.
	Fails bool `json:"fails,omitempty"`
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
		Test:     t.Options.Test,
		Bare:     t.Options.Timeline == vault.Hidden,
		Fails:    t.Options.Fails,
	}
	if j.Tail == 1 {
		j.Tail = 0
	}
	for _, s := range t.chain[:len(t.chain)-1] {
		j.Before = append(j.Before, jobBlock{s.Options.Name, s.Code})
	}
	if _, ok := p.results[t.After]; ok && !t.program.Tests {
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

// A Lab is what runs a program in a page when a reader changes it.
type Lab string

// The labs. By default it is LabGo where a program of the site needs it, and
// LabYaegi elsewhere.
const (
	LabYaegi Lab = "yaegi" // the interpreter alone
	LabGo    Lab = "go"    // Go's own compiler, too
	LabNone  Lab = "none"  // nothing: programs are not changed in the page
)

// ParseLab reads the name of a lab.
func ParseLab(name string) (Lab, error) {
	switch l := Lab(name); l {
	case LabYaegi, LabGo, LabNone:
		return l, nil
	}
	return "", fmt.Errorf("unknown lab %q: go, yaegi and none are known", name)
}

// lab decides on one: by the caller, the home note, or the programs.
func (b *Build) lab(home *vault.Note, p *programs) (Lab, []vault.Problem) {
	var odd []vault.Problem
	lab := b.Lab
	if lab == "" && home != nil && home.Properties.Lab != "" {
		var err error
		if lab, err = ParseLab(home.Properties.Lab); err != nil {
			odd = append(odd, vault.Problem{Path: home.Path, Message: err.Error()})
		}
	}
	if lab != "" {
		return lab, odd
	}
	for _, r := range p.results {
		if declined(r) != "" {
			return LabGo, odd
		}
	}
	return LabYaegi, odd
}

// equip puts beside the pages what they run programs by, and what documents
// them, if there are any programs, and tells the pages where it is, and the
// report how large.
func (b *Build) equip(ctx context.Context, lab Lab, p *programs, out *output, s *theme.Site, r *Report) (err error) {
	if len(p.results) == 0 {
		return nil
	}
	if s.Reference, err = b.reference(ctx, out); err != nil {
		return err
	}
	p.documented = s.Reference != ""
	if lab == LabNone {
		return nil
	}
	if s.Guest, r.Interpreter, err = b.tools(ctx, b.Runner.Guest, guestName, out); err != nil || lab != LabGo {
		return err
	}
	s.Compiler, r.Compiler, err = b.tools(ctx, b.Runner.Compiler, compilerName, out)
	return err
}

// A maker makes files for pages, unless the caller has them all.
type maker func(context.Context, func(runner.GuestFile) bool) ([]runner.GuestFile, error)

// tools puts files beside the pages, each at its name. It gives the address of
// the first from the site's root, and how large all are as most browsers fetch
// them.
func (b *Build) tools(ctx context.Context, files maker, name func(runner.GuestFile) string, out *output) (first string, size int, err error) {
	list, sums, err := putFiles(ctx, files, name, out)
	if err != nil {
		return "", 0, err
	}
	b.Progress(fmt.Sprintf("pages run programs by %s: %.1f MB with brotli, %.1f MB with gzip", path.Base(name(list[0])),
		float64(sums[".br"])/1e6, float64(sums[".gz"])/1e6), 0, 0)
	return name(list[0]), int(sums[".br"]), nil
}

// putFiles puts files beside the pages, each at its name. It gives their sizes
// by the endings of their names.
func putFiles(ctx context.Context, files maker, name func(runner.GuestFile) string, out *output) ([]runner.GuestFile, map[string]int64, error) {
	list, err := files(ctx, func(f runner.GuestFile) bool { return out.has(name(f), f.Size) })
	if err != nil {
		return nil, nil, err
	}
	sums := map[string]int64{}
	for _, f := range list {
		sums[path.Ext(f.Name)] += f.Size
		if out.keep(name(f), f.Size) {
			continue
		}
		data, err := os.ReadFile(f.Path)
		if err != nil {
			return nil, nil, fmt.Errorf("read what pages need for programs: %w", err)
		}
		if err := out.Write(name(f), data); err != nil {
			return nil, nil, err
		}
	}
	return list, sums, nil
}

// reference puts the documentation of the standard library beside the pages,
// and gives the address of its list. Without Go there is none.
func (b *Build) reference(ctx context.Context, out *output) (string, error) {
	list, sums, err := putFiles(ctx, b.Runner.Reference, referenceName, out)
	if err != nil || len(list) == 0 {
		return "", err
	}
	b.Progress(fmt.Sprintf("Go's documentation: %d packages, %.1f MB", len(list)-1, float64(sums[".json"])/1e6), 0, 0)
	return referenceName(list[0]), nil
}

// referenceName is where documentation stands in the site.
func referenceName(f runner.GuestFile) string { return "assets/reference/" + f.Name }

// compilerName is where a part of the Go compiler stands in the site.
func compilerName(f runner.GuestFile) string { return "assets/go/" + f.Name }

// guestName is where a file of the interpreter stands in the site.
func guestName(f runner.GuestFile) string { return "assets/" + f.Name }
