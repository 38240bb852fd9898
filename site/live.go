package site

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"sync"

	"runnel/runner"
	"runnel/theme"
	"runnel/vault"
)

// A Live site is made file by file, when somebody asks for one, from a vault
// that is kept up to date. Its files are those that a [Build] writes, byte for
// byte, once all programs have run.
//
// Nothing says which pages a change touches: what a page shows is found out by
// making it, which takes less than a millisecond or two. What would take long
// is kept: what each note says, the plan of the site, and what the programs
// did. It is safe for concurrent use.
type Live struct {
	// Changed is called, by any goroutine, when a page may show something else
	// than before without an Update: a program has run. It may be nil.
	Changed func()
	// Ticked is called, by any goroutine, when the clock of a program has moved
	// that runs now. It may be nil.
	Ticked func()

	build   Build
	theme   *theme.Theme
	folders *folders
	notes   *liveFolder

	mu       sync.Mutex // of all that follows
	keeper   *vault.Keeper
	edition  *edition
	inputs   map[*vault.Note]string        // what the plan was made of
	ties     map[*vault.Note][]*vault.Note // and the graph
	pages    map[string]*vault.Note        // by output file
	files    map[string]*vault.File
	standing map[string]place // of the notes, by path
	leads    map[string]URL   // where redirects lead that have no page
	moved    map[URL]URL      // where notes went that have left their address
	rest     shelf            // the other files, nil until somebody asks
	search   shelf            // the search index, likewise
	when     *dates
	style    style
	head     string // the commit that when was read at
	runs     liveRuns
	guests   map[string]runner.GuestFile // the interpreter and the documentation, by output file
	guest    string                      // the interpreter's address

	reference string                      // the documentation's
	lab       Lab                         // that a build would have
	compiler  string                      // the address of Go's compiler, once it is there
	compilers map[string]runner.GuestFile // of it, by output file; nil until it is asked for
	equipping chan struct{}               // something may be missing that pages run programs by

	bad map[*vault.Note][]vault.Problem // found in rendering
}

// A shelf is a sink in memory.
type shelf map[string][]byte

// Write implements sink.
func (s shelf) Write(name string, data []byte) error {
	s[name] = bytes.Clone(data)
	return nil
}

// A sharedShelf is one for several at once.
type sharedShelf struct {
	shelf
	mu *sync.Mutex
}

func newSharedShelf() sharedShelf { return sharedShelf{make(shelf), new(sync.Mutex)} }

func (s sharedShelf) Write(name string, data []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.shelf.Write(name, data)
}

// nowhere is a sink for what nobody wants.
type nowhere struct{}

func (nowhere) Write(string, []byte) error { return nil }

// OpenLive reads a vault. Of the build it takes what is read and how; with
// drafts, notes that are not published have pages too, which say so. Close it
// after use.
func OpenLive(ctx context.Context, b Build, drafts bool) (*Live, error) {
	if b.Progress == nil {
		b.Progress = func(string, int, int) {}
	}
	b.Out = ""
	folders, err := b.openFolders()
	if err != nil {
		return nil, err
	}
	l := &Live{build: b, folders: folders, moved: make(map[URL]URL), equipping: make(chan struct{}, 1)}
	if l.notes, err = openLiveFolder(b.Notes); err != nil {
		folders.close()
		return nil, err
	}
	l.runs.init(&l.build)
	if l.theme, err = theme.New(); err == nil {
		l.keeper = vault.NewKeeper(l.notes, vault.Options{All: b.All, Drafts: drafts, Attachments: folders.attachments, Read: readNote})
		l.head, l.when = readHead(ctx, b.Notes), readDates(ctx, b.Notes, l.notes)
		b.Progress("reading notes", 0, 0)
		_, err = l.Update(ctx, nil)
	}
	if err != nil {
		_ = l.Close()
		return nil, err
	}
	return l, nil
}

// Close lets go of the folders.
func (l *Live) Close() error {
	l.folders.close()
	return l.notes.close()
}

