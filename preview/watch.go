package preview

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// How long a change is waited for to be over. What only says something new of
// a note that is there is shown at once. What may be half of something is not:
// an editor removes a file and puts another in its place, a sync client empties
// one before it fills it, and a note that moves goes here and comes there.
const (
	quickly   = 3 * time.Millisecond
	quickest  = 25 * time.Millisecond // since the first of many
	slowly    = 70 * time.Millisecond
	slowest   = 400 * time.Millisecond
	lookEvery = 700 * time.Millisecond // at all files, where nothing tells us
	findEvery = time.Second            // the vault's folder
	sureEvery = 20                     // times that: at all files, whatever we were told
)

// everything is the name of a change that may be anywhere.
const everything = ""

// A watcher gathers what has changed and hands it over when it is over.
type watcher struct {
	server  *Server
	notify  *fsnotify.Watcher // nil where it looks for itself
	pending map[string]*pending
	timer   *time.Timer
	away    bool // the vault's folder cannot be read
}

// A pending change is one that is waited for to be over.
type pending struct {
	first, last time.Time
	slow        bool
}

func (p *pending) due() time.Time {
	soon, last := quickly, quickest
	if p.slow {
		soon, last = slowly, slowest
	}
	if at := p.first.Add(last); at.Before(p.last.Add(soon)) {
		return at
	}
	return p.last.Add(soon)
}

// watch brings the site up to date with the vault until ctx ends.
func (s *Server) watch(ctx context.Context) {
	w := &watcher{server: s, pending: make(map[string]*pending), timer: time.NewTimer(time.Hour)}
	defer w.timer.Stop()
	w.begin()
	defer w.end()
	w.update(ctx, nil) // what has changed before we watched
	find := time.NewTicker(findEvery)
	defer find.Stop()
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	for times := 1; ; {
		var events chan fsnotify.Event
		var errs chan error
		if w.notify != nil {
			events, errs = w.notify.Events, w.notify.Errors
		}
		select {
		case <-ctx.Done():
			return
		case e := <-events:
			w.event(e)
		case <-errs: // too many events at once, above all
			w.add(everything, true)
		case <-w.timer.C:
			w.flush(ctx)
		case <-look.C:
			if w.notify == nil && !w.away {
				w.update(ctx, nil)
			}
		case <-find.C:
			w.find(ctx)
			if times++; times%sureEvery == 0 && !w.away {
				w.update(ctx, nil)
			}
		}
	}
}

// begin watches all folders. Where that cannot be it looks for itself.
func (w *watcher) begin() {
	s := w.server
	if s.Poll {
		return
	}
	notify, err := fsnotify.NewWatcher()
	if err == nil {
		w.notify = notify
		for _, dir := range append([]string{s.Notes}, s.Attachments...) {
			if err = w.watchBelow(dir); err != nil {
				break
			}
		}
	}
	if err != nil {
		w.end()
		s.log.line(fmt.Sprintf("serve: looking at all files every %v, since folders cannot be watched: %v", lookEvery, err))
	}
}

func (w *watcher) end() {
	if w.notify != nil {
		_ = w.notify.Close()
		w.notify = nil
	}
}

// watchBelow watches a folder and those in it. One that is gone is none.
func (w *watcher) watchBelow(dir string) error {
	return filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil
		case !d.IsDir():
			return nil
		case name != dir && isIgnored(d.Name()):
			return fs.SkipDir
		}
		if err := w.notify.Add(name); err != nil && !os.IsNotExist(err) {
			return err
		}
		return nil
	})
}

// isIgnored is what the vault does not look at: Obsidian's own folders, what
// was thrown away, and other hidden things.
func isIgnored(name string) bool { return strings.HasPrefix(name, ".") || name == "node_modules" }

// event notes a change.
func (w *watcher) event(e fsnotify.Event) {
	if e.Op == fsnotify.Chmod {
		return
	}
	rel, err := filepath.Rel(w.server.Notes, e.Name)
	if err != nil || strings.HasPrefix(rel, "..") {
		w.add(everything, true) // in a folder of attachments
		return
	}
	name := filepath.ToSlash(rel)
	for part := range strings.SplitSeq(name, "/") {
		if isIgnored(part) && part != "." {
			return
		}
	}
	info, err := os.Stat(e.Name)
	if err == nil && info.IsDir() && e.Has(fsnotify.Create) {
		if err := w.watchBelow(e.Name); err != nil {
			w.server.log.line(fmt.Sprintf("serve: cannot watch %q: %v", e.Name, err))
			w.end()
		}
	}
	w.add(name, err != nil || info.IsDir() || info.Size() == 0 || !w.server.Site.Has(name))
}

func (w *watcher) add(name string, slow bool) {
	now := time.Now()
	p := w.pending[name]
	if p == nil {
		p = &pending{first: now}
		w.pending[name] = p
	}
	p.last, p.slow = now, slow
	w.wait()
}

// wait sets the timer to the next change that is due.
func (w *watcher) wait() {
	next := time.Now().Add(time.Hour)
	for _, p := range w.pending {
		if at := p.due(); at.Before(next) {
			next = at
		}
	}
	w.timer.Reset(time.Until(next))
}

// flush hands over the changes that are due; with a slow one all that happened
// at about its time, so that what went and what came are seen together.
func (w *watcher) flush(ctx context.Context) {
	now := time.Now()
	quick, slow := false, false
	for _, p := range w.pending {
		if !p.due().After(now) {
			quick, slow = quick || !p.slow, slow || p.slow
		}
	}
	var names []string
	all := false
	for name, p := range w.pending {
		if p.slow && slow && now.Sub(p.last) > slowly/2 || !p.slow && quick && !p.due().After(now.Add(quickly)) {
			names = append(names, name)
			all = all || name == everything
			delete(w.pending, name)
		}
	}
	if all {
		names = nil
	}
	if all || len(names) > 0 {
		w.update(ctx, names)
	}
	w.wait()
}

// update brings the site up to date and tells the pages that are open.
func (w *watcher) update(ctx context.Context, names []string) {
	s := w.server
	u, err := s.Site.Update(ctx, names)
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		w.lost(err)
		return
	}
	if w.away {
		w.away = false
		s.log.line("serve: the vault is back")
		u.Changed = true
	}
	if u.Changed {
		s.hub.tell(u.Notes, "")
	}
	s.log.problems(u.Problems)
}

// lost says that the vault cannot be read.
func (w *watcher) lost(err error) {
	if !w.away {
		w.away = true
		w.server.log.line(fmt.Sprintf("serve: %v; waiting for it to come back", err))
		w.server.hub.tell(nil, "The folder of notes is away.")
	}
}

// find looks whether the vault's folder is there, and the same.
func (w *watcher) find(ctx context.Context) {
	another, err := w.server.Site.Find(ctx)
	switch {
	case ctx.Err() != nil:
	case err != nil:
		w.lost(err)
	case another || w.away:
		w.end()
		w.begin()
		w.update(ctx, nil)
	case w.server.Site.Dates(ctx):
		w.server.hub.tell(nil, "")
	}
}
