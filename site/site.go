// Package site builds a site from a vault.
//
// A [Build] says where the notes are and where the site goes; its Run does
// the whole work and gives back a [Report]. Data flows once, forward: the
// vault is loaded, its links resolved, its programs run, a plan says where
// each page stands, pages are rendered and staged, and in the end put in place
// together.
//
// What a site is made of:
//   - a page for each published note at its path in the vault, spaces made
//     hyphens; `permalink` wins;
//   - the home page: the note index.md, Home.md or README.md at the vault's
//     root, else a list of all notes;
//   - a list of all notes, a page of tags and one for each tag, 404.html;
//   - each file that a published note shows or links to, and no other;
//   - redirects from aliases to their notes;
//   - the search index, in a folder of its own;
//   - sitemap.xml, where the address of the site is known.
//
// It refuses to write into a folder that holds files that it did not make,
// and to read or write across the notes.
package site

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"runnel/render"
	"runnel/runner"
	"runnel/theme"
	"runnel/vault"
)

// A Build is one build of a site.
type Build struct {
	Notes       string   // the vault's folder; required
	Out         string   // the output folder; required
	Attachments []string // further folders to look for attachments in
	All         bool     // publish every note that does not say otherwise
	// BaseURL is the address of the site, before the one that the home note
	// gives. HostURL is what counts where neither is given.
	BaseURL, HostURL string
	Runner           *runner.Runner // runs the programs; required
	Engine           runner.Engine  // of programs that do not name theirs
	// Cache is a folder for what tells the next build that nothing has changed;
	// "" for none.
	Cache string
	// Lab is what pages run programs by, before what the home note says.
	Lab Lab
	// Progress is told what the build is doing, and how much of it is done;
	// total is 0 where that is not known. It may be nil.
	Progress func(doing string, done, total int)

	later time.Duration // than it is, for tests: no file is new then
}

// Run builds the site. An error means that the output folder is as it was.
func (b *Build) Run(ctx context.Context) (*Report, error) {
	for try := 1; ; try++ {
		report, err := b.run(ctx)
		if try == contestedTries || !errors.Is(err, errContested) && !errors.Is(err, vault.ErrChanged) {
			return report, err
		}
	}
}

// contestedTries is how often a build is made that others get in the way of:
// another build, or somebody who writes a note.
const contestedTries = 4

func (b *Build) run(ctx context.Context) (*Report, error) {
	start := time.Now()
	if b.Progress == nil {
		b.Progress = func(string, int, int) {}
	}
	folders, err := b.openFolders()
	if err != nil {
		return nil, err
	}
	defer folders.close()
	record := b.begin(ctx, folders)
	if report := record.confirm(); report != nil {
		report.Took = time.Since(start)
		return report, nil
	}
	b.Progress("reading notes", 0, 0)
	k := vault.NewKeeper(folders.notes.FS(), vault.Options{All: b.All, Attachments: folders.attachments,
		Read: newDrafter().read, Done: hasDraft, Trees: keptTrees})
	record.brief(ctx, k)
	if _, err := k.Update(ctx, nil); err != nil {
		return nil, fmt.Errorf("read %q: %w", b.Notes, err)
	}
	if v := k.Vault(); len(v.Notes) == 0 {
		return nil, b.nothing(v)
	}
	out, err := openOutput(b.Out)
	if err != nil {
		return nil, err
	}
	report, e, err := b.make(ctx, k, out, folders.notes.FS(), newReuse(record, out))
	if err != nil {
		out.Abort()
		return nil, err
	}
	record.save(k, out, e, report)
	report.Took = time.Since(start)
	return report, nil
}

// keptTrees is how much text keeps its syntax trees from reading to rendering,
// in bytes: some 20 MB of trees. In a vault with more the others are made
// twice, which takes less time than collecting garbage around all of them.
const keptTrees = 2 << 20

// readNote is what pages want to know of a note beside what the vault does:
// a function of its text, kept with it.
func readNote(n *vault.Note) any { return listen(n) }

// nothing explains a vault without a note to publish.
func (b *Build) nothing(v *vault.Vault) error {
	if v.Hidden == 0 {
		return fmt.Errorf("no notes in %q: it holds no file that ends in .md", b.Notes)
	}
	return fmt.Errorf("nothing to publish in %q: none of its %s says `publish: true` "+
		"in its properties (-all publishes all that do not say `publish: false`)",
		b.Notes, count(v.Hidden, "note"))
}

