package runner

import (
	"bytes"
	"strings"
	"sync"
	"time"

	"runnel/runner/timeline"
)

// lastWordsLimit bounds what is kept of the runtime's own lines, in bytes.
const lastWordsLimit = 64 << 10

// joinAfter is how many writes are told apart. After that many, writes to
// the same stream at the same time are one: a program that prints its
// output byte by byte would else cost a hundred times its size.
const joinAfter = 10_000

// output takes what a program writes. The program's goroutine adds to it
// while another one may take from it.
type output struct {
	clock *clock
	order order

	mutex  sync.Mutex
	writes []timeline.Write // not yet taken
	size   int              // of all writes, in bytes
	taken  int              // how many writes were taken

	// captures says that what goes to standard output is kept in captured.
	captures bool
	captured []byte

	// lastWords is what Go's runtime wrote to file descriptor 2: the
	// program's own standard error is another one.
	lastWords strings.Builder
	lastAt    time.Duration // when they began; dying takes time, too

	// mixed says that a compiled program's builtins print and println write
	// to 2 as well: what they wrote is in printed until partWords.
	mixed   bool
	printed []timeline.Write
}

// write adds one write. At the limit it keeps what fits and stops the
// program.
func (o *output) write(stream timeline.Stream, text []byte) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	room := outputLimit - o.size
	kept := text[:min(len(text), room)]
	switch {
	case len(kept) == 0:
	case stream == timeline.Stdout && o.captures:
		o.size += len(kept)
		o.captured = append(o.captured, kept...)
	default:
		o.size += len(kept)
		o.writes = appendWrite(o.writes, o.taken, timeline.Write{
			Seq: o.order.next(), At: o.clock.now, G: o.order.running(),
			Stream: stream, Text: bytes.Clone(kept),
		})
	}
	if len(kept) < len(text) {
		panic(errOutput)
	}
}

// speak adds a piece of the runtime's last words.
func (o *output) speak(text []byte) {
	if o.mixed {
		o.print(text)
		return
	}
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
	o.taken += len(writes)
	o.writes = nil
	return writes
}

// appendWrite appends a write to a list that has some more writes before it,
// or joins it with the last one where there are many. Where a list is cut
// depends on real time, so who puts the pieces together joins them, too.
func appendWrite(
	list []timeline.Write, before int, w timeline.Write,
) []timeline.Write {
	last := len(list) - 1
	if before+len(list) >= joinAfter && last >= 0 &&
		list[last].At == w.At && list[last].Stream == w.Stream {
		list[last].Text = append(list[last].Text, w.Text...)
		return list
	}
	return append(list, w)
}
