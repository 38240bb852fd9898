package vault

import (
	"context"
	"io/fs"
	"path"
	"runtime"
	"sync"
	"sync/atomic"

	"runnel/vault/obsidian"
)

// Load reads the notes of a folder, each once. It returns an error where the
// folder as a whole cannot be read or ctx ends; all else that is wrong is in
// Vault.Problems. The result depends on nothing but the files.
func Load(ctx context.Context, fsys fs.FS, opts Options) (*Vault, error) {
	listed, err := list(ctx, fsys)
	if err != nil {
		return nil, err
	}
	l := &loader{fsys: fsys, opts: opts, parser: obsidian.Parser()}
	drafts := make([]draft, len(listed.notes))
	inParallel(ctx, len(drafts), func(i int) {
		drafts[i] = l.read(listed.notes[i])
	})
	v := &Vault{Problems: listed.problems}
	ix := newIndex()
	for _, name := range listed.files {
		ix.addFile(&File{Path: name, FS: fsys, Name: name})
	}
	for _, d := range drafts {
		v.Problems = append(v.Problems, d.problems...)
		if d.note == nil {
			v.Hidden++
			ix.addHidden(d.path)
			continue
		}
		v.Notes = append(v.Notes, d.note)
		ix.addNote(d.note)
	}
	if err := v.addAttachments(ctx, ix, opts.Attachments); err != nil {
		return nil, err
	}
	ix.finish()
	v.resolve(ctx, ix)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	v.Problems = sortProblems(v.Problems)
	return v, nil
}

func (v *Vault) addAttachments(
	ctx context.Context, ix *index, folders []Folder,
) error {
	for _, folder := range folders {
		listed, err := list(ctx, folder.FS)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			v.Problems = append(v.Problems, Problem{Path: folder.Name,
				Message: "cannot be used for attachments: " + err.Error()})
			continue
		}
		for _, name := range listed.files {
			ix.addAttachment(&File{
				Path: path.Join(folder.Name, name), FS: folder.FS, Name: name})
		}
	}
	return nil
}

// resolve finds the targets of all links, and the backlinks.
func (v *Vault) resolve(ctx context.Context, ix *index) {
	problems := make([][]Problem, len(v.Notes))
	inParallel(ctx, len(v.Notes), func(i int) {
		problems[i] = ix.resolveProperties(v.Notes[i])
		for _, link := range v.Notes[i].Links {
			if message := ix.resolve(link); message != "" {
				problems[i] = append(problems[i], Problem{Path: link.From.Path,
					Line: link.Line, Column: link.Column, Message: message})
			}
		}
	})
	for i, note := range v.Notes {
		v.Problems = append(v.Problems, problems[i]...)
		for _, link := range note.AllLinks() {
			if to := link.Target.Note; to != nil && to != note {
				to.Backlinks = append(to.Backlinks, link)
			}
		}
	}
}

// inParallel calls do for 0 to n-1 on as many goroutines as there are cores,
// until ctx ends.
func inParallel(ctx context.Context, n int, do func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				do(i)
			}
		})
	}
	wg.Wait()
}
