package site

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html"
	"runtime"
	"slices"
	"sync"
	"time"

	"runnel/render"
	"runnel/runner"
	"runnel/vault"
)

// liveRuns are the programs of a live site. They run while pages are shown:
// first by the interpreter, which is quick, then as a build runs them. A
// program that has run is remembered by what it is, wherever it stands.
type liveRuns struct {
	programs
	build *Build
	wake  chan struct{} // there is something to do
	known map[string]*liveRun
	todo  []*liveRun // what page shows first
	at    map[*vault.Snippet]*liveRun
	// of are the blocks of each note, verdicts what is wrong with them.
	of       map[*vault.Note][]*vault.Snippet
	verdicts map[*vault.Note][]vault.Problem
}

// A liveRun is a program and what is known of how it runs.
type liveRun struct {
	key    string
	quick  runner.Program
	exact  runner.Program
	busy   bool          // it runs
	clock  time.Duration // how far its own time has come meanwhile
	ran    bool          // there is a result
	proven bool          // it is that of a build
	result runner.Result
	err    error                   // of ours: it could not be run
	bad    error                   // it never can
	blocks map[*vault.Snippet]bool // where it stands
}

func (r *liveRuns) init(b *Build) {
	r.build = b
	r.wake = make(chan struct{}, 1)
	r.tasks = make(map[*vault.Snippet]*task)
	r.results = make(map[*vault.Snippet]runner.Result)
	r.known = make(map[string]*liveRun)
	r.at = make(map[*vault.Snippet]*liveRun)
	r.of = make(map[*vault.Note][]*vault.Snippet)
	r.verdicts = make(map[*vault.Note][]vault.Problem)
}

// find brings the programs up to date with the notes that have changed.
func (r *liveRuns) find(v *vault.Vault, changes vault.Changes) {
	notes := changes.Notes
	if changes.All {
		notes = v.Notes
		here := make(map[*vault.Note]bool, len(v.Notes))
		for _, n := range v.Notes {
			here[n] = true
		}
		for n := range r.of {
			if !here[n] {
				r.dropNote(n)
			}
		}
	}
	for _, n := range notes {
		if slices.Equal(r.of[n], n.Snippets) {
			continue
		}
		r.dropNote(n)
		r.of[n] = n.Snippets
		for _, s := range n.Snippets {
			r.add(s)
		}
	}
	r.todo = slices.DeleteFunc(r.todo, func(p *liveRun) bool { return len(p.blocks) == 0 })
	r.forget()
	r.signal()
}

func (r *liveRuns) dropNote(n *vault.Note) {
	for _, s := range r.of[n] {
		if p := r.at[s]; p != nil {
			delete(p.blocks, s)
		}
		delete(r.at, s)
		delete(r.tasks, s)
		delete(r.results, s)
	}
	delete(r.of, n)
	delete(r.verdicts, n)
}

// keptRuns is how many results of programs that stand nowhere any more are
// kept: the writer may undo what they did.
const keptRuns = 200

func (r *liveRuns) forget() {
	if len(r.known) < len(r.at)+keptRuns {
		return
	}
	for key, p := range r.known {
		if len(p.blocks) == 0 {
			delete(r.known, key)
		}
	}
}

func (r *liveRuns) add(s *vault.Snippet) {
	if !runs(s) {
		return
	}
	t := newTask(s)
	exact, err := t.input(r.build.Engine)
	key := fmt.Sprintf("%#v %v", exact, err)
	p := r.known[key]
	if p == nil {
		p = &liveRun{key: key, exact: exact, quick: exact, err: err, bad: err, blocks: make(map[*vault.Snippet]bool)}
		p.quick.Orders = 0
		if exact.Engine == runner.Both {
			p.quick.Engine = runner.Yaegi
		}
		r.known[key] = p
	}
	if len(p.blocks) == 0 && p.bad == nil {
		p.err = nil // what stopped us may be over
	}
	if !p.proven && !p.busy && p.err == nil && !slices.Contains(r.todo, p) {
		r.todo = append(r.todo, p)
	}
	p.blocks[s] = true
	r.tasks[s], r.at[s] = t, p
	if p.ran {
		r.results[s] = p.result
	}
}

