package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/term"
)

// A progress tells a person what is being done: on a terminal in one line
// that is written over and over, with -v in lines that stay. It is silent in
// a pipe otherwise.
type progress struct {
	w        io.Writer
	terminal bool
	verbose  bool

	mu    sync.Mutex
	doing string
	last  time.Time
	shown bool
}

func newProgress(w io.Writer, verbose bool) *progress {
	f, ok := w.(*os.File)
	return &progress{w: w, terminal: ok && term.IsTerminal(int(f.Fd())), verbose: verbose}
}

// say tells that something begins that takes long.
func (p *progress) say(message string) { p.step(message, 0, 0) }

// step tells how far something is. Steps of the same thing are shown ten
// times a second at the most.
func (p *progress) step(doing string, done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	begins := doing != p.doing
	p.doing = doing
	switch {
	case p.verbose && begins:
		p.erase()
		fmt.Fprintf(p.w, "build: %s\n", doing)
	case p.verbose || !p.terminal:
	case begins || time.Since(p.last) > 100*time.Millisecond:
		p.erase()
		fmt.Fprintf(p.w, "build: %s", doing)
		if total > 0 {
			fmt.Fprintf(p.w, " (%d of %d)", done, total)
		}
		p.last, p.shown = time.Now(), true
	}
}

// clear takes the line away, so that what is printed next stands alone.
func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.erase()
}

func (p *progress) erase() {
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.shown = false
	}
}
