package site

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	_ "image/gif"  // for the sizes of images
	_ "image/jpeg" // for the sizes of images
	_ "image/png"  // for the sizes of images
	"io/fs"
	"path"
	"strconv"
	"strings"
	"sync"

	"runnel/vault"
)

// attachments reads each file that pages use once: its bytes go to the
// output, the size of an image to the pages that show it.
type attachments struct {
	plan  *plan
	out   sink
	files map[*vault.File]*attachment
}

type attachment struct {
	once          sync.Once
	width, height int
	err           error
}

func newAttachments(p *plan, out sink) *attachments {
	a := &attachments{plan: p, out: out, files: make(map[*vault.File]*attachment, len(p.files))}
	for f := range p.files {
		a.files[f] = &attachment{}
	}
	return a
}

// size is the natural size of an image in pixels, 0 where it has none that
// we can tell.
func (a *attachments) size(f *vault.File) (width, height int) {
	at := a.load(f)
	return at.width, at.height
}

// load writes a file to the output. A file that cannot be read is a problem,
// found again in err; one that cannot be written ends the build.
func (a *attachments) load(f *vault.File) *attachment {
	at := a.files[f]
	at.once.Do(func() {
		data, err := fs.ReadFile(f.FS, f.Name)
		if err != nil {
			at.err = fmt.Errorf("read attachment: %w", err)
			return
		}
		at.width, at.height = imageSize(f.Path, data)
		if err := a.out.Write(a.plan.files[f].file(), data); err != nil {
			at.err = &outputError{err}
		}
	})
	return at
}

// An outputError is an error of ours, not of the vault: it ends the build.
type outputError struct{ error }

func (e *outputError) Unwrap() error { return e.error }

// imageSize reads the size of an image from its first bytes.
func imageSize(name string, data []byte) (width, height int) {
	switch strings.ToLower(path.Ext(name)) {
	case ".svg":
		return svgSize(data)
	case ".png", ".jpg", ".jpeg", ".gif":
		c, _, err := image.DecodeConfig(bytes.NewReader(data))
		if err == nil {
			return c.Width, c.Height
		}
	}
	return 0, 0
}

// svgSize reads the size of a drawing: its width and height in pixels, else
// those of its viewBox.
func svgSize(data []byte) (width, height int) {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Strict = false
	for {
		t, err := d.Token()
		if err != nil {
			return 0, 0
		}
		root, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		var box []string
		for _, a := range root.Attr {
			switch a.Name.Local {
			case "width":
				width = pixels(a.Value)
			case "height":
				height = pixels(a.Value)
			case "viewBox":
				box = strings.Fields(strings.ReplaceAll(a.Value, ",", " "))
			}
		}
		if (width == 0 || height == 0) && len(box) == 4 {
			width, height = pixels(box[2]), pixels(box[3])
		}
		return width, height
	}
}

// pixels reads a length without a unit or in px, 0 for any other.
func pixels(s string) int {
	f, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(s), "px"), 64)
	if err != nil || f < 1 || f > 1e5 {
		return 0
	}
	return int(f + 0.5)
}

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
		var ours *outputError
		if err := a.load(f).err; errors.As(err, &ours) {
			return err
		}
		return nil
	})
	var problems []vault.Problem
	for _, f := range files {
		if err := a.load(f).err; err != nil {
			l := first[f]
			problems = append(problems, vault.Problem{Path: l.From.Path, Line: l.Line, Column: l.Column, Message: err.Error()})
		}
	}
	return problems, err
}