// signal wakes who waits for something to do.
func (r *liveRuns) signal() {
	if len(r.todo) > 0 {
		select {
		case r.wake <- struct{}{}:
		default:
		}
	}
}

// outcome is what stands under a program now. One that has not run comes
// before all others.
func (r *liveRuns) outcome(s *vault.Snippet) render.Outcome {
	p := r.at[s]
	switch {
	case p == nil || s.Options.Output == vault.Hidden:
		return render.Outcome{}
	case p.err != nil:
		return render.Outcome{HTML: notice("failed", "This program cannot be run now: "+p.err.Error())}
	case !p.proven:
		r.hurry(p)
	}
	if !p.ran {
		return render.Outcome{HTML: p.notice("Running …")}
	}
	o := r.programs.outcome(s)
	if !p.proven {
		o.HTML = append(o.HTML, p.notice("This is what the interpreter prints; the compiled program comes next …")...)
	}
	return o
}

// notice says that a program runs, or will. The page's clock stands behind it,
// and is no part of the page: it moves while the page is as it was.
func (p *liveRun) notice(text string) []byte {
	return []byte(noticeOpen + `<p class="preview-running" role="note">` + html.EscapeString(text) +
		` <span class="preview-clock" data-run="` + p.name() + `"></span></p>` + noticeClose)
}

// name tells the program from others in a page.
func (p *liveRun) name() string {
	sum := sha256.Sum256([]byte(p.key))
	return hex.EncodeToString(sum[:8])
}

// Clocks are the own times of the programs on a page that run now, by the names
// that the page has for them.
func (l *Live) Clocks(u URL) map[string]time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := l.pages[u.file()]
	if n == nil {
		return nil
	}
	var clocks map[string]time.Duration
	for _, m := range n.Embedded() { // and the note itself
		for _, s := range m.Snippets {
			if p := l.runs.at[s]; p != nil && p.busy {
				if clocks == nil {
					clocks = make(map[string]time.Duration)
				}
				clocks[p.name()] = p.clock
			}
		}
	}
	return clocks
}

func (r *liveRuns) hurry(p *liveRun) {
	if i := slices.Index(r.todo, p); i > 0 {
		r.todo = slices.Insert(slices.Delete(r.todo, i, i+1), 0, p)
	}
}

// next is what to run now, nil where there is nothing.
func (r *liveRuns) next() *liveRun {
	if len(r.todo) == 0 {
		return nil
	}
	p := r.todo[0]
	r.todo, p.busy, p.clock = r.todo[1:], true, 0
	r.signal()
	return p
}

// store keeps what came of a run.
func (r *liveRuns) store(p *liveRun, result runner.Result, err error) {
	first := !p.ran
	p.busy = false
	p.ran, p.result, p.err = err == nil, result, err
	p.proven = err == nil && (!first || p.quick.Engine == p.exact.Engine && p.quick.Orders == p.exact.Orders)
	for s := range p.blocks {
		delete(r.verdicts, s.Note)
		if p.ran {
			r.results[s] = result
		}
	}
	if err == nil && !p.proven && len(p.blocks) > 0 {
		r.todo = append(r.todo, p) // what has not run at all goes first
		r.signal()
	}
}

// problems are those of a note's programs.
func (r *liveRuns) problems(n *vault.Note) []vault.Problem {
	found, known := r.verdicts[n]
	if known {
		return found
	}
	for _, s := range r.of[n] {
		if result, ok := r.results[s]; ok {
			found = append(found, r.verdict(s, result)...)
		}
	}
	r.verdicts[n] = found
	return found
}