// An Update is what came of a change to the vault.
type Update struct {
	Changed  bool     // a page may show something else than before
	Notes    []string // paths of the notes that have changed, come or gone
	Problems []vault.Problem
}

// Update brings the site up to date with the named files and folders of the
// vault, or with whatever has changed in it. An error says that the vault
// cannot be read; then all is as it was.
func (l *Live) Update(ctx context.Context, names []string) (Update, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.update(ctx, names)
}

func (l *Live) update(ctx context.Context, names []string) (Update, error) {
	if _, err := os.Stat(l.build.Notes); err != nil {
		return Update{}, fmt.Errorf("read %q: %w", l.build.Notes, err)
	}
	changes, err := l.keeper.Update(ctx, names)
	if err != nil {
		return Update{}, fmt.Errorf("read %q: %w", l.build.Notes, err)
	}
	v := l.keeper.Vault()
	l.style = readStyle(l.notes)
	l.runs.find(v, changes)
	replan, before := l.plan(changes), l.standing
	if changes.All {
		l.bad = make(map[*vault.Note][]vault.Problem)
	}
	for _, n := range changes.Notes {
		delete(l.bad, n)
	}
	if replan {
		l.index()
	} else {
		old := l.edition
		l.edit(old.plan)
		if !l.retie(changes) {
			l.edition.nearby.graph = old.nearby.graph
		}
	}
	u := Update{Changed: !changes.None() || isAttachment(names), Problems: l.problems()}
	if changes.All {
		u.Notes = changed(before, l.standing)
	}
	for _, n := range changes.Notes {
		u.Notes = append(u.Notes, n.Path)
		l.standing[n.Path] = place{l.edition.plan.notes[n], n.Sum}
	}
	return u, nil
}

func isAttachment(names []string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return !isNote(n) })
}

// plan reports whether the site needs a new plan: the old one is good as long
// as all that plans are made of is the same.
func (l *Live) plan(changes vault.Changes) bool {
	if changes.All || l.inputs == nil {
		v := l.keeper.Vault()
		l.inputs = make(map[*vault.Note]string, len(v.Notes))
		for _, n := range v.Notes {
			l.inputs[n] = planInput(n)
		}
		return true
	}
	replan := false
	for _, n := range changes.Notes {
		now := planInput(n)
		replan = replan || now != l.inputs[n]
		l.inputs[n] = now
	}
	return replan
}

// retie reports whether some of the notes that have changed link to others
// than before: then the graph of all notes is another.
func (l *Live) retie(changes vault.Changes) (another bool) {
	for _, n := range changes.Notes {
		now := ties(n)
		another = another || !slices.Equal(now, l.ties[n])
		l.ties[n] = now
	}
	return another
}

// ties are the notes that a note links to.
func ties(n *vault.Note) []*vault.Note {
	var to []*vault.Note
	for _, link := range n.AllLinks() {
		if link.Target.Note != nil {
			to = append(to, link.Target.Note)
		}
	}
	return to
}

// planInput is all of a note but its text: what plans, lists and settings may
// be made of.
func planInput(n *vault.Note) string {
	var b bytes.Buffer
	q := n.Properties
	q.Other = nil
	fmt.Fprintf(&b, "%q %q %t %+v", n.Title, n.Tags, n.Unpublished, q)
	for _, other := range n.Properties.Other {
		fmt.Fprintf(&b, " %q %q", other.Name, other.Values)
	}
	for _, l := range n.AllLinks() {
		if l.Target.File != nil {
			fmt.Fprintf(&b, " %q", l.Target.File.Path)
		}
	}
	return b.String()
}

// index makes a new plan, and notes where everything stands.
func (l *Live) index() {
	v := l.keeper.Vault()
	plan := newPlan(v)
	l.edit(plan)
	l.ties = make(map[*vault.Note][]*vault.Note, len(v.Notes))
	for _, n := range v.Notes {
		l.ties[n] = ties(n)
	}
	l.pages = make(map[string]*vault.Note, len(plan.notes))
	for n, u := range plan.notes {
		l.pages[u.file()] = n
	}
	l.files = make(map[string]*vault.File, len(plan.files))
	for f, u := range plan.files {
		l.files[u.file()] = f
	}
	l.leads = make(map[string]URL)
	for _, r := range plan.redirects {
		if !r.page {
			l.leads[r.from.file()] = r.to
		}
	}
	standing := make(map[string]place, len(plan.notes))
	for n, u := range plan.notes {
		standing[n.Path] = place{u, n.Sum}
	}
	for from, to := range moves(l.standing, standing) {
		l.moved[from] = to
	}
	l.standing = standing
}

