package site

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"maps"
	"os"
	"strings"
	"time"

	"runnel/render"
	"runnel/runner"
	"runnel/vault"
)

// A LivePage is the page of a note as a preview shows it.
type LivePage struct {
	// HTML is that of a build, with what only the writer sees between the
	// marks that Plain takes out.
	HTML []byte
	// Version tells this page from what it was before and will be.
	Version     string
	Note        string // its path in the vault
	Title       string
	Problems    []vault.Problem
	Unpublished bool
}

// A Moved error says that a page is at another address.
type Moved struct{ To URL }

func (m *Moved) Error() string { return fmt.Sprintf("the page has moved to %q", m.To) }

// Page makes the page at an address, "Go/Channels/". The error is
// fs.ErrNotExist where there is no page of a note.
func (l *Live) Page(ctx context.Context, u URL) (*LivePage, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := l.pages[u.file()]
	if n == nil {
		return nil, l.elsewhere(u)
	}
	data, err := l.make(ctx, n, nil)
	if err != nil {
		return nil, err
	}
	p := &LivePage{Note: n.Path, Title: n.Title, Unpublished: n.Unpublished, Problems: l.problemsOf(n)}
	if len(p.Problems) > 0 || n.Unpublished {
		if data, err = l.make(ctx, n, p.notices); err != nil {
			return nil, err
		}
	}
	p.HTML = data
	sum := sha256.Sum256(data)
	p.Version = hex.EncodeToString(sum[:8])
	return p, nil
}

// elsewhere is the error for an address that has no page of a note.
func (l *Live) elsewhere(u URL) error {
	if to, ok := l.leads[u.file()]; ok {
		return &Moved{to}
	}
	seen := 0
	for to, ok := l.moved[u]; ok && seen < len(l.moved); to, ok = l.moved[to] {
		if l.pages[to.file()] != nil {
			return &Moved{to}
		}
		seen++
	}
	return fs.ErrNotExist
}

// How often, and after how long, a note is read again whose file is changing.
const (
	plantTries = 16
	plantPause = 15 * time.Millisecond
)

// make makes the page of a note. Where its file, or that of a note that it
// embeds, has changed in the meantime, that is read first.
func (l *Live) make(ctx context.Context, n *vault.Note, before func(*vault.Note, int, int, render.Spot) []byte) ([]byte, error) {
	for try := 0; ; try++ {
		err := l.plant(n)
		if err == nil {
			break
		}
		if try == plantTries {
			return nil, err
		}
		l.mu.Unlock() // somebody may be about to say what has changed
		time.Sleep(plantPause)
		l.mu.Lock()
		if try > plantTries/2 {
			if _, uerr := l.update(ctx, nil); uerr != nil {
				return nil, errors.Join(err, uerr)
			}
		}
		if u, ok := l.edition.plan.notes[n]; !ok || l.pages[u.file()] != n {
			return nil, fs.ErrNotExist
		}
	}
	defer func() {
		for _, m := range n.Embedded() {
			m.Release()
		}
	}()
	made := make(shelf, 1)
	l.edition.out, l.edition.rend.Before = made, before
	defer func() { l.edition.out, l.edition.rend.Before = nowhere{}, nil }()
	problems, err := l.edition.note(n)
	if err != nil {
		return nil, err
	}
	l.bad[n] = problems
	return made[l.edition.plan.notes[n].file()], nil
}

func (l *Live) plant(n *vault.Note) error {
	for _, m := range n.Embedded() {
		if err := l.keeper.Plant(m); err != nil {
			return err
		}
	}
	return nil
}

// What only the writer sees stands between marks that no page has otherwise:
// comments of a note's own are left out of pages.
const (
	noticeOpen  = "<!--preview-->"
	noticeClose = "<!--/preview-->"
)

// notice is a line that only the writer sees.
func notice(class, text string) []byte { return noticeAt(class, text, render.Spot{}) }

// noticeAt is a notice as it may stand at a spot.
func noticeAt(class, text string, at render.Spot) []byte {
	body := fmt.Sprintf(`<p class="preview-%s" role="note">%s</p>`, class, html.EscapeString(text))
	switch {
	case at.Code:
		body = `<span class="why preview-why" role="note">` + html.EscapeString(text) + `</span>`
	case at.Columns > 0:
		body = fmt.Sprintf(`<tr class="preview-row"><td colspan="%d">%s</td></tr>`, at.Columns, body)
	}
	return []byte(noticeOpen + body + noticeClose)
}

// Plain is a page without what only the writer sees.
func Plain(page []byte) []byte {
	var b bytes.Buffer
	for {
		before, rest, found := bytes.Cut(page, []byte(noticeOpen))
		b.Write(before)
		if !found {
			return b.Bytes()
		}
		_, page, _ = bytes.Cut(rest, []byte(noticeClose))
	}
}

