package preview

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"runnel/site"
)

// A hub tells open pages what has changed, by server-sent events (HTML
// standard, 9.2). Nobody says which pages a change touches: each open page is
// made anew and compared with what its reader has.
type hub struct {
	site *site.Live

	mu      sync.Mutex
	readers map[*reader]bool
	woken   chan struct{} // a program has run
}

// A reader is a page that is open somewhere.
type reader struct {
	url     site.URL
	version string
	wake    chan struct{}
	tick    chan struct{} // the clock of a program has moved

	mu     sync.Mutex
	others []string // notes that have changed
	state  string   // of the vault, if something is wrong with it
}

// changed says that programs have run.
func (h *hub) changed() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.init()
	select {
	case h.woken <- struct{}{}:
	default:
	}
}

// ticked says that the clock of a program has moved that runs now.
func (h *hub) ticked() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for r := range h.readers {
		select {
		case r.tick <- struct{}{}:
		default:
		}
	}
}

func (h *hub) init() {
	if h.woken == nil {
		h.woken = make(chan struct{}, 1)
	}
}

// run wakes readers when programs have run; then is called after it.
func (h *hub) run(ctx context.Context, then func()) {
	h.mu.Lock()
	h.init()
	woken := h.woken
	h.mu.Unlock()
	for {
		select {
		case <-ctx.Done():
			return
		case <-woken:
			h.tell(nil, "")
			then()
		}
	}
}

// tell wakes all readers: notes have changed, or the vault is in a state that
// they should know.
func (h *hub) tell(notes []string, state string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for r := range h.readers {
		r.mu.Lock()
		for _, n := range notes {
			if len(r.others) < maxOthers && !slices.Contains(r.others, n) {
				r.others = append(r.others, n)
			}
		}
		r.state = state
		r.mu.Unlock()
		select {
		case r.wake <- struct{}{}:
		default:
		}
	}
}

// maxOthers is how many changed notes a page is told by name.
const maxOthers = 20

// serve sends events to a page until it is closed.
func (h *hub) serve(w http.ResponseWriter, r *http.Request) {
	out := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream")
	one := &reader{url: site.URL(strings.TrimPrefix(r.FormValue("page"), "/")), version: r.FormValue("version"),
		wake: make(chan struct{}, 1), tick: make(chan struct{}, 1)}
	h.mu.Lock()
	if h.readers == nil {
		h.readers = make(map[*reader]bool)
	}
	h.readers[one] = true
	h.mu.Unlock()
	defer func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.readers, one)
	}()
	_, _ = fmt.Fprint(w, "retry: 500\n\n")
	alive := time.NewTicker(20 * time.Second)
	defer alive.Stop()
	events := h.news(r.Context(), one)
	clocks := time.NewTimer(0) // when they may be told again
	defer clocks.Stop()
	var ticks chan struct{} // nil until then
	for {
		for _, e := range events {
			if _, err := fmt.Fprintf(w, "event: %s\ndata: %s\n\n", e.name, e.data); err != nil {
				return
			}
		}
		if out.Flush() != nil {
			return
		}
		events = nil
		select {
		case <-r.Context().Done():
			return
		case <-one.wake:
			events = h.news(r.Context(), one)
		case <-clocks.C:
			ticks = one.tick
		case <-ticks:
			events = h.clocks(one)
			ticks = nil
			clocks.Reset(clocksEvery)
		case <-alive.C:
			_, _ = fmt.Fprint(w, ": alive\n\n")
		}
	}
}

// clocksEvery is how often a page is told of clocks at the most.
const clocksEvery = 100 * time.Millisecond

// clocks says how far the programs on a page have come that run now.
func (h *hub) clocks(r *reader) []event {
	now := h.site.Clocks(r.url)
	if len(now) == 0 {
		return nil
	}
	shown := make(map[string]string, len(now))
	for name, at := range now {
		shown[name] = fmt.Sprintf("%.3f s", at.Seconds())
	}
	return []event{newEvent("clocks", shown)}
}

// An event is one of those that theme/preview/preview.js listens to.
type event struct {
	name string
	data []byte
}

func newEvent(name string, data any) event {
	text, err := json.Marshal(data)
	if err != nil {
		panic(err) // strings and lists of them alone
	}
	return event{name, text}
}

// pageEvent is what a page now shows.
type pageEvent struct {
	Version string `json:"version"`
	HTML    string `json:"html,omitempty"` // where it is another
	Note    string `json:"note"`
	Path    string `json:"path"` // of the note's file on this machine
}

// news are the events that a reader has not heard of.
func (h *hub) news(ctx context.Context, r *reader) (events []event) {
	r.mu.Lock()
	others, state := r.others, r.state
	r.others = nil
	r.mu.Unlock()
	if state != "" {
		return []event{newEvent("away", state)}
	}
	page, err := h.page(ctx, r.url)
	var moved *site.Moved
	switch {
	case errors.As(err, &moved):
		return []event{newEvent("moved", address(moved.To))}
	case errors.Is(err, fs.ErrNotExist):
		return []event{newEvent("gone", "")}
	case err != nil:
		return []event{newEvent("away", err.Error())}
	}
	e := pageEvent{Version: page.Version, Note: page.Note}
	if page.Note != "" {
		e.Path = h.site.Path(page.Note)
	}
	if page.Version != r.version {
		e.HTML = string(inject(page.HTML, page.Version))
		r.version = page.Version
	}
	events = append(events, newEvent("page", e))
	others = slices.DeleteFunc(others, func(n string) bool { return n == page.Note })
	if len(others) > 0 {
		events = append(events, newEvent("elsewhere", others))
	}
	return append(events, h.clocks(r)...)
}

// page makes any page of the site.
func (h *hub) page(ctx context.Context, u site.URL) (*site.LivePage, error) {
	page, err := h.site.Page(ctx, u)
	if !errors.Is(err, fs.ErrNotExist) {
		return page, err
	}
	f, err := h.site.Open(ctx, u)
	if err != nil {
		return nil, err
	}
	if f.File != nil {
		_ = f.File.Close()
		return nil, fs.ErrNotExist
	}
	return &site.LivePage{HTML: f.Data, Version: versionOf(f.Data)}, nil
}