// make makes the site of a vault that has been read.
func (b *Build) make(ctx context.Context, k *vault.Keeper, out *output, notes fs.FS, re *reuse) (*Report, *edition, error) {
	v := k.Vault()
	var when *dates
	var th *theme.Theme
	var plan *plan
	tied, called := sync.OnceValue(newNearby(v, nil).newGraph), sync.OnceValue(func() *names { return newNames(v, findHome(v)) })
	var progs *programs
	var failed, odd error
	together(
		func() { plan = newPlan(v) },
		func() {
			progs, failed = runPrograms(ctx, b.Runner, b.Engine, v,
				func(done, total int) { b.Progress("running programs", done, total) })
		},
		func() {
			when = readDates(ctx, b.Notes, notes)
			when.modified = re.modified
			th, odd = theme.New()
			tied()
			called()
		},
	)
	if err := errors.Join(failed, odd); err != nil {
		return nil, nil, err
	}
	plan.names = called
	lab, unknown := b.lab(plan.home, progs)
	progs.lab = lab
	e := b.edit(v, plan, th, out, when, readStyle(notes), progs.outcome)
	e.problems = append(e.problems, unknown...)
	e.reuse, e.files.reuse, e.programs, e.nearby.graph = re, re, progs, tied
	e.plan.placing.places = re.places()
	report := &Report{Notes: len(v.Notes), Hidden: v.Hidden, Programs: len(progs.results), Cached: progs.cached,
		notes: b.Notes, out: b.Out}
	if err := b.equip(ctx, lab, progs, out, e.site, report); err != nil {
		return nil, nil, err
	}
	bad, err := b.write(ctx, e, newTrees(k))
	if err != nil {
		return nil, nil, err
	}
	report.Problems = sortProblems(slices.Concat(v.Problems, e.problems, bad, progs.problems()))
	report.Warnings = sortProblems(progs.warnings())
	report.Notice, report.unsure = progs.notice, progs.unsure()
	report.Pages, report.kept = e.plan.pages(), e.reuse.count()
	report.Written, report.Removed, err = out.Commit()
	return report, e, err
}

// An edition is a site that is planned: all that it takes to make any of its
// files.
type edition struct {
	*pages
	vault    *vault.Vault
	files    *attachments
	style    style
	problems []vault.Problem // of the plan and the settings
	reuse    *reuse
	programs *programs // nil in a preview
}

// edit brings together what pages are made of.
func (b *Build) edit(v *vault.Vault, plan *plan, th *theme.Theme, out sink, when *dates, own style,
	outcome func(*vault.Snippet) render.Outcome,
) *edition {
	set, problems := newSettings(plan.home, folderName(b.Notes), b.BaseURL, b.HostURL)
	styles := []string{th.Style.Path}
	if own.URL != "" {
		styles = append(styles, own.address())
	}
	files := newAttachments(plan, out)
	rend := &render.Renderer{
		Href: func(from *vault.Note, to vault.Target) string {
			u, fragment := plan.url(to)
			return relative(plan.notes[from], u, fragment)
		},
		TagHref: plan.tagHref,
		Outcome: outcome,
		Picture: files.picture,
	}
	p := &pages{settings: set, dates: when, plan: plan, nearby: newNearby(v, plan), theme: th, rend: rend, out: out, buffers: new(sync.Pool), site: &theme.Site{
		Title: set.Title, Base: set.BaseURL, All: plan.all.escape(), Tags: plan.tagsURL.escape(), Graph: plan.graph.escape(),
		Styles: styles, Icon: th.Icon.Path, Scheme: th.Scheme, Main: th.Main, Search: plan.search.escape(),
	}}
	return &edition{pages: p, vault: v, files: files, style: own, problems: slices.Concat(plan.problems, problems, own.problems)}
}

// write stages everything that the site is made of.
func (b *Build) write(ctx context.Context, e *edition, trees *trees) ([]vault.Problem, error) {
	keys := newKeys(e)
	var problems, bad []vault.Problem
	index := func() error {
		return e.once("the search index", keys.search(), func(out sink) error { return e.updateSearch(out, e.reuse.memory()) })
	}
	rest := func() error { return e.writeRest(ctx, keys) }
	notes := func() (err error) {
		problems, err = b.writeNotes(ctx, e, trees, keys)
		if err == nil {
			bad, err = e.files.writeAll(ctx, e.vault)
		}
		return err
	}
	var err error
	if e.reuse.isMost() {
		// Most pages are there already, and one core is free for what is not
		// made on several.
		err = allOf(func() error {
			keys.tie()
			return allOf(notes, rest)
		}, index)
	} else {
		keys.tie()
		for _, step := range []func() error{notes, rest, index} {
			if err == nil {
				err = step()
			}
		}
	}
	return append(problems, bad...), err
}