// notices are the problems of a note where they are.
func (p *LivePage) notices(n *vault.Note, first, next int, at render.Spot) []byte {
	if n.Path != p.Note {
		return nil
	}
	var b bytes.Buffer
	if first == 0 && p.Unpublished {
		b.Write(noticeAt("draft", "This note is not published.", at))
	}
	for _, problem := range p.Problems {
		if problem.Line < first || problem.Line >= next {
			continue
		}
		text := problem.Message
		if problem.Line > 0 && !at.Code {
			text = fmt.Sprintf("line %d: %s", problem.Line, text)
		}
		b.Write(noticeAt("problem", text, at))
	}
	return b.Bytes()
}

// A LiveFile is any other file of the site.
type LiveFile struct {
	Name string // in the output folder
	Data []byte // what is in it, or
	File fs.File
}

// Open finds a file of the site by an address: one that ends in a slash is a
// page. The page of a note is that of a build, but for programs that have not
// run.
func (l *Live) Open(ctx context.Context, u URL) (*LiveFile, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	name := u.file()
	if f := l.files[name]; f != nil {
		file, err := f.FS.Open(f.Name)
		return &LiveFile{Name: name, File: file}, err
	}
	if n := l.pages[name]; n != nil {
		data, err := l.make(ctx, n, nil)
		return &LiveFile{Name: name, Data: data}, err
	}
	for _, tools := range []map[string]runner.GuestFile{l.guests, l.compilers} {
		if g, ok := tools[name]; ok {
			file, err := os.Open(g.Path)
			return &LiveFile{Name: name, File: file}, err
		}
	}
	for _, a := range l.theme.Assets() {
		if a.Path == name {
			return &LiveFile{Name: name, Data: a.Data}, nil
		}
	}
	if p := l.edition.plan; name == p.search.file() || strings.HasPrefix(name, p.searchFiles()) {
		err := l.makeSearch()
		if data, ok := l.search[name]; ok {
			return &LiveFile{Name: name, Data: data}, nil
		}
		return nil, cmp.Or(err, fs.ErrNotExist)
	}
	if err := l.makeRest(ctx); err != nil {
		return nil, err
	}
	if data, ok := l.rest[name]; ok {
		return &LiveFile{Name: name, Data: data}, nil
	}
	if _, ok := l.rest[name+"/index.html"]; ok || l.pages[name+"/index.html"] != nil {
		return nil, &Moved{u + "/"}
	}
	return nil, l.elsewhere(u)
}

// makeSearch makes the search index.
func (l *Live) makeSearch() error {
	if l.search != nil {
		return nil
	}
	index := make(shelf)
	if err := l.edition.searchIndex(index); err != nil {
		return err
	}
	l.search = index
	return nil
}

// makeRest makes the files that are neither pages of notes nor attachments,
// all of them at once.
func (l *Live) makeRest(ctx context.Context) error {
	if l.rest != nil {
		return nil
	}
	rest := newSharedShelf()
	l.edition.out = rest
	defer func() { l.edition.out = nowhere{} }()
	if err := l.edition.writeRest(ctx, nil); err != nil {
		return err
	}
	l.rest = rest.shelf
	return nil
}

// Files makes all files of the site, by their names. An error may say that the
// vault has changed meanwhile.
func (l *Live) Files(ctx context.Context) (all map[string][]byte, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	all = make(map[string][]byte)
	pages := l.pages
	for name, n := range pages {
		if l.pages[name] != n { // the last one was read anew, and more with it
			return nil, errors.New("the vault has changed meanwhile")
		}
		data, err := l.make(ctx, n, nil)
		if err != nil {
			return nil, err
		}
		all[name] = data
	}
	for name, f := range l.files {
		if data, err := fs.ReadFile(f.FS, f.Name); err == nil {
			all[name] = data
		}
	}
	has := l.edition.site
	for name, g := range l.guests {
		address := has.Guest
		if strings.HasPrefix(name, referenceName(runner.GuestFile{})) {
			address = has.Reference
		}
		if address != "" {
			if all[name], err = os.ReadFile(g.Path); err != nil {
				return nil, err
			}
		}
	}
	for name, g := range l.compilers {
		if has.Compiler != "" {
			if all[name], err = os.ReadFile(g.Path); err != nil {
				return nil, err
			}
		}
	}
	if err := l.makeRest(ctx); err != nil {
		return nil, err
	}
	maps.Copy(all, l.rest)
	if err := l.makeSearch(); err != nil {
		return nil, err
	}
	maps.Copy(all, l.search)
	return all, nil
}