// edit makes a new edition of a plan. Where all pages have the same in common
// as before, they share it, and with it what the theme has made of it.
func (l *Live) edit(plan *plan) {
	old := l.edition
	e := l.build.edit(l.keeper.Vault(), plan, l.theme, nowhere{}, l.when, l.style, l.runs.outcome)
	var odd []vault.Problem
	l.lab, odd = l.build.lab(plan.home, &l.runs.programs)
	e.problems = append(e.problems, odd...)
	l.runs.programs.lab = l.lab
	if len(l.runs.at) > 0 {
		e.site.Reference = l.reference
		l.runs.programs.documented = l.reference != ""
		if l.lab != LabNone {
			e.site.Guest = l.guest
		}
		if l.lab == LabGo {
			e.site.Compiler = l.compiler
			if l.compiler == "" {
				l.runs.programs.lab = LabYaegi // until it is there
			}
		}
	}
	switch {
	case old != nil && reflect.DeepEqual(e.site, old.site):
		e.site = old.site
	case old != nil:
		if th, err := theme.New(); err == nil {
			l.theme, e.theme = th, th
		}
	}
	l.edition, l.rest, l.search = e, nil, nil
}

// problems are all that are known; those that only rendering finds are known
// of the pages that have been made.
func (l *Live) problems() []vault.Problem {
	all := slices.Concat(l.keeper.Vault().Problems, l.edition.problems)
	for n := range l.runs.of {
		all = append(all, l.runs.problems(n)...)
	}
	for _, bad := range l.bad {
		all = append(all, bad...)
	}
	return sortProblems(all)
}

// problemsOf are those at places of a note.
func (l *Live) problemsOf(n *vault.Note) []vault.Problem {
	all := l.keeper.Vault().Problems // sorted by path
	first, _ := slices.BinarySearchFunc(all, n.Path, func(p vault.Problem, name string) int {
		return cmp.Compare(p.Path, name)
	})
	last := first
	for last < len(all) && all[last].Path == n.Path {
		last++
	}
	var own []vault.Problem
	for _, p := range slices.Concat(all[first:last], l.edition.problems) {
		if p.Path == n.Path {
			own = append(own, p)
		}
	}
	return sortProblems(slices.Concat(own, l.runs.problems(n), l.bad[n]))
}

// Problems are all problems that are known now.
func (l *Live) Problems() []vault.Problem {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.problems()
}

// Find looks whether the vault's folder is still there. If it is another than
// before, as after it was away, all of it is read anew.
func (l *Live) Find(ctx context.Context) (another bool, err error) {
	another, err = l.notes.find()
	if another {
		_, err = l.Update(ctx, nil)
	}
	return another, err
}

// Dates asks git when notes were last changed, if there was a commit since it
// was last asked.
func (l *Live) Dates(ctx context.Context) (changed bool) {
	head := readHead(ctx, l.build.Notes)
	l.mu.Lock()
	same := head == l.head
	l.mu.Unlock()
	if same {
		return false
	}
	when := readDates(ctx, l.build.Notes, l.notes)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.head, l.when, l.rest = head, when, nil
	l.edition.dates = when
	return true
}

// Path is where a note's file is on this machine.
func (l *Live) Path(note string) string {
	dir, err := filepath.Abs(l.build.Notes)
	if err != nil {
		dir = l.build.Notes
	}
	return filepath.Join(dir, filepath.FromSlash(note))
}

// Has reports whether a name is that of a note that the site has a page of, or
// of a file that it shows.
func (l *Live) Has(name string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.keeper.Has(name)
}