// Run runs programs as they come, until ctx ends.
func (l *Live) Run(ctx context.Context) {
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for {
				select {
				case <-ctx.Done():
					return
				case <-l.runs.wake:
				}
				for l.runNext(ctx) {
				}
			}
		})
	}
	all.Go(func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-l.equipping:
			}
			if l.findGuest(ctx) {
				l.tell()
			}
			if l.findCompiler(ctx) {
				l.tell()
			}
		}
	})
	all.Wait()
}

// runNext runs a program, if there is one to run.
func (l *Live) runNext(ctx context.Context) bool {
	l.mu.Lock()
	p := l.runs.next()
	l.mu.Unlock()
	if p == nil || ctx.Err() != nil {
		return false
	}
	l.tick()
	input := p.quick
	if p.ran {
		input = p.exact
	}
	result, err := l.build.Runner.Run(runner.WithProgress(ctx, func(clock time.Duration) {
		l.mu.Lock()
		p.clock = clock
		l.mu.Unlock()
		l.tick()
	}), input)
	if ctx.Err() != nil {
		return false
	}
	l.mu.Lock()
	l.runs.store(p, result, err)
	l.rest = nil
	if lab, _ := l.build.lab(l.edition.plan.home, &l.runs.programs); lab != l.lab {
		l.editAgain()
	}
	l.mu.Unlock()
	l.tell()
	select {
	case l.equipping <- struct{}{}:
	default:
	}
	return true
}

func (l *Live) tell() {
	if l.Changed != nil {
		l.Changed()
	}
}

func (l *Live) tick() {
	if l.Ticked != nil {
		l.Ticked()
	}
}

// findGuest asks the runner, once all programs have run, for the interpreter
// that pages run programs by, and for the documentation. To make it for them
// can take a minute.
func (l *Live) findGuest(ctx context.Context) bool {
	l.mu.Lock()
	wanted := l.guests == nil && len(l.runs.todo) == 0
	if wanted {
		l.guests = make(map[string]runner.GuestFile)
	}
	l.mu.Unlock()
	if !wanted {
		return false
	}
	files, err := l.build.Runner.Guest(ctx, func(runner.GuestFile) bool { return false })
	if err != nil || len(files) == 0 {
		return false
	}
	documents, err := l.build.Runner.Reference(ctx, func(runner.GuestFile) bool { return false })
	if err != nil {
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, f := range files {
		l.guests[guestName(f)] = f
	}
	for _, f := range documents {
		l.guests[referenceName(f)] = f
	}
	if len(documents) > 0 {
		l.reference = referenceName(documents[0])
	}
	l.guest = guestName(files[0])
	l.editAgain()
	return true
}

// editAgain makes a new edition of what has not changed itself: what pages run
// programs by has.
func (l *Live) editAgain() {
	near := l.edition.nearby
	l.edit(l.edition.plan)
	l.edition.nearby = near
}

// findCompiler asks the runner for Go's compiler, once all programs have run
// and where a build would put it beside the pages. To make it can take minutes,
// once for each version of Go.
func (l *Live) findCompiler(ctx context.Context) bool {
	l.mu.Lock()
	wanted := l.compilers == nil && l.lab == LabGo && l.guest != "" && len(l.runs.todo) == 0
	if wanted {
		l.compilers = make(map[string]runner.GuestFile)
	}
	l.mu.Unlock()
	if !wanted {
		return false
	}
	files, err := l.build.Runner.Compiler(ctx, func(runner.GuestFile) bool { return false })
	if err != nil || len(files) == 0 {
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, f := range files {
		l.compilers[compilerName(f)] = f
	}
	l.compiler = compilerName(files[0])
	l.editAgain()
	return true
}

// Settled reports whether all programs have run.
func (l *Live) Settled() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.runs.at) > 0 && l.guest == "" {
		return false
	}
	for _, p := range l.runs.known {
		if len(p.blocks) > 0 && !p.proven && p.err == nil {
			return false
		}
	}
	return true
}
