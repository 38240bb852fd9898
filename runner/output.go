package runner

import (
	"strings"
	"sync"
	"time"

	"runnel/runner/timeline"
)

// lastWordsLimit bounds what is kept of the runtime's own lines, in bytes.
const lastWordsLimit = 64 << 10

// output takes what a program writes. The program's goroutine adds to it
// while another one may take from it.
type output struct {
	clock *clock

	mutex  sync.Mutex
	writes []timeline.Write // not yet taken
	size   int              // of all writes, in bytes

	// lastWords is what Go's runtime wrote to file descriptor 2: the
	// program's own standard error is another one.
	lastWords strings.Builder
	lastAt    time.Duration // when they began; dying takes time, too
}

// write adds one write. At the limit it keeps what fits and stops the
// program.
func (o *output) write(stream timeline.Stream, text []byte) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	room := outputLimit - o.size
	kept := text[:min(len(text), room)]
	if len(kept) > 0 {
		o.size += len(kept)
		o.writes = append(o.writes, timeline.Write{
			At: o.clock.now, Stream: stream,
			Text: append([]byte(nil), kept...),
		})
	}
	if len(kept) < len(text) {
		panic(errOutput)
	}
}

// speak adds a piece of the runtime's last words.
func (o *output) speak(text []byte) {
	if o.lastWords.Len() == 0 {
		o.lastAt = o.clock.now
	}
	if o.lastWords.Len() < lastWordsLimit {
		o.lastWords.Write(text)
	}
}

// take hands over the writes since it was last called.
func (o *output) take() []timeline.Write {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	writes := o.writes
	o.writes = nil
	return writes
}