// writeNotes makes the pages of notes.
func (b *Build) writeNotes(ctx context.Context, e *edition, trees *trees, keys *keys) ([]vault.Problem, error) {
	var mu sync.Mutex
	var problems []vault.Problem
	done := 0
	err := each(ctx, e.vault.Notes, func(n *vault.Note) error {
		name, key := e.plan.notes[n].file(), keys.note(n)
		found, kept := e.reuse.keep(name, key)
		var err error
		if !kept {
			if err = trees.plant(n); err != nil {
				return err
			}
			found, err = e.note(n)
			e.reuse.note(part{Name: name, Key: key, Files: []string{name}, Problems: found})
		}
		trees.done(n)
		e.nearby.hear(n).draft = nil
		mu.Lock()
		defer mu.Unlock()
		done++
		b.Progress("writing pages", done, len(e.vault.Notes))
		problems = append(problems, found...)
		return err
	})
	return problems, err
}

// once makes files, unless those of before are there and made of the same.
func (e *edition) once(name string, key sum, make func(sink) error) error {
	if _, kept := e.reuse.keep(name, key); kept {
		return nil
	}
	files := &witness{sink: e.out}
	if err := make(files); err != nil {
		return err
	}
	e.reuse.note(part{Name: name, Key: key, Files: files.names})
	return nil
}

// A witness is a sink that knows what was written.
type witness struct {
	sink
	mu    sync.Mutex
	names []string
}

func (w *witness) Write(name string, data []byte) error {
	w.mu.Lock()
	w.names = append(w.names, name)
	w.mu.Unlock()
	return w.sink.Write(name, data)
}

func (w *witness) keepNamed(name string, size int) bool {
	has, ok := w.sink.(hoard)
	if !ok || !has.keepNamed(name, size) {
		return false
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.names = append(w.names, name)
	return true
}

func (w *witness) read(name string) []byte {
	if has, ok := w.sink.(hoard); ok {
		return has.read(name)
	}
	return nil
}

// writeRest writes what is neither the page of a note, nor an attachment, nor
// of the search index. It needs no trees.
func (e *edition) writeRest(ctx context.Context, keys *keys) error {
	graph := func(out sink) error { return e.onto(out).mapPage() }
	if err := e.once("the graph", keys.graph(), graph); err != nil {
		return err
	}
	return e.once("the rest", keys.rest(), func(out sink) error { return e.writeOthers(ctx, e.onto(out)) })
}

func (e *edition) writeOthers(ctx context.Context, p *pages) error {
	if err := p.lists(ctx, e.vault); err != nil {
		return err
	}
	for _, a := range e.theme.Assets() {
		if err := p.out.Write(a.Path, a.Data); err != nil {
			return err
		}
	}
	if e.style.URL != "" {
		if err := p.out.Write(e.style.URL.file(), e.style.data); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return p.extras(ctx, e.vault)
}

// folders are the folders that a build reads. Nothing outside them is read,
// whatever links lead there.
type folders struct {
	notes       *os.Root
	attachments []vault.Folder
	roots       []*os.Root
}

func (f *folders) close() {
	for _, r := range f.roots {
		_ = r.Close()
	}
}

func (b *Build) openFolders() (*folders, error) {
	if err := b.checkApart(); err != nil {
		return nil, err
	}
	f := &folders{}
	notes, err := os.OpenRoot(b.Notes)
	if err != nil {
		return nil, fmt.Errorf("open the notes folder: %w", err)
	}
	f.notes, f.roots = notes, append(f.roots, notes)
	for _, dir := range b.Attachments {
		root, err := os.OpenRoot(dir)
		if err != nil {
			f.close()
			return nil, fmt.Errorf("open the attachments folder: %w", err)
		}
		f.roots = append(f.roots, root)
		f.attachments = append(f.attachments, vault.Folder{Name: folderName(dir), FS: root.FS()})
	}
	return f, nil
}

// folderName is a folder's own name, also for "." and "..".
func folderName(dir string) string {
	if abs, err := filepath.Abs(dir); err == nil {
		return filepath.Base(abs)
	}
	return filepath.Base(dir)
}
