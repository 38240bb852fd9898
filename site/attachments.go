package site

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"sync"

	"runnel/render"
	"runnel/vault"
)

// attachments reads each file that pages use once: its bytes go to the
// output, the size of an image to the pages that show it.
type attachments struct {
	plan  *plan
	out   sink
	files map[*vault.File]*attachment
	reuse *reuse
}

type attachment struct {
	once    sync.Once
	picture render.Picture
	sum     []byte // of what was read, nil where nothing was
	err     error
}

func newAttachments(p *plan, out sink) *attachments {
	a := &attachments{plan: p, out: out, files: make(map[*vault.File]*attachment, len(p.files))}
	for f := range p.files {
		a.files[f] = &attachment{}
	}
	return a
}

// picture is what is known of an image.
func (a *attachments) picture(f *vault.File) render.Picture {
	return a.load(f).picture
}

// load writes a file to the output. A file that cannot be read is a problem,
// found again in err; one that cannot be written ends the build.
func (a *attachments) load(f *vault.File) *attachment {
	at := a.files[f]
	at.once.Do(func() { a.read(f, at) })
	return at
}

func (a *attachments) read(f *vault.File, at *attachment) {
	data, err := fs.ReadFile(f.FS, f.Name)
	if err != nil {
		at.err = fmt.Errorf("read attachment: %w", err)
		return
	}
	sum := sha256.Sum256(data)
	at.sum, at.picture = sum[:], readPicture(f.Path, data)
	name := a.plan.files[f].file()
	if err := a.out.Write(name, data); err != nil {
		at.err = &outputError{err}
	}
	a.reuse.note(part{Name: name, Key: a.reuse.file(f), Files: []string{name}})
}

// content is the hash of what was read of a file. It is nil where no page shows
// the file, and not ok where one does and the file was not read.
func (a *attachments) content(root fs.FS, name string) (sum []byte, ok bool) {
	for f, at := range a.files {
		if f.FS == root && f.Name == name {
			return at.sum, at.sum != nil
		}
	}
	return nil, true
}

// An outputError is an error of ours, not of the vault: it ends the build.
type outputError struct{ error }

func (e *outputError) Unwrap() error { return e.error }

// writeAll writes the files that no page has read yet, and gives back the
// problems of those that cannot be read, at the first link to each.
func (a *attachments) writeAll(ctx context.Context, v *vault.Vault) ([]vault.Problem, error) {
	first := make(map[*vault.File]*vault.Link)
	var files []*vault.File
	for _, n := range v.Notes {
		for _, l := range n.AllLinks() {
			if f := l.Target.File; f != nil && first[f] == nil {
				first[f] = l
				files = append(files, f)
			}
		}
	}
	err := each(ctx, files, func(f *vault.File) error {
		at := a.files[f]
		at.once.Do(func() { // unless a page has read it
			if _, kept := a.reuse.keep(a.plan.files[f].file(), a.reuse.file(f)); !kept {
				a.read(f, at)
			}
		})
		var ours *outputError
		if errors.As(at.err, &ours) {
			return at.err
		}
		return nil
	})
	var problems []vault.Problem
	for _, f := range files {
		if err := a.files[f].err; err != nil {
			l := first[f]
			problems = append(problems, vault.Problem{Path: l.From.Path, Line: l.Line, Column: l.Column, Message: err.Error()})
		}
	}
	return problems, err
}
