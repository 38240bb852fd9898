package command

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/term"
)

// A Progress tells a person what is being done: on a terminal in one line
// that is written over and over, with -v in lines that stay. It is silent in
// a pipe otherwise.
type Progress struct {
	w        io.Writer
	name     string // of the command
	terminal bool
	verbose  bool

	mu    sync.Mutex
	doing string
	last  time.Time
	shown bool
}

// NewProgress makes one for a command.
func NewProgress(w io.Writer, name string, verbose bool) *Progress {
	f, ok := w.(*os.File)
	return &Progress{w: w, name: name, terminal: ok && term.IsTerminal(int(f.Fd())), verbose: verbose}
}

// Say tells that something begins that takes long.
func (p *Progress) Say(message string) { p.Step(message, 0, 0) }

// Step tells how far something is. Steps of the same thing are shown ten
// times a second at the most.
func (p *Progress) Step(doing string, done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	begins := doing != p.doing
	p.doing = doing
	switch {
	case p.verbose && begins:
		p.erase()
		fmt.Fprintf(p.w, "%s: %s\n", p.name, doing)
	case p.verbose || !p.terminal:
	case begins || time.Since(p.last) > 100*time.Millisecond:
		p.erase()
		fmt.Fprintf(p.w, "%s: %s", p.name, doing)
		if total > 0 {
			fmt.Fprintf(p.w, " (%d of %d)", done, total)
		}
		p.last, p.shown = time.Now(), true
	}
}

// Clear takes the line away, so that what is printed next stands alone.
func (p *Progress) Clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.erase()
}

func (p *Progress) erase() {
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.shown = false
	}
}
