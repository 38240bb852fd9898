package preview

import (
	"fmt"
	"io"
	"sync"

	"runnel/site"
	"runnel/vault"
)

// A log tells the writer what is wrong, once as long as it is.
type log struct {
	w     io.Writer
	notes string

	mu   sync.Mutex
	told map[vault.Problem]bool
}

// problems prints those that are new.
func (l *log) problems(all []vault.Problem) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := make(map[vault.Problem]bool, len(all))
	for _, p := range all {
		now[p] = true
		if !l.told[p] {
			fmt.Fprintln(l.w, site.Place(l.notes, p))
		}
	}
	if len(l.told) > 0 && len(now) == 0 {
		fmt.Fprintln(l.w, "serve: no problems any more")
	}
	l.told = now
}

func (l *log) line(text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	fmt.Fprintln(l.w, text)
}
